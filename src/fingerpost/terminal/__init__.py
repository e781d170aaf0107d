"""Conversations with a person: keys in, screens out. Nothing here decides what is advised."""
