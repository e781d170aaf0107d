"""Keys in and screens out, on a real terminal or on a pair of text streams."""
