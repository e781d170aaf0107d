"""The start of the program, by its own command or by ``python -m fingerpost``."""

import signal


def run() -> None:
    """Run the command line. Until it is loaded, Ctrl-C ends the process without a word."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from .cli.main import run as begin

    begin()


if __name__ == "__main__":
    run()
