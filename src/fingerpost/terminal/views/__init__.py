"""What stands on a screen, as text."""
