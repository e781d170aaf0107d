"""What a library means, as frozen values, and the graph of its steps."""
