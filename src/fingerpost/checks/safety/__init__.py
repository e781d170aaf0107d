"""Checks of what must hold on every path."""
