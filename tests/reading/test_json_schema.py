"""The schemas that editors read: one truth with what the program reads, and with what ships."""

from __future__ import annotations

import copy
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml
from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError

from fingerpost.cli.commands.schema import command
from fingerpost.model.diagnostics import Diagnostic
from fingerpost.reading import yaml_reader
from fingerpost.reading.format import FORMAT
from fingerpost.reading.json_schema import schema
from fingerpost.reading.loader import load, shipped

HERE = Path(__file__).parents[1]
ROOT = HERE.parent
SCHEMAS = ROOT / "schema"
EVERY_KEY = HERE / "fixtures" / "every_key"

KINDS = FORMAT.files

BESIDE_THE_TREES = (
    *("rules", "hazards", "approvals", "budgets", "record"),
    *("search", "discreet", "front-pages", "review-questions", "unsafe-lines"),
)
"""Kinds of which there is one file, beside the trees."""

FOLDERS = {"routes": "routes", "cases": "cases", "languages": "languages"}
"""Kinds that have a folder of that name; other files are known by their own name."""

LEADING_LINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")

Place: TypeAlias = tuple[str | int, ...]
"""The keys and positions that lead to a value in a file."""

STRANGE = "zz-zz-zz"
"""A name that nothing has."""


class AsAnEditor(yaml.SafeLoader):
    """YAML as version 1.2 has it, which editors read: yes is a text, 18 a number."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  (a field of PyYAML's, filled below)


for tag, words, firsts in (
    ("null", r"null|Null|NULL|~|", ["n", "N", "~", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    AsAnEditor.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{words})$"), firsts
    )


def as_json(value: Any) -> Any:
    """The same with keys that are text, as they are in JSON, in the way in which YAML writes it."""
    match value:
        case dict():
            return {
                k if isinstance(k, str) else json.dumps(k): as_json(v) for k, v in value.items()
            }
        case list():
            return [as_json(item) for item in value]
        case _:
            return value


def read(file: Path, loader: type = AsAnEditor) -> Any:
    return as_json(yaml.load(file.read_text(encoding="utf-8"), loader))


def kind_of(file: Path) -> str:
    """Which kind of file this is, by where it is."""
    own = file.stem if file.stem in KINDS and file.parent.name != "trees" else "tree"
    own = file.stem if file.stem in BESIDE_THE_TREES else own
    return FOLDERS.get(file.parent.name, own)


@cache
def validator(kind: str) -> Draft7Validator:
    return Draft7Validator(schema(kind))


def complaints(kind: str, document: Any) -> list[ValidationError]:
    """All that the schema has against a file, and what lies behind each."""
    waiting = list(validator(kind).iter_errors(document))
    found: list[ValidationError] = []
    while waiting:
        found.append(waiting.pop())
        waiting += found[-1].context or ()
    return found


# The command, and the copies that editors read


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    command.main(list(arguments), standalone_mode=False)
    return capsys.readouterr().out


@pytest.mark.parametrize("kind", KINDS)
def test_the_copy_in_the_checkout_is_what_the_program_prints(
    capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    printed = said(capsys, kind)
    copied = (SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8")
    assert copied == printed, f"run: fingerpost schema {kind} > schema/{kind}.schema.json"
    Draft7Validator.check_schema(json.loads(printed))
    assert printed.isascii()  # whatever a console makes of it


# What ships


SHIPPED = sorted(shipped().rglob("*.yaml"))


@pytest.mark.slow
@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_every_shipped_file_is_valid(file: Path) -> None:
    assert all_against(file, AsAnEditor) == []


def all_against(file: Path, loader: type) -> list[str]:
    found = validator(kind_of(file)).iter_errors(read(file, loader))
    return [f"{list(error.absolute_path)}: {error.message}" for error in found]


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_every_shipped_file_names_its_schema_in_its_first_line(file: Path) -> None:
    found = LEADING_LINE.match(file.read_text(encoding="utf-8"))
    assert found is not None
    # As seen from the checkout, where the schemas stand beside the trees.
    in_checkout = ROOT / "trees" / file.relative_to(shipped())
    assert (in_checkout.parent / found[1]).resolve() == SCHEMAS / f"{kind_of(file)}.schema.json"


# A file that is spoilt in one place


@dataclass(frozen=True)
class Spoiler:
    """A copy of the library of every key, of which one file at a time is spoilt."""

    folder: Path

    @cached_property
    def files(self) -> dict[str, Path]:
        """One file of each kind."""
        found = {kind_of(file): file for file in self.folder.rglob("*.yaml")}
        return {**found, "tree": self.folder / "first.yaml"}

    def mistakes(self, kind: str, document: Any) -> list[Diagnostic]:
        """What the program says of a file with this in it."""
        file, local_file = self.files[kind], self.files["local"]
        before = file.read_bytes()
        file.write_text(json.dumps(document), encoding="utf-8")
        try:
            whole = kind in (
                "rules",
                "hazards",
                "cases",
                "languages",
                "front-pages",
                "review-questions",
                "unsafe-lines",
            )
            reading = load([self.folder], whole=whole, local_file=local_file)
        finally:
            file.write_bytes(before)
        if kind == "local":
            return list(reading.local_mistakes)
        shown = next(name for name in reading.texts if Path(name).resolve() == file.resolve())
        return [mistake for mistake in reading.mistakes if mistake.span.file == shown]


@pytest.fixture
def spoiler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Spoiler:
    monkeypatch.setattr(
        yaml_reader, "read", cache(yaml_reader.read)
    )  # what is not spoilt is read once
    return Spoiler(Path(shutil.copytree(EVERY_KEY, tmp_path / "every-key")))


def places(value: Any, here: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every value of a document, and where it is."""
    yield here, value
    if isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(each, (*here, key))


