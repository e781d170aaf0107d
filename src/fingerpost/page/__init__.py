"""What that person is asked and told, in words and in no format."""
