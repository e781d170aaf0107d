"""Located YAML to the model: one file here for each kind of file in a library."""
