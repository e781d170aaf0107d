"""Everybody's walk at once: reachable states, and what is true in all of them."""
