"""Commands for an organisation: its own details, its trees, and a page for everybody."""
