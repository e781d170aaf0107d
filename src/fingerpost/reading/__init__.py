"""Bytes to located YAML to model, with every mistake."""
