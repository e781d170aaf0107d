"""Trees and their paths, drawn for people and for programs: one format a file."""
