"""The screens of a conversation, as blocks of lines."""
