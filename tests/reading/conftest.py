"""What the files of tests that spoil libraries at random share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from fingerpost.reading import yaml_reader


@pytest.fixture(scope="module")
def each_file_is_read_once() -> Iterator[None]:
    """Most files of a copy are not changed, and need not be read again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_reader, "read", cache(yaml_reader.read))
        yield
