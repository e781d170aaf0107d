"""One mistake, one file, its manual beside it."""
