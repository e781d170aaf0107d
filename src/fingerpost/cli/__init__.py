"""The command line: each command loads, calls, renders and exits. Nothing imports this."""
