"""Checks of what is said."""
