"""Approval of trees by a person: the book to read, the signature, and what changed since."""
