"""Checks of cases, sources and dates."""
