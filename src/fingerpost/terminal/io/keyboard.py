"""Single keys read from a real terminal."""

from __future__ import annotations

import codecs
import os
import re
import select
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any, TextIO

ENTER, BACKSPACE, RESIZED, NOTHING = "\n", "\b", "\f", ""
UP, DOWN, PAGE_UP, PAGE_DOWN, CTRL_X, ESCAPE = "\x01", "\x02", "\x05", "\x06", "\x18", "\x1b"
"""Keys that are no printable character, so that no pasted text contains one. NOTHING is a key
without a meaning here. The arrows to the left and right turn pages too. Ctrl-X leaves where x is a
letter of what is typed."""

_LONGEST_TYPED = 8
"""Characters read together; more are a paste, which is no answer but may be words."""

_MOMENT = 0.05
"""Seconds within which the rest of a paste or of an escape sequence arrives."""

# An arrow or function key, a report by the terminal, or Escape alone (ECMA-48).
_SEQUENCE = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O[ -~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\))?", re.DOTALL
)
_KEY = re.compile(f"(?P<sequence>{_SEQUENCE.pattern})|.", re.DOTALL)
_NAMED = {
    **dict.fromkeys(("\x1b[A", "\x1bOA"), UP),
    **dict.fromkeys(("\x1b[B", "\x1bOB"), DOWN),
    **dict.fromkeys(("\x1b[5~", "\x1b[D", "\x1bOD"), PAGE_UP),
    **dict.fromkeys(("\x1b[6~", "\x1b[C", "\x1bOC"), PAGE_DOWN),
    "\x1b": ESCAPE,
}
"""Sequences with a meaning here; an application's mode of the arrows has an O."""
_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|O)?\Z")

_END_BY = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK")
"""Signals that end a conversation. No system has all of them."""


class Ended(Exception):
    """The process was asked to end, by the signal ``signum`` (such as SIGTERM or SIGHUP)."""

    def __init__(self, signum: int) -> None:
        super().__init__(signum)
        self.signum = signum


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Inside, a signal to end raises Ended, and Ctrl-C KeyboardInterrupt.

    Later signals are ignored: restoring the terminal must not be interrupted.
    """
    numbers = [getattr(signal, name) for name in _END_BY if hasattr(signal, name)]

    def end(signum: int, _frame: FrameType | None) -> None:
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt if signum == signal.SIGINT else Ended(signum)

    before: dict[int, object] = {}
    try:
        for number in numbers:
            before[number] = signal.signal(number, end)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]  # as it was given to us


class Keyboard:
    """Keys from a terminal, as they are pressed.

    ``suspended`` is called before the process is suspended (Ctrl-Z) and returns what is to be
    called when it is resumed.
    """

    def __init__(self, stream: TextIO, suspended: Callable[[], Callable[[], None]]) -> None:
        self.fd = stream.fileno()
        self.suspended = suspended
        self._waiting: list[str] = []
        self._letters = codecs.getincrementaldecoder("utf-8")("replace")
        self._before: list[Any] = []
        """The terminal's settings before ``opened``."""
        self._signals = -1
        """The reading end of the wake-up pipe, by which signals interrupt the wait for a key."""

    def read(self) -> str:
        """The next key. Raises EOFError at the end of input, KeyboardInterrupt on Ctrl-C."""
        return self._next(keys)

    def read_words(self, *, sends: bool = False) -> str:
        """The next key where words are typed: a paste is then one key, whose value is its text, and
        where it ``sends``, an Enter that arrives with it is the next. Raises as ``read`` does.
        """
        return self._next(words_and_enter if sends else words)

    def has_key(self, seconds: float = 0) -> bool:
        """Whether a key waits to be read, or is pressed within so many seconds."""
        if self._waiting:
            return True
        if sys.platform == "win32":  # pragma: no cover - Windows alone
            return _windows_has_key(seconds)
        return self._ready(seconds)

    def _next(self, pressed: Callable[[str], list[str]]) -> str:
        while not self._waiting:
            self._waiting += self._arrived(pressed)
        return self._waiting.pop(0)

    def _arrived(self, pressed: Callable[[str], list[str]]) -> list[str]:
        if sys.platform == "win32":  # pragma: no cover - Windows alone
            return _windows_key()
        if not self._wait():
            return [RESIZED]
        text = self._typed()
        while (len(text) > _LONGEST_TYPED or _UNFINISHED.search(text)) and self._ready(_MOMENT):
            text += self._typed()
        return pressed(text)

    def _typed(self) -> str:
        try:
            data = os.read(self.fd, 4096)
        except OSError:  # the terminal is gone
            data = b""
        if not data:
            raise EOFError
        return self._letters.decode(data)

    def _wait(self) -> bool:
        """Wait for a key; False after a change of the window, or after being suspended."""
        while not self._ready():
            arrived = os.read(self._signals, 64)
            if signal.SIGTSTP in arrived:
                self._suspend()
            if signal.SIGTSTP in arrived or signal.SIGWINCH in arrived:
                return False
        return True

    def _ready(self, seconds: float | None = None) -> bool:
        """Whether input is ready within some seconds; without a limit, False is a signal."""
        told = [self._signals] if seconds is None else []
        ready, _, _ = select.select([self.fd, *told], [], [], seconds)
        return self.fd in ready

    def _suspend(self) -> None:
        """Ctrl-Z: restore the terminal, suspend the process, and set it up again on resuming."""
        import termios

        resume = self.suspended()
        termios.tcsetattr(self.fd, termios.TCSADRAIN, self._before)
        noted = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        # The process is stopped here until SIGCONT.
        signal.signal(signal.SIGTSTP, noted)
        _set_cbreak(self.fd)
        resume()

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Unbuffered input without echo; the terminal's settings are restored on any exit."""
        if sys.platform == "win32":  # pragma: no cover - Windows alone
            yield
            return
        import termios

        self._before = termios.tcgetattr(self.fd)
        self._signals, writer = os.pipe()
        os.set_blocking(writer, False)
        old_writer = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        old = {
            number: signal.signal(number, _noted) for number in (signal.SIGWINCH, signal.SIGTSTP)
        }
        try:
            _set_cbreak(self.fd)
            yield
        finally:
            for number, handler in old.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(old_writer)
            os.close(self._signals)
            os.close(writer)
            with suppress(termios.error):  # the terminal may be gone
                termios.tcsetattr(self.fd, termios.TCSAFLUSH, self._before)


