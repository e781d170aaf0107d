"""Output formats of tree drawings and of path counts, one a file."""