def changed(document: Any, place: Place, new: Any) -> Any:
    """The document with another value in one place."""
    if not place:
        return new
    copied = copy.deepcopy(document)
    above = copied
    for key in place[:-1]:
        above = above[key]
    above[place[-1]] = new
    return copied


def closed_mappings(part: Any) -> Iterator[frozenset[str]]:
    """The keys of every mapping of a schema that takes no others."""
    if isinstance(part, dict):
        if part.get("additionalProperties") is False:
            yield frozenset(part["properties"])
        for inner in part.values():
            yield from closed_mappings(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from closed_mappings(inner)


NOT_LOCAL = frozenset({"fixed", "first", "instead", "word"})
"""Keys of a route that may never stand in a local file, and so are not offered there."""


@pytest.mark.parametrize("kind", KINDS)
def test_the_library_of_every_key_is_sound(spoiler: Spoiler, kind: str) -> None:
    document = read(spoiler.files[kind])
    assert spoiler.mistakes(kind, document) == []
    assert validator(kind).is_valid(document)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_the_program_and_the_schema_know_the_same_keys(spoiler: Spoiler, kind: str) -> None:
    """A key that nobody knows is put into every mapping. Where the program refuses it, it lists
    the keys that it does know there: they are those of the schema, no more and no fewer."""
    document = read(spoiler.files[kind])
    seen = set()
    for place, value in places(document):
        if not isinstance(value, dict):
            continue
        spoilt = changed(document, place, {**value, STRANGE: "zz"})
        refused = [
            error
            for error in complaints(kind, spoilt)
            if error.validator == "additionalProperties" and tuple(error.absolute_path) == place
        ]
        unknown = [m for m in spoiler.mistakes(kind, spoilt) if m.code in ("FP103", "FP108")]
        assert bool(unknown) == bool(refused), place
        if refused:
            assert STRANGE in unknown[0].message
            known = unknown[0].hint.removeprefix("known here: ").split(", ")
            if unknown[0].code == "FP108":
                known = ["young-person", "parent", "staff", "otherwise", "judged"]
            keys = frozenset(refused[0].schema["properties"])
            left_out = NOT_LOCAL if kind == "local" and "serves" in keys else frozenset()
            assert keys == frozenset(known) - left_out, place
            seen.add(keys)
    assert seen == set(closed_mappings(schema(kind)))


MISSED = frozenset({"FP102", "FP104", "FP108", "FP110", "FP114"})
"""A key is not there, or so few are that nothing is left."""


@pytest.mark.slow
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "local"])
def test_the_program_and_the_schema_miss_the_same_keys(spoiler: Spoiler, kind: str) -> None:
    """Not of local files: there, what a route needs depends on whether it lies over another."""
    document = read(spoiler.files[kind])
    for place, value in places(document):
        for key in value if isinstance(value, dict) else ():
            rest = {other: each for other, each in value.items() if other != key}
            spoilt = changed(document, place, rest)
            codes = {mistake.code for mistake in spoiler.mistakes(kind, spoilt)}
            assert bool(codes & MISSED) != validator(kind).is_valid(spoilt), (place, key, codes)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_the_program_and_the_schema_see_the_same_shapes(spoiler: Spoiler, kind: str) -> None:
    """Every value in turn becomes a text, a list or a mapping. What the program takes for sound,
    so far as one file can tell, so does the schema; and no wrong shape escapes it."""
    document = read(spoiler.files[kind])
    seen = set()
    for place, value in places(document):
        alike = (place[:1], place[2:], type(value))  # the second is a name, mostly
        if alike in seen:
            continue
        seen.add(alike)
        for other in ("zz", ["zz"], {STRANGE: "zz"}):
            if isinstance(value, type(other)):
                continue
            spoilt = changed(document, place, other)
            codes = {mistake.code for mistake in spoiler.mistakes(kind, spoilt)}
            is_valid = validator(kind).is_valid(spoilt)
            if codes & {"FP010", "FP101"}:
                assert not is_valid, (place, other)
            elif {"nations", "tellers"} & set(place):
                assert not is_valid, (place, other)  # their values are the same in every library
            elif not any(code.startswith("FP1") for code in codes):
                assert is_valid, (place, other, codes)
