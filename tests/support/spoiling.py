"""Libraries spoilt at random, by the place where things stand, and what must hold of them.

Some of what an author may get wrong is done to a copy: several things at once, anywhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from fingerpost.cli.main import main
from fingerpost.model.diagnostics import Diagnostic, Related, Severity, Span
from fingerpost.reading import loader
from fingerpost.reading.loader import Reading
from fingerpost.reading.yaml_reader import Scalar

from .doctoring import Part, Text, layer, parts
from .oracle import sayings

Files: TypeAlias = Mapping[str, str]
Keys: TypeAlias = tuple[str, ...]

TODAY = "2026-11-24"

LAW = settings(
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


# What is done to a library


def is_way(path: Keys) -> bool:
    return "goto" in path[-2:]


def is_condition(path: Keys) -> bool:
    of_a_list = path[-2:-1] == ("unless",) and isinstance(path[-1], int)
    return path[-1] in ("when", "unless") or of_a_list


def is_value_of_condition(path: Keys) -> bool:
    return not {"when", "unless"}.isdisjoint(path[-3:-1])


def is_need(path: Keys) -> bool:
    return path[-1] == "need" or path[-2:-1] in (("needs",), ("serves",))


def is_line(path: Keys) -> bool:
    return path[-2:-1] == ("advice",)


def is_always(path: Keys) -> bool:
    return path[0] == "always" and len(path) == 2


def is_urgency(path: Keys) -> bool:
    return path[-1] == "urgency"


def is_carry_on(path: Keys) -> bool:
    return path[-1] == "carry-on"


def is_route(path: Keys) -> bool:
    return path[0] == "routes" and len(path) == 2


def is_step(path: Keys) -> bool:
    return path[0] in ("questions", "outcomes") and len(path) == 2


def is_anything(path: Keys) -> bool:
    return True


KINDS = (
    is_way,
    is_condition,
    is_value_of_condition,
    is_need,
    is_line,
    is_always,
    is_urgency,
    is_carry_on,
    is_route,
    is_step,
    is_anything,
)


def places(files: Files, kind: Callable[[Keys], bool]) -> list[tuple[str, Part]]:
    return [(name, part) for name in files for part in parts(files[name]) if kind(part.path)]


def dropped(files: Files, kind: Callable[[Keys], bool], one: int, _: int) -> Files:
    """Take something away."""
    found = places(files, kind)
    if not found:
        return files
    name, part = found[one % len(found)]
    return {**files, name: Text(files[name]).without(part)}


def swapped(files: Files, kind: Callable[[Keys], bool], one: int, other: int) -> Files:
    """Change two texts of a kind over, each perhaps in a file of its own."""
    found = [each for each in places(files, kind) if isinstance(each[1].value, Scalar)]
    if not found:
        return files
    (name, part), (second, onto) = found[one % len(found)], found[other % len(found)]
    words, others = Text(files[name]).of(part.value.span), Text(files[second]).of(onto.value.span)
    if name != second:
        files = {**files, second: Text(files[second]).with_value(onto, words)}
        return {**files, name: Text(files[name]).with_value(part, others)}
    first, last = sorted([(part, others), (onto, words)], key=lambda each: each[0].span)
    text = Text(files[name]).with_value(*last)  # the later first, so that the other stays in place
    return {**files, name: Text(text).with_value(*first) if part is not onto else text}


def copied(files: Files, kind: Callable[[Keys], bool], one: int, other: int) -> Files:
    """Let one thing say what another of its kind says."""
    found = places(files, kind)
    if not found:
        return files
    (name, part), (second, onto) = found[one % len(found)], found[other % len(found)]
    words = Text(files[name]).of(part.value.span)
    return {**files, second: Text(files[second]).with_value(onto, words)}


def written_twice(files: Files, kind: Callable[[Keys], bool], one: int, _: int) -> Files:
    """Write something once more where it stands."""
    found = places(files, kind)
    if not found:
        return files
    name, part = found[one % len(found)]
    text = Text(files[name])
    start, words = text.start(part.span), text.of(part.span)
    before = text.text[:start].rpartition("\n")[2]
    between = ", " if before.strip("- ") else f"\n{before}"
    return {**files, name: text.text[:start] + words + between + text.text[start:]}


CHANGES = (dropped, dropped, swapped, copied, written_twice)

SLIPS = st.lists(
    st.tuples(
        st.sampled_from(CHANGES),
        st.sampled_from(KINDS),
        st.integers(0, 9_999),
        st.integers(0, 9_999),
    ),
    min_size=1,
    max_size=4,
)


Slips: TypeAlias = list[tuple[Callable[..., Files], Callable[[Keys], bool], int, int]]


def spoilt(files: Files, slips: Slips) -> Files:
    for change, kind, one, other in slips:
        files = change(files, kind, one, other)
    return files


# What must hold of it all the same


def checked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> tuple[Reading, tuple[Diagnostic, ...]]:
    """A library and all that the command finds in it. To crash would be another exit."""
    code = main(["check", "--only", "--trees", str(folder), "--now", TODAY, "--format", "json"])
    said = json.loads(capsys.readouterr().out)["diagnostics"]
    found = tuple(map(diagnostic, said))
    assert code == any(mistake.severity is Severity.ERROR for mistake in found)
    return loader.load([folder], whole=True), found


def diagnostic(said: dict[str, Any]) -> Diagnostic:
    return Diagnostic(
        said["code"],
        said["message"],
        span(said),
        Severity(said["severity"]),
        said["hint"],
        tuple(Related(each["message"], span(each)) for each in said["related"]),
        tuple(said["witness"]),
    )


def span(said: dict[str, Any]) -> Span:
    return Span(*(said[key] for key in ("file", "line", "column", "end_line", "end_column")))


def must_be_in_its_file(reading: Reading, place: Span) -> None:
    lines = reading.texts[place.file].split("\n")
    assert 1 <= place.line <= place.end_line <= len(lines)
    assert 1 <= place.column <= len(lines[place.line - 1]) + 1
    assert 1 <= place.end_column <= len(lines[place.end_line - 1]) + 1
    assert (place.line, place.column) <= (place.end_line, place.end_column)


def must_replay(reading: Reading, found: Diagnostic) -> None:
    """Whoever says what a witness says comes to the ending that is named; or, where a case does
    not end as it should, to the step that is shown beside it."""
    if not found.witness and found.code != "FP320":
        return
    walks = [walk for walk, _ in sayings(reading.library, found.witness)]
    if found.code == "FP320":
        assert found.related[0].span in [walk.here.span for walk in walks], found
    named = re.findall("“([a-z0-9-]+)/([a-z0-9-]+)”", found.message)
    assert walks, found
    assert not named or {*named} & {(w.tree.name, w.here.name) for w in walks}, found


def must_hold(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Diagnostic, ...]:
    reading, found = checked(folder, capsys)
    for mistake in found:
        must_be_in_its_file(reading, mistake.span)
        for related in mistake.related:
            must_be_in_its_file(reading, related.span)
        must_replay(reading, mistake)
    return found


def changed_well(folder: Path, files: Files, slips: Slips) -> Files:
    """The slips of which nothing is said when the library is read; the others are left out."""
    for slip in slips:
        slipped = spoilt(files, [slip])
        if not loader.load([layer(folder, slipped)], whole=True).mistakes:
            files = slipped
    return files
