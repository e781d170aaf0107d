"""Checks of what every path must keep."""
