"""A made-up case played by staff, and the review of it."""
