"""Conversations on a terminal: keys in, screens out; advice is decided elsewhere."""
