"""What a person must check by hand, and why."""
