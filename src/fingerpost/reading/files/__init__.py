"""Located YAML to the model: how each type of value is read, and what each kind of mapping is."""
