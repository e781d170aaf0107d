"""Keys in, screens out."""
