"""From bytes to located YAML to the model, with every mistake."""
