"""The conversation: what a person sees and types. Nothing here decides what is said."""
