"""Walks through a tree: replayed from answers, continued automatically, written as codes."""
