"""Papers as text: one module for each format, and beside it the fixed template that it fills."""
