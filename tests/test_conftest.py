"""What tests keep of what ships is what is found anew."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from fingerpost.model.base import Frozen, field_names
from fingerpost.reading import yaml_reader
from fingerpost.reading.files import values
from fingerpost.reading.loader import load, shipped

from .support.doctoring import layer


@pytest.mark.slow
def test_what_is_kept_of_what_ships_is_what_is_read_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each value in its place, also where what a file takes from another has only moved there."""
    load([shipped()], whole=True)
    moved = "shared/advice.yaml"
    text = (shipped() / moved).read_text(encoding="utf-8")
    folders = [shipped(), layer(tmp_path / "layer", {moved: f"# A line more.\n{text}"})]
    kept = [with_places(load(folders, whole=True)) for _ in range(2)]
    for module, name in ((yaml_reader, "read"), (values, "bind")):
        monkeypatch.setattr(module, name, getattr(module, name).__wrapped__)
    anew = with_places(load(folders, whole=True))
    assert [each == anew for each in kept] == [True, True]


def with_places(value: object) -> object:
    """A value as plain lists, which are equal only if all fields are, places too."""
    match value:
        case Frozen():
            fields = (getattr(value, name) for name in field_names(value))
            return [type(value), *map(with_places, fields)]
        case Mapping():
            return [[key, with_places(each)] for key, each in value.items()]
        case tuple():
            return list(map(with_places, value))
        case _:
            return value
