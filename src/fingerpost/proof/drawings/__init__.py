"""Output formats of tree drawings and of the endings of a tree, one a file."""
