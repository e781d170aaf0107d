"""Values to text or bytes: one format a file. Nothing here prints."""
