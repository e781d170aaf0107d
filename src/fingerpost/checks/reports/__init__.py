"""Reports of what the checks found, one format a file."""
