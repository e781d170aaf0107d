"""The only reader of keys: what was pressed, and that the terminal is as it was afterwards."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.terminal.io.keyboard import (
    BACKSPACE,
    DOWN,
    ENTER,
    ESCAPE,
    NOTHING,
    PAGE_DOWN,
    PAGE_UP,
    RESIZED,
    UP,
    Keyboard,
    ended_by_signals,
    keys,
    words,
)

SEQUENCES = {
    "arrow down with Ctrl": "\x1b[1;5B",
    "another key in application mode": "\x1bOP",
    "F5": "\x1b[15~",
    "Delete": "\x1b[3~",
    "a click of the mouse": "\x1b[<0;10;5M",
    "the colour of the background": "\x1b]11;rgb:0000/0000/0000\x07",
    "the same, ended otherwise": "\x1b]11;rgb:0000/0000/0000\x1b\\",
    "what kind of terminal": "\x1bP>|xterm(370)\x1b\\",
}


@pytest.mark.parametrize(
    ("sequence", "key"),
    [
        ("\x1b[A", UP),
        ("\x1bOA", UP),
        ("\x1b[B", DOWN),
        ("\x1b[D", PAGE_UP),
        ("\x1b[C", PAGE_DOWN),
        ("\x1b[5~", PAGE_UP),
        ("\x1b[6~", PAGE_DOWN),
        ("\x1b", ESCAPE),
    ],
)
def test_keys_that_move_are_told_apart(sequence: str, key: str) -> None:
    assert keys(sequence) == [key]
    assert keys(f"{sequence}x") == [key, "x"]
    assert keys(f"{sequence}\x1b[A1") == [key, UP, "1"]


@pytest.mark.parametrize("sequence", SEQUENCES.values(), ids=SEQUENCES)
def test_x_leaves_whatever_came_before_it(sequence: str) -> None:
    """Someone who hits other keys on the way to x must still be gone."""
    assert keys(f"{sequence}x") == [NOTHING, "x"]
    assert keys(f"{sequence}{sequence}x")[-1] == "x"


def test_a_paste_is_no_answer() -> None:
    assert keys("1x" * 2048) == [NOTHING]
    assert keys("123456789") == [NOTHING]
    assert keys("12345678") == list("12345678")
    assert keys("\x1b[200~1 2 3 4 5 x\x1b[201~") == [NOTHING]


def test_a_key_that_is_held_down_counts_once() -> None:
    assert keys("x" * 500) == ["x"]


@pytest.mark.parametrize(
    ("pasted", "text"),
    [
        ("my uncle touches me", "my uncle touches me"),
        ("they want money\r\nor else\r", "they want money  or else "),
        ("\x1b[200~they want money\x1b[201~", "they want money"),
        ("they \x1b[31mwant\x1b]0;a title\x07 money\x1b[A", "they want money"),
        ("they\twant\x00mo\x9b31m\u202eney", "they want mo 31m ney"),
        ("they wan\x7f\x08t\x04", "they wan  t "),
        ("backspace", "backspace"),
    ],
)
def test_a_paste_is_text_where_words_are_typed(pasted: str, text: str) -> None:
    assert words(pasted) == [text]


@pytest.mark.parametrize("typed", ["", "1", "late\r", "12345678", "\x1b[Ax", "\x7f" * 30, "a" * 30])
def test_what_is_typed_is_keys_where_words_are_typed_too(typed: str) -> None:
    assert words(typed) == keys(typed)


@pytest.mark.parametrize("key", [ENTER, BACKSPACE, RESIZED])
@given(text=st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_nothing_that_is_pasted_is_a_key_that_does_something(key: str, text: str) -> None:
    assert key not in words(f"{text}nine more")


# A real terminal, in this process


posix = pytest.mark.pty


@contextmanager
def terminal(suspended: Callable[[], Callable[[], None]] | None = None) -> Iterator[Any]:
    """A keyboard on a pseudo-terminal, and the end by which somebody types on it."""
    outside, inside = os.openpty()
    with os.fdopen(inside, encoding="utf-8", closefd=False) as stream:
        keyboard = Keyboard(stream, suspended or (lambda: lambda: None))
        try:
            yield keyboard, outside
        finally:
            os.close(inside)
            with suppress(OSError):
                os.close(outside)


@posix
def test_keys_are_read_one_by_one_and_the_terminal_is_as_it_was() -> None:
    import termios

    with terminal() as (keyboard, outside):
        before = termios.tcgetattr(keyboard.fd)
        with keyboard.opened():
            inside = termios.tcgetattr(keyboard.fd)
            assert not inside[3] & (termios.ECHO | termios.ICANON)
            assert not inside[0] & termios.IXON
            os.write(outside, b"12\r")
            assert [keyboard.read() for _ in range(3)] == ["1", "2", ENTER]
        assert termios.tcgetattr(keyboard.fd) == before


@posix
def test_a_letter_may_arrive_in_two_halves() -> None:
    with terminal() as (keyboard, outside), keyboard.opened():
        os.write(outside, "ŵ".encode()[:1])
        os.write(outside, "ŵ".encode()[1:] + b"1")
        assert [keyboard.read(), keyboard.read()] == ["ŵ", "1"]


@posix
def test_escape_alone_is_told_in_a_moment() -> None:
    with terminal() as (keyboard, outside), keyboard.opened():
        os.write(outside, b"\x1b")
        assert keyboard.read() == ESCAPE


@posix
def test_a_long_paste_is_dropped_whole() -> None:
    """It arrives in pieces, and the last piece may be short enough to look like typing."""
    with terminal() as (keyboard, outside), keyboard.opened():
        os.set_blocking(outside, False)
        for _ in range(3):
            with suppress(BlockingIOError):
                os.write(outside, b"1x" * 2048)
        assert keyboard.read() == NOTHING
        os.write(outside, b"2")
        assert keyboard.read() == "2"


@posix
def test_a_paste_in_pieces_is_one_text_where_words_are_typed() -> None:
    with terminal() as (keyboard, outside), keyboard.opened():
        os.write(outside, b"someone wants ")
        os.write(outside, b"money from me\r")
        assert keyboard.read_words() == "someone wants money from me "
        # A comment is sent by the Enter that arrives with it, but not by one in the brackets.
        for pasted in (b"\x1b[200~too long\r\x1b[201~", b"too long\r"):
            os.write(outside, b"this line is " + pasted)
            assert keyboard.read_words(sends=True) == "this line is too long "
        assert keyboard.read() == ENTER
        os.write(outside, b"someone wants money from me\r")
        assert keyboard.read() == NOTHING


@posix
def test_a_terminal_that_is_gone_is_the_end_of_input() -> None:
    with terminal() as (keyboard, outside), keyboard.opened():
        os.close(outside)
        with pytest.raises(EOFError):
            keyboard.read()


@posix
def test_the_terminal_is_as_it_was_even_after_a_crash() -> None:
    import termios

    handlers = [signal.getsignal(number) for number in (signal.SIGWINCH, signal.SIGTSTP)]
    with terminal() as (keyboard, _):
        before = termios.tcgetattr(keyboard.fd)
        with pytest.raises(ZeroDivisionError), keyboard.opened():
            raise ZeroDivisionError
        assert termios.tcgetattr(keyboard.fd) == before
    assert [signal.getsignal(n) for n in (signal.SIGWINCH, signal.SIGTSTP)] == handlers


# Signals


@posix
def test_only_the_first_signal_counts_so_that_the_screen_is_put_right() -> None:
    restored = []

    def interrupted() -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        finally:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.raise_signal(number)
            restored.append(True)

    with pytest.raises(KeyboardInterrupt), ended_by_signals():
        interrupted()
    assert restored == [True]
