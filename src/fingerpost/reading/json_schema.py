"""The shape of each kind of file as JSON Schema (draft-07), by which an editor completes keys.

A schema knows one file alone: that a ``goto`` leads somewhere, or that a fact has such an answer,
only ``check`` can say. An editor reads YAML by YAML's own rules, where 18 is a number and true is
a truth value; here both are text as typed, so text may look like either.

Every definition stands for one thing of ``docs/format.md`` and has its keys in the order there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from ..model.facts import NATIONS, NOT_SURE, TELLERS
from ..model.sentence import Urgency
from ..model.tree import Kind

Schema: TypeAlias = dict[str, Any]
"""A JSON Schema, or a part of one, as plain values."""

KINDS: Mapping[str, str] = {
    "tree": "a tree: each file beside rules.yaml",
    "questions": "shared/questions.yaml",
    "advice": "shared/advice.yaml",
    "outcomes": "shared/outcomes.yaml",
    "always": "shared/always.yaml",
    "needs": "shared/needs.yaml",
    "words": "shared/words.yaml",
    "opening": "shared/opening.yaml",
    "routes": "each file of routes/",
    "rules": "rules.yaml",
    "cases": "each file of cases/",
    "local": "local.yaml, an organisation's own details",
}
"""The kinds of file, and which files are of each."""

_DRAFT = "http://json-schema.org/draft-07/schema#"
_AS_TYPED = ["string", "number", "boolean"]
_NAME = "[a-z0-9][a-z0-9-]*"
_ADVICE = tuple(kind.value for kind in Kind)


def schema(kind: str) -> Schema:
    """The schema of one kind of file. ``kind`` is a key of ``KINDS``."""
    definitions = _definitions()
    file = _files()[kind]
    return {
        "$schema": _DRAFT,
        "title": f"fingerpost: {KINDS[kind]}",
        **file,
        "definitions": {name: definitions[name] for name in _needed(file, definitions)},
    }


def _needed(part: Schema, definitions: Mapping[str, Schema]) -> list[str]:
    """The definitions that a part rests on, by itself or through another, in order of name."""
    needed: set[str] = set()
    waiting = [part]
    while waiting:
        new = set(_referred(waiting.pop())) - needed
        needed |= new
        waiting += [definitions[name] for name in new]
    return sorted(needed)


def _referred(value: Any) -> Iterator[str]:
    match value:
        case {"$ref": str(place)}:
            yield place.rpartition("/")[2]
        case dict():
            for inner in value.values():
                yield from _referred(inner)
        case list():
            for inner in value:
                yield from _referred(inner)
        case _:
            pass


# --- what schemas are made of --------------------------------------------------------------------


def _a(name: str, says: str = "") -> Schema:
    """A definition by its name, with what it says in this place."""
    return {"$ref": f"#/definitions/{name}", **({"description": says} if says else {})}


def _keys(
    says: str, properties: Mapping[str, Schema], required: tuple[str, ...] = (), **more: Any
) -> Schema:
    """A mapping with these keys and no others."""
    return {
        "description": says,
        "type": "object",
        "properties": dict(properties),
        **({"required": list(required)} if required else {}),
        **more,
        "additionalProperties": False,
    }


def _where_used(schema: Schema, used: Schema, otherwise: Schema) -> Schema:
    """A mapping that is one thing with the key ``use``, and another without it."""
    return {**schema, "if": {"required": ["use"]}, "then": used, "else": otherwise}


def _by_name(says: str, each: Schema) -> Schema:
    """Things by their names."""
    return {
        "description": says,
        "type": "object",
        "propertyNames": {"pattern": f"^{_NAME}$"},
        "additionalProperties": each,
    }


def _list(says: str, each: Schema, **more: Any) -> Schema:
    return {"description": says, "type": "array", "items": each, **more}


def _one_of(says: str, *words: str | bool | int) -> Schema:
    return {"description": says, "enum": list(words)}


def _without(*keys: str) -> Schema:
    """These keys may not be there."""
    return {"properties": dict.fromkeys(keys, False)}


def _having(*keys: str) -> list[Schema]:
    """One schema for each key, which asks that it is there."""
    return [{"required": [key]} for key in keys]


# --- words and names -----------------------------------------------------------------------------


def _definitions() -> dict[str, Schema]:
    """Everything that more than one place is made of, by name."""
    return {
        **_words(),
        **_facts(),
        **_questions(),
        **_endings(),
        **_routes(),
        **_rules(),
        **_cases(),
    }


def _words() -> dict[str, Schema]:
    text = {"type": _AS_TYPED, "pattern": r"\S"}
    readers = (*TELLERS, "otherwise")
    return {
        "text": text,
        "sentence": {
            "anyOf": [
                _a("text"),
                _keys(
                    "a sentence for each reader",
                    {reader: _a("text", f"the words for {reader}") for reader in readers},
                    anyOf=[{"required": ["otherwise"]}, {"required": list(TELLERS)}],
                ),
            ]
        },
        "name": {"type": _AS_TYPED, "pattern": f"^{_NAME}$"},
        "names": {"anyOf": [_a("name"), {"type": "array", "items": _a("name"), "minItems": 1}]},
        "flag": {"enum": [True, False, "true", "false"]},
        "day": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        "checked": _keys(
            "who has read it and when; only that person may write this",
            {"date": _a("day", "the day, as 2027-05-24"), "by": _a("text", "who, by their role")},
            ("date", "by"),
        ),
        "source": _keys(
            "where a statement comes from",
            {
                "title": _a("text", "its title"),
                "publisher": _a("text", "who published it"),
                "date": {
                    "description": "as exact as it is known: 2024, 2024-03 or 2024-03-11",
                    "type": ["string", "integer"],
                    "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$",
                    "minimum": 1,
                    "maximum": 9999,
                },
                "url": _a("text", "its web address"),
            },
            ("title", "publisher"),
        ),
        "sources": _by_name("where statements come from, by a name of your own", _a("source")),
        "urgency": _one_of(
            "how soon help is needed", *(u.name.lower() for u in sorted(Urgency, reverse=True))
        ),
    }


def _facts() -> dict[str, Schema]:
    facts = {**_by_name("", _a("names")), "minProperties": 1}
    return {
        "facts": {**facts, "description": "each fact with its answer"},
        "when": {
            **facts,
            "description": "every fact must hold; for each, any one of its answers is enough",
        },
    }


# --- steps ---------------------------------------------------------------------------------------


def _questions() -> dict[str, Schema]:
    step = f"{_NAME}(/({_NAME})?)?"
    values = {"propertyNames": {"pattern": f"^(?!otherwise$){_NAME}$"}, "minProperties": 2}
    say = _a("sentence", "the words of the answer")
    alone = _a("flag", "true if nothing else can be chosen with it; where many may hold")
    asked = {
        "ask": _a("sentence", "what is read aloud"),
        "why": _a("sentence", "why it is asked; shown under the key w"),
        "note": _a("sentence", "for the worker, never read aloud"),
        "many": _a("flag", "true if more than one answer can be chosen"),
    }
    return {
        "step": {"type": _AS_TYPED, "pattern": f"^{step}$"},
        "question": _where_used(
            _keys(
                "a question: in words of its own, or in shared ones",
                {
                    "use": _a("name", "a question of shared/questions.yaml, in its words"),
                    "fact": _a("name", "the fact that it settles, if not called as the step is"),
                    "without": _a("names", "shared answers that make no sense in this tree"),
                    **asked,
                    "answers": {**_by_name("two answers or more", _a("answer")), **values},
                    "goto": {
                        "description": "the next step: one for all answers, or one for each",
                        "anyOf": [_a("step"), _by_name("a step for each answer", _a("step"))],
                    },
                },
            ),
            used=_without("ask", "many", "answers"),
            otherwise={"required": ["ask", "answers"], **_without("without")},
        ),
        "answer": _keys(
            "one answer",
            {"say": say, "goto": _a("step", "the next step"), "alone": alone},
            ("say",),
        ),
        "shared-question": _keys(
            "the words of a question that many trees ask",
            {
                **asked,
                "always-ask": _a("flag", "true if no walk may take the answer from elsewhere"),
                "answers": {**_by_name("two answers or more", _a("shared-answer")), **values},
            },
            ("ask", "answers"),
        ),
        "shared-answer": _keys("one answer", {"say": say, "alone": alone}, ("say",)),
    }


def _endings() -> dict[str, Schema]:
    kinds = {
        "do": _a("sentence", "what to do"),
        "dont": _a("sentence", "what not to do"),
        "know": _a("sentence", "what is good to know"),
        "worker": _a("sentence", "for the worker"),
    }
    when = {"when": _a("when", "who is shown it; left out, everyone")}
    unless = {"unless": _a("when", "who is not shown it")}
    source = {"source": _a("name", "one of the sources at the top of the file")}
    lines = {"advice": _list("in the order in which it is shown", _a("advice-line"))}
    needs = "what this ending calls for, most important first"
    ending = {
        "title": _a("sentence", "what has happened, or what comes first"),
        "urgency": _a("urgency"),
        "open": _a("sentence", "the first words on the page"),
        **lines,
        "needs": _list(needs, _a("need"), minItems=1),
        "worse": _a("sentence", "what to do if it gets worse"),
    }
    needed = ("title", "urgency", "open", "needs")
    carry_on = _keys(
        "a way on from this ending",
        {
            "say": _a("sentence", "the words of the choice"),
            "goto": _a("step", "the next step"),
            "sets": _a("facts", "facts that have been dealt with, such as {safe: yes}"),
        },
        ("say", "goto"),
    )
    return {
        "ending": _where_used(
            _keys(
                "an ending: its own, or a shared one with a way on of its own",
                {
                    "use": _a("name", "an ending of shared/outcomes.yaml, in its words"),
                    **ending,
                    "carry-on": carry_on,
                },
            ),
            used=_without(*ending),
            otherwise={"required": list(needed)},
        ),
        "shared-ending": _keys("an ending that many trees need", ending, needed),
        "advice-line": _keys(
            "one line of advice",
            {**kinds, "use": _a("name", "a line of shared/advice.yaml"), **when, **source},
            oneOf=_having(*_ADVICE, "use"),
        ),
        "shared-advice": _keys(
            "a line of advice that many endings give",
            {**kinds, **when, **unless, **source},
            oneOf=_having(*_ADVICE),
        ),
        "need": {
            "anyOf": [
                _a("name"),
                _keys(
                    "a need, with why and for whom",
                    {
                        "need": _a("name", "a need of shared/needs.yaml"),
                        "because": _a("sentence", "why it helps"),
                        **when,
                    },
                    ("need",),
                ),
            ]
        },
        "always-entry": _keys(
            "what is added to every ending for those whose facts call for it",
            {
                "when": _a("when", "who is shown it"),
                **unless,
                "urgency": _a("urgency"),
                **lines,
                "needs": _list("what these facts call for", _a("need")),
            },
            ("when",),
        ),
        "opening-line": _keys(
            "what is said before the first question",
            {"say": _a("sentence", "the words"), **when, **unless},
            ("say",),
        ),
        "need-words": _keys(
            "a need that an ending may name",
            {
                "say": _a("sentence", "its heading on a page"),
                "live": _a("flag", "true if someone answers now, as on a helpline"),
            },
            ("say",),
        ),
    }


# --- routes --------------------------------------------------------------------------------------


def _routes() -> dict[str, Schema]:
    contact = _contact()
    for_whom = {
        "serves": _a("names", "the needs that it serves"),
        "contract": _contract(),
        "when": _a("when", "to whom we offer it; never more than the contract"),
        "unless": _a("when", "to whom we do not offer it"),
    }
    pushing = {
        "fixed": _a("flag", "true if local details cannot change it, such as 999"),
        "first": _a("flag", "true if it comes first within its need"),
        "instead": _a("name", "the route for which it stands in"),
    }
    vouching = {
        "source": _keys(
            "where this comes from",
            {
                "url": _a("text", "a web address"),
                "seen": _a("text", "how old what it says is, as 2024-03; or undated"),
            },
            ("seen",),
        ),
        "checked": _a("checked", "who has checked it and when; only that person may write this"),
        "confidence": _one_of("how sure we are", "high", "medium", "low"),
        "unsure": {
            "description": "what is printed with a warning, such as hours.phone",
            "anyOf": [_a("text"), {"type": "array", "items": _a("text"), "minItems": 1}],
        },
    }
    return {
        "route": _keys(
            "a service, or a way to report",
            {**contact, **for_whom, **pushing, **vouching},
            ("name", "serves"),
        ),
        "local-route": _keys(
            "a service of your own, or details laid over one that comes with fingerpost",
            {**contact, **for_whom, **vouching},
        ),
    }


def _contact() -> dict[str, Schema]:
    """How to turn to a route."""
    channels = {
        "phone": {
            "description": "a number, or several with words",
            "anyOf": [
                _a("text"),
                _list(
                    "numbers",
                    _keys(
                        "a phone number",
                        {"number": _a("text", "in quotation marks"), "say": _a("sentence")},
                        ("number",),
                    ),
                ),
            ],
        },
        "text": _list(
            "numbers for text messages",
            _keys(
                "a text line",
                {
                    "to": _a("text", "the number, in quotation marks"),
                    "send": _a("text", "what to send"),
                },
                ("to",),
            ),
        ),
        "chat": _a("text", "the web address of a chat"),
        "email": _a("text", "an email address"),
        "web": _a("text", "a web address"),
        "bsl": _a("text", "the web address of a service in British Sign Language"),
    }
    return {
        "name": _a("sentence", "what it is called"),
        "who": _a("sentence", "whom it is for"),
        "languages": _a("sentence", "the languages in which it helps"),
        "cost": _a("sentence", "what it costs"),
        "expect": _a("sentence", "what happens when you get in touch"),
        "private": _a("sentence", "what stays private and what is passed on"),
        "limits": _a("sentence", "what it cannot do"),
        **channels,
        "hours": _keys(
            "when it is open, such as Mo-Fr 09:00-17:00; PH off",
            {channel: _a("text", f"opening hours of {channel}") for channel in channels},
        ),
        "steps": _list("what to do, step by step", _a("sentence")),
        "forms": _by_name(
            "forms for one purpose each",
            _keys(
                "a form",
                {"say": _a("sentence", "what it is for"), "web": _a("text", "its web address")},
                ("say", "web"),
            ),
        ),
    }


def _contract() -> Schema:
    """Whom a service says it serves."""

    def served(says: str, each: Schema) -> Schema:
        return {
            "description": says,
            "anyOf": [{"const": "all"}, each, {"type": "array", "items": each, "minItems": 1}],
        }

    return _keys(
        "whom the service itself says that it serves",
        {
            "ages": served("answers to age, or all", _a("name")),
            "nations": served("answers to nation, or all", {"enum": [*NATIONS, NOT_SURE]}),
            "tellers": served("answers to teller, or all", {"enum": list(TELLERS)}),
        },
        ("ages", "nations", "tellers"),
    )


# --- rules and cases -----------------------------------------------------------------------------


def _rules() -> dict[str, Schema]:
    return {
        "rules": _by_name(
            "safety rules, proved for everyone by check",
            _keys(
                "a safety rule",
                {
                    "because": _a("sentence", "why, in one sentence"),
                    "when": _a("when", "for whom it must hold"),
                    "must": _a("shown", "what every ending shows these people"),
                    "never": _a("shown", "what no ending shows these people"),
                },
                ("when",),
                anyOf=_having("must", "never"),
            ),
        ),
        "shown": _keys(
            "what an ending shows; of several, any one",
            {
                "first": _a("names", "the first route on the page"),
                "route": _a("names", "a route"),
                "need": _a("names", "a need"),
                "advice": _a("names", "a line of shared/advice.yaml"),
                "outcome": _a("names", "an ending"),
                "urgency": _a("urgency", "so urgent, or more"),
            },
            minProperties=1,
        ),
    }


def _cases() -> dict[str, Schema]:
    return {
        "case": _keys(
            "a made-up case: a test, a rehearsal and a sample for sign-off",
            {
                "tree": _a("name", "the tree that it walks"),
                "story": _a("sentence", "what the trainee reads"),
                "answers": _a("facts", "what this person answers"),
                "expect": _keys(
                    "where the walk ends, and what is shown there",
                    {
                        "outcome": _a("name", "the ending"),
                        "urgency": _a("urgency"),
                        "routes": _a("names", "routes that are shown"),
                        "never": _a("names", "routes that are not shown"),
                    },
                    ("outcome",),
                ),
                "judgements": _list("what would you do? for a rehearsal", _a("judgement")),
                "injects": _list("news that changes a fact half way", _a("inject")),
            },
            ("tree", "story", "answers", "expect"),
        ),
        "judgement": _keys(
            "a question for the trainee",
            {
                "ask": _a("sentence", "the question"),
                "after": _a("name", "the fact after whose question it comes"),
                "choices": _by_name(
                    "what the trainee may choose",
                    _keys(
                        "a choice",
                        {
                            "say": _a("sentence", "its words"),
                            "verdict": _one_of("how good it is", "right", "partly", "wrong"),
                            "because": _a("sentence", "why"),
                            "source": _a("name", "one of the sources of this file or its tree"),
                        },
                        ("say", "verdict", "because"),
                    ),
                ),
            },
            ("ask", "choices"),
        ),
        "inject": _keys(
            "news that changes a fact half way",
            {
                "after": _a("name", "the fact after whose question it comes"),
                "say": _a("sentence", "the news"),
                "answers": _a("facts", "the facts that it changes"),
            },
            ("after", "say", "answers"),
        ),
    }


# --- files ---------------------------------------------------------------------------------------


def _files() -> dict[str, Schema]:
    """Each kind of file, from its top."""
    sources = {"sources": _a("sources")}
    return {
        "tree": _tree(),
        "questions": _shared("questions", _by_name("by the fact", _a("shared-question"))),
        "advice": _shared("advice", _by_name("by name", _a("shared-advice")), sources),
        "outcomes": _shared("outcomes", _by_name("by name", _a("shared-ending")), sources),
        "always": _shared("always", _list("in the order shown", _a("always-entry")), sources),
        "needs": _shared("needs", _by_name("by name", _a("need-words"))),
        "words": _shared("words", _glossary()),
        "opening": _shared("opening", _list("in the order said", _a("opening-line"))),
        "routes": _shared(
            "routes",
            _by_name("in the order in which a page shows them", _a("route")),
            {"when": _a("when", "for all routes of this file")},
        ),
        "rules": _shared("rules", _a("rules")),
        "cases": _shared("cases", _by_name("by name", _a("case")), sources),
        "local": _keys(
            "an organisation's own details",
            {
                "nation": _one_of("where you are, so that nobody need be asked", *NATIONS),
                "routes": {
                    "description": "services of your own, and details laid over others",
                    "anyOf": [{"enum": [None, ""]}, _by_name("by name", _a("local-route"))],
                },
            },
        ),
    }


def _shared(kind: str, value: Schema, before: Mapping[str, Schema] | None = None) -> Schema:
    """A file that is about one thing, which its main key names."""
    return _keys(KINDS[kind], {**(before or {}), kind: value}, (kind,))


def _glossary() -> Schema:
    return {
        "description": "hard words, in small letters, each in one plain sentence",
        "type": "object",
        "propertyNames": {"pattern": r"^[^A-Z\s]([^A-Z]*[^A-Z\s])?$"},
        "additionalProperties": _a("sentence"),
    }


def _tree() -> Schema:
    return _keys(
        "a tree",
        {
            "fingerpost": _one_of("the version of this format", 1, "1"),
            "title": _a("sentence", "what the person would say"),
            "about": _a("sentence", "one or two sentences: whom this is for"),
            "said": _list(
                "what people in this situation type; never shown, only searched",
                _a("text"),
                minItems=1,
                uniqueItems=True,
            ),
            "review-by": _a("day", "the day by which it is to be checked again, as 2027-05-24"),
            "reviewed": _a("checked", "only a person who has read the whole tree may write this"),
            "sources": _a("sources"),
            "given": _a("facts", "facts that hold for everyone here, such as {teller: staff}"),
            "start": _a("name", "the first step"),
            "questions": _by_name("questions, by step", _a("question")),
            "outcomes": _by_name("endings, by step", _a("ending")),
            "rules": _a("rules", "safety rules for this tree alone"),
        },
        ("fingerpost", "title", "about", "review-by", "start", "questions", "outcomes"),
    )
