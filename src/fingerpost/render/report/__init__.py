"""What ``check`` found, for machines: one format a file."""
