"""Checks of sentences, questions and contact details."""
