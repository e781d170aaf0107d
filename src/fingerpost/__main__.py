"""``python -m fingerpost``: the program where its own command is not on the path."""

from .cli.main import run

if __name__ == "__main__":
    run()
