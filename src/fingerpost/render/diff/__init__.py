"""What changes between two libraries, for people and for programs."""
