"""``python -m fingerpost``: the program where its own command is not on the path."""

from .cli.start import start

if __name__ == "__main__":
    start()
