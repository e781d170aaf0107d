"""What a conversation shows, as blocks of lines."""
