"""Checks of the graph of steps."""
