"""JSON Schema (draft-07) of each kind of file, by which an editor completes keys.

A schema covers one file alone: whether a ``goto`` has a target, or a fact such an answer, only
``check`` can tell. An editor reads YAML by its core schema, where 18 is a number and true a
boolean; here both are text as typed, so text may have either type.
"""

from __future__ import annotations

import re
from json import dumps
from typing import Any, TypeAlias

from ..model.facts import NATIONS, NOT_SURE, TELLERS
from ..model.sentence import Urgency
from .format import FORMAT, WITH_A_FORM, Groups, Keys

Schema: TypeAlias = dict[str, Any]
"""A JSON Schema, or a part of one, as plain values."""

_DRAFT = "http://json-schema.org/draft-07/schema#"
_PLACE = "#/definitions/"
_AS_TYPED = ["string", "number", "boolean"]
_NAME = "[a-z0-9][a-z0-9-]*"

_WORDS: dict[str, Schema] = {
    **{name: {"type": _AS_TYPED, "pattern": r"\S"} for name in ("text", *WITH_A_FORM)},
    "phrases": {
        "type": "array",
        "items": {"$ref": f"{_PLACE}text"},
        "minItems": 1,
        "uniqueItems": True,
    },
    "name": {"type": _AS_TYPED, "pattern": f"^{_NAME}$"},
    "step": {"type": _AS_TYPED, "pattern": f"^{_NAME}(/({_NAME})?)?$"},
    "count": {"type": ["integer", "string"], "pattern": "^[0-9]+$", "minimum": 0},
    "flag": {"enum": [True, False, "true", "false"]},
    "day": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "published": {
        "type": ["string", "integer"],
        "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$",
        "minimum": 1,
        "maximum": 9999,
    },
    "urgency": {
        "description": "how soon help is needed",
        "enum": [urgency.name.lower() for urgency in sorted(Urgency, reverse=True)],
    },
    "nation": {"enum": [*NATIONS]},
    "place": {"enum": [*NATIONS, NOT_SURE]},
    "teller": {"enum": [*TELLERS]},
    "version": {"enum": [1, "1"]},
    "nothing": {"enum": [None, ""]},
}
"""The types of ``format.txt`` that are not mappings and are not defined there."""

_NAMES = {
    None: f"^{_NAME}$",
    "value": f"^(?!otherwise$){_NAME}$",
    "word": r"^[^A-Z\s]([^A-Z]*[^A-Z\s])?$",
    "part": r"^\S.*$",
}
"""The patterns of names that an author chooses: most names, answers, hard words."""

_SEVERAL = re.compile(
    r"\[(?P<item>.+)\](?P<items>\d?)|\{((?P<names>\w+):)?(?P<named>.+)\}(?P<least>\d?)"
)


def schema(kind: str) -> Schema:
    """The schema of one kind of file. ``kind`` is a key of ``FORMAT.files``."""
    file = FORMAT.files[kind]
    whole = {"$schema": _DRAFT, "title": f"fingerpost: {file.files}", **_keys(file, file.about)}
    return {**whole, "definitions": _definitions(whole)}


def _definitions(part: Schema) -> Schema:
    """The definitions that a part refers to, directly or not, by name."""
    found: dict[str, Schema] = {}
    waiting = [part]
    for each in waiting:  # the queue, which grows
        for name in re.findall(rf'"{_PLACE}([a-z-]+)"', dumps(each)):
            if name not in found:
                found[name] = _named(name, "")
                waiting.append(found[name])
    return dict(sorted(found.items()))


def _named(name: str, about: str) -> Schema:
    """A named type; ``about`` replaces its own description."""
    if name in _WORDS:
        return {**_described(about), **_WORDS[name]}
    if name in FORMAT.others:
        other = FORMAT.others[name]
        return _value(other.value, about or other.about)
    return _keys(FORMAT.kinds[name], about or FORMAT.kinds[name].about)


def _value(value: str, about: str = "") -> Schema:
    """The schema of a value, from the notation of ``format.txt``."""
    forms = value.split("|")
    if len(forms) > 1 and value.count('"') == 2 * len(forms):
        return {**_described(about), "enum": [form.strip('"') for form in forms]}
    if len(forms) > 1:
        return {**_described(about), "anyOf": [_value(form) for form in forms]}
    if value.startswith('"'):
        return {"const": value.strip('"')}
    if value.startswith("="):
        return _named(value[1:], about)
    several = _SEVERAL.fullmatch(value)
    if several is None:
        return {"$ref": f"{_PLACE}{value}", **_described(about)}
    if item := several["item"]:
        items = several["items"]
        least = {"minItems": int(items)} if items else {}
        return {**_described(about), "type": "array", "items": _value(item), **least}
    least = {"minProperties": int(several["least"])} if several["least"] else {}
    return {
        **_described(about),
        "type": "object",
        "propertyNames": {"pattern": _NAMES[several["names"]]},
        "additionalProperties": _value(several["named"]),
        **least,
    }


def _keys(kind: Keys, about: str) -> Schema:
    """The schema of a mapping with these keys and no others."""
    always, own = ((), kind.required) if kind.own else (kind.required, ())
    return {
        "description": about,
        "type": "object",
        "properties": {name: _value(key.value, key.about) for name, key in kind.by_name.items()},
        **({"required": [*always]} if always else {}),
        **({"anyOf": _having(kind.any_of)} if kind.any_of else {}),
        **({"oneOf": _having(kind.one_of)} if kind.one_of else {}),
        **({"minProperties": kind.least} if kind.least else {}),
        "additionalProperties": False,
        **(_where_used(kind, own) if kind.own else {}),
    }


def _where_used(kind: Keys, required: tuple[str, ...]) -> Schema:
    """The condition of a mapping with other keys if it has the key ``use``."""
    without = {"properties": dict.fromkeys(kind.used, False)} if kind.used else {}
    return {
        "if": {"required": ["use"]},
        "then": {"properties": dict.fromkeys(kind.own, False)},
        "else": {"required": [*required], **without},
    }


def _described(about: str) -> Schema:
    return {"description": about} if about else {}


def _having(groups: Groups) -> list[Schema]:
    """One schema for each group of keys, which requires all of them."""
    return [{"required": [*names]} for names in groups]
