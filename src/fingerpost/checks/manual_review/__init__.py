"""What a person must review by hand, and why."""
