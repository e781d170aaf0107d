"""Approval of trees by a person: what is signed, and what has changed since."""
