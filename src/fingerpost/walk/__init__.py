"""Where one person is, replayed from their answers."""
