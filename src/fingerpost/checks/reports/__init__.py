"""What the checks found, one format a file."""
