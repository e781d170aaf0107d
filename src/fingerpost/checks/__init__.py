"""Checks of a library, one file each, and the reports of what they find."""
