"""What stands out on a drawn screen, and that nothing is faint or cut off, read from its cells."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pyte
import pytest

from fingerpost.page.text_layout import Line, Style
from fingerpost.terminal.io import streams
from fingerpost.terminal.io.screen import Screen

SIZES = [(40, 20), (80, 24), (120, 40)]

THEMES = {
    "dark": ("e5e5e5", "000000"),
    "light": ("000000", "ffffff"),
    "Solarized dark": ("839496", "002b36"),
    "Solarized light": ("657b83", "fdf6e3"),
}
"""Foreground and background of some themes. The two of Solarized are near 4.5:1 by themselves."""

LINES = (
    Line("In danger now? Ring 999.", Style.DANGER),
    Line("GET HELP TODAY", Style.URGENT),
    Line("Childline", Style.SERVICE),
    Line("Phone 0800 1111, or text SHOUT to 85258"),
    Line("Web https://www.childline.org.uk/get-support. It is dated 2026-11-24."),
    Line("Where this comes from", Style.QUIET),
)


class Window(io.StringIO):
    encoding = "utf-8"  # type: ignore[assignment]  # a StringIO has none of its own


def drawn(size: tuple[int, int], *, links: bool = False) -> tuple[pyte.Screen, str]:
    """These lines with a footer, as cells and as what was sent."""
    window = Window()
    keys = Line("1-3 or up, down, Enter  b\N{NO-BREAK SPACE}back", Style.KEYS)
    Screen(window, links=links).draw(LINES, [keys], *size)
    screen = pyte.Screen(*size)
    screen.set_mode(pyte.modes.LNM)
    pyte.Stream(screen).feed(window.getvalue())
    return screen, window.getvalue()


@pytest.fixture(autouse=True)
def _colours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("FORCE_COLOR", "1")


def bold(screen: pyte.Screen) -> str:
    """The bold text of a screen, runs parted by a bar."""
    runs = [
        "".join(cell.data if cell.bold else "|" for _, cell in sorted(row.items()))
        for _, row in sorted(screen.buffer.items())
    ]
    return re.sub(r"\|+", "|", "|".join(runs))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def cells(screen: pyte.Screen) -> Iterator[pyte.screens.Char]:
    for row in screen.buffer.values():
        yield from (cell for cell in row.values() if cell.data.strip())


def test_numbers_and_keys_are_bold_and_links_are_underlined() -> None:
    screen, _ = drawn((80, 24))
    for number in ("0800 1111", "85258", "1-3", "b"):
        assert f"|{number}|" in bold(screen)
    assert "2026" not in bold(screen)
    assert "Childline" not in bold(screen)
    linked = "".join(cell.data for cell in cells(screen) if cell.underscore)
    assert linked == "https://www.childline.org.uk/get-support"


def test_red_is_for_danger_alone_and_urgency_is_reversed() -> None:
    screen, _ = drawn((80, 24))
    red = {
        y for y, row in screen.buffer.items() if any(cell.fg == "af0000" for cell in row.values())
    }
    assert red == {0}
    assert all(cell.reverse for cell in screen.buffer[0].values())
    assert len(screen.buffer[0]) == 80  # the whole row
    assert screen.buffer[1][0].reverse


def test_without_colour_the_same_stands_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    screen, sent = drawn((80, 24))
    assert "8;5;" not in sent
    assert screen.buffer[0][0].reverse
    assert "|0800 1111|" in bold(screen)


def test_links_are_marked_where_the_terminal_opens_them() -> None:
    _, plain = drawn((80, 24))
    _, linked = drawn((80, 24), links=True)
    assert "\x1b]8;" not in plain
    assert "https://www.childline.org.uk/get-support\x1b\\" in linked
    assert not streams.has_links({"TERM": "xterm-256color"})
    assert not streams.has_links({"VTE_VERSION": "4999"})
    for known in ({"VTE_VERSION": "7600"}, {"WT_SESSION": "x"}, {"TERM_PROGRAM": "WezTerm"}):
        assert streams.has_links(known)
