"""Somebody at a screen."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from fingerpost.terminal.io import streams
from fingerpost.terminal.io.screen import Screen
from fingerpost.terminal.io.screen_ui import ScreenUi

from ..support.seat import Sit, Typist, Window


@pytest.fixture
def sit(monkeypatch: pytest.MonkeyPatch) -> Sit:
    """Somebody at a screen, with the keys that they will press."""

    def place(
        keys: Iterable[str], columns: int = 80, rows: int = 24, encoding: str = "utf-8"
    ) -> tuple[ScreenUi, Typist]:
        window = Window(columns, rows, encoding)
        monkeypatch.setattr(streams, "size", lambda stream: stream.size)
        typist = Typist(window, keys)
        return ScreenUi(Screen(window), typist), typist  # type: ignore[arg-type]

    return place
