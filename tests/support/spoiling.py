"""Libraries spoilt at random, by the place where things stand: several things at once, anywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from fingerpost.reading.yaml_reader import Scalar

from .doctoring import Part, Text, parts

Files: TypeAlias = Mapping[str, str]
Keys: TypeAlias = tuple[str, ...]


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


Slip: TypeAlias = tuple[Callable[..., Files], Callable[[Keys], bool], int, int]


def spoilt(files: Files, slips: list[Slip]) -> Files:
    for change, kind, one, other in slips:
        files = change(files, kind, one, other)
    return files
