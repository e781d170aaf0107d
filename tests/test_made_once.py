"""What one process makes for all is made once, whole, or not at all."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from .support.made_once import made_once


def test_who_comes_later_waits_and_makes_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    begun = threading.Event()

    def slowly(folder: Path) -> None:
        begun.set()
        time.sleep(0.3)
        (folder / "file").write_text("whole")

    first = threading.Thread(target=made_once, args=(tmp_path_factory, "waited-for", slowly))
    first.start()
    assert begun.wait(10)
    folder = made_once(tmp_path_factory, "waited-for", lambda _: pytest.fail("made twice"))
    assert (folder / "file").read_text() == "whole"
    first.join()


def test_who_waits_is_told_that_it_failed(tmp_path_factory: pytest.TempPathFactory) -> None:
    def fails(folder: Path) -> None:
        raise ValueError(folder.name)

    with pytest.raises(ValueError, match=r"^never-made$"):
        made_once(tmp_path_factory, "never-made", fails)
    with pytest.raises(RuntimeError, match=r"^another process did not make never-made$"):
        made_once(tmp_path_factory, "never-made", fails)


def test_nobody_waits_for_ever(tmp_path_factory: pytest.TempPathFactory) -> None:
    def for_ever(_: Path) -> None:
        with pytest.raises(RuntimeError, match="did not make half-made"):
            made_once(tmp_path_factory, "half-made", for_ever, seconds=0.2)

    made_once(tmp_path_factory, "half-made", for_ever)
