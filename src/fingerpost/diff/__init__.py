"""Comparison of two versions of a library."""