def keys(text: str) -> list[str]:
    """The keys pressed, from the characters that were read together.

    A key that repeats because it is held down counts once.
    """
    letters = _SEQUENCE.sub("", text)
    if len(letters) > _LONGEST_TYPED:
        return [_key(letters[0])] if len(set(letters)) == 1 else [NOTHING]
    return [
        _NAMED.get(each[0], NOTHING) if each["sequence"] else _key(each[0])
        for each in _KEY.finditer(text)
    ]


def words(text: str) -> list[str]:
    """The keys pressed where words are typed: as ``keys``, but a paste is one text.

    In it every unprintable character, such as the end of a line, is a space, and so no Enter. The
    brackets that a terminal puts around a paste are removed.
    """
    pasted = _SEQUENCE.sub("", text)
    if len(pasted) <= _LONGEST_TYPED or len(set(pasted)) == 1:
        return keys(text)
    return ["".join(char if char.isprintable() else " " for char in pasted)]


def words_and_enter(text: str) -> list[str]:
    """The keys as of ``words``; behind a paste without brackets an end of line is Enter: nobody can
    tell it from one that was pressed, and a letter that comes next would not be meant as words."""
    found = words(text)
    is_pasted = any(len(each) > 1 for each in found)
    return [*found, ENTER] if is_pasted and text[-1] in "\r\n" else found


def _key(char: str) -> str:
    match char:
        case "\r" | "\n":
            return ENTER
        case "\x7f" | "\b":
            return BACKSPACE
        case "\x03":
            raise KeyboardInterrupt
        case "\x04":
            raise EOFError
        case _:
            return char if char.isprintable() or char == CTRL_X else NOTHING


def _set_cbreak(fd: int) -> None:
    """Set cbreak mode, and turn off XON/XOFF flow control, in which Ctrl-S would block x."""
    import termios
    import tty

    tty.setcbreak(fd)
    mode = termios.tcgetattr(fd)
    mode[tty.IFLAG] &= ~termios.IXON
    termios.tcsetattr(fd, termios.TCSADRAIN, mode)


def _noted(_signum: int, _frame: FrameType | None) -> None:
    """A handler for signals that only interrupt the wait for a key."""


_WINDOWS = {"H": UP, "P": DOWN, "I": PAGE_UP, "K": PAGE_UP, "Q": PAGE_DOWN, "M": PAGE_DOWN}
"""The second halves of keys on Windows."""


def _windows_has_key(seconds: float) -> bool:  # pragma: no cover - Windows alone
    import msvcrt
    from time import sleep

    if not msvcrt.kbhit():  # type: ignore[attr-defined]  # only there on Windows
        sleep(seconds)
    return bool(msvcrt.kbhit())  # type: ignore[attr-defined]  # as above


def _windows_key() -> list[str]:  # pragma: no cover - Windows alone
    import msvcrt

    char = msvcrt.getwch()  # type: ignore[attr-defined]  # only there on Windows
    if char in "\x00\xe0":
        arrow = msvcrt.getwch()  # type: ignore[attr-defined]  # the second half of such a key
        return [_WINDOWS.get(arrow, NOTHING)]
    return [ESCAPE if char == ESCAPE else _key(char)]
