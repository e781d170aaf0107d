"""What a change to a library means for people."""
