"""From located YAML to values of the model, by the notation of ``format.txt``.

Each type of the notation has one function here, which checks the shape of a node and gives its
value. A mapping whose shape is wrong has no value; every mistake in it is reported all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache, cached_property, partial
from itertools import chain
from typing import Any

from ...model.facts import NATIONS, TELLERS, Facts
from ...model.sentence import Formed, Sentence, Source, Urgency
from ...model.spelling import closest
from ...model.tree import ALWAYS, Need, Target, When
from ..format import FORMAT, WITH_A_FORM
from ..located import Entry, Node, Placed, Scalar, Sequence
from ..located import Mapping as YamlMapping
from . import kinds
from .bound import Bound
from .file import OTHERWISE, File
from .names import Sort

Read = Callable[[File, Node, str, Placed], Any]
"""Reads a node of a file. The text is what a message calls it; the place is that of its key."""

MOST_GUESSES = 20
"""The most misspelt keys of one mapping that are corrected; with more it is another mapping."""

_JUDGED = "judged"
_READERS = (*TELLERS, OTHERWISE)
_LIST = re.compile(r"\[(?P<item>.+)\](?P<least>\d?)")
_MAP = re.compile(r"\{((?P<names>\w+):)?(?P<value>.+)\}(?P<least>\d?)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_PUBLISHED = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}\Z")
_READ_AS = {"local-route": "laid-over"}
"""Kinds whose other keys have a message of their own."""


def bind(file: File, node: Node, kind: str) -> Any:
    """The meaning of a file of this kind: all of it that could be read, whatever is wrong."""
    return reads(f"@{kind}")(file, node, "", Scalar(file.name, 1, 1, 1, 1, ""))


class _Readers(dict[str, Read]):
    """What reads a value in each notation, made when it is first needed."""

    def __missing__(self, notation: str) -> Read:
        self[notation] = _reader_of(notation)
        return self[notation]


@cache
def _readers() -> _Readers:
    return _Readers()


def reads(notation: str) -> Read:
    """What reads a value in this notation."""
    return _readers()[notation]


def _reader_of(notation: str) -> Read:
    if notation.startswith("@"):
        return _Kind(notation)
    forms = notation.removeprefix("=").split("|")
    if notation.startswith('"') and len(forms) == notation.count('"') / 2:
        return partial(_one_of, tuple(form.strip('"') for form in forms))
    forms = [form for form in forms if not form.startswith('"')]
    if len(forms) == 2 and re.fullmatch(rf"\[{re.escape(forms[0])}\]1", forms[1]):
        return _one_or_several(forms[0])
    if len(forms) > 1:
        return _either(forms)
    word, _, of = forms[0].removeprefix("=").partition("@")
    if found := _LIST.fullmatch(notation):
        return _list(found["item"], found["least"])
    if found := _MAP.fullmatch(notation):
        return _map(found["value"], found["names"], found["least"])
    if word == "names":
        return _one_or_several(f"name@{of}" if of else "name")
    if word == "name" and of:
        return {"step": _start, "source": _source}.get(of) or partial(_name, Sort[of.upper()])
    if word in _TYPES:
        return _words if of == "words" else _TYPES[word]
    return reads(FORMAT.others[word].notation) if word in FORMAT.others else _Kind(word)


def empty(notation: str) -> Any:
    """The value of a key that is left out."""
    word, _, of = notation.removeprefix("=").partition("@")
    if notation.startswith("{") or word in ("facts", "sources", "rules"):
        return {}
    if notation.startswith("[") or "[" in notation or of == "words" or word in ("names", "phrases"):
        return ()
    if (
        word in ("text", "name", "published", *WITH_A_FORM) and of != "source"
    ) or notation.startswith('"'):
        return ""
    return {"flag": False, "count": 0, "when": ALWAYS}.get(word)


# --- text ----------------------------------------------------------------------------------------


def text_of(file: File, node: Node, what: str, key: Placed | None = None) -> str:
    """Some text; reports an empty one."""
    if not isinstance(node, Scalar):
        file.wrong_shape(node, f"{what} must be text", Scalar)
        return ""
    text = node.text.strip()
    if not text:
        file.error("FP104", f"{what} is empty", node.span, "write it, or take the key out")
    return text


def _with_a_form(kind: str, file: File, node: Node, what: str, key: Placed) -> str:
    """Some text of a kind of ``WITH_A_FORM``, which is noted for the check of its form."""
    if text := text_of(file, node, what):
        file.formed.append(Formed(kind, text, span=node.span))
    return text


def _words(file: File, node: Node, what: str, key: Placed) -> tuple[str, ...]:
    return tuple(text_of(file, node, what).split())


def _one_of(choices: tuple[str, ...], file: File, node: Node, what: str, key: Placed) -> str:
    word = text_of(file, node, what)
    if word and word not in choices:
        hint = file.meant(word, choices)
        file.error("FP105", f"{what} cannot be “{word}”", node.span, hint)
    return word


def _flag(file: File, node: Node, what: str, key: Placed) -> bool:
    return _one_of(("true", "false"), file, node, what, key) == "true"


_URGENCIES = tuple(urgency.name.lower() for urgency in reversed(Urgency))


def _urgency(file: File, node: Node, what: str, key: Placed) -> Urgency | None:
    word = _one_of(_URGENCIES, file, node, what, key)
    return Urgency[word.upper()] if word in _URGENCIES else None


def _count(file: File, node: Node, what: str, key: Placed) -> int:
    text = text_of(file, node, what)
    if text and not (text.isascii() and text.isdigit()):
        hint = "write a whole number such as 7"
        file.error("FP105", f"{what} cannot be “{text}”", node.span, hint)
        return 0
    return int(text or 0)


def _day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _day(file: File, node: Node, what: str, key: Placed) -> date | None:
    text = text_of(file, node, what)
    day = _day_of(text) if _DATE.match(text) else None
    if text and day is None:
        file.error("FP107", f"“{text}” is not a day", node.span, "write it as 2027-05-24")
    return day


def _published(file: File, node: Node, what: str, key: Placed) -> str:
    text = text_of(file, node, what)
    day = text + "-01-01"[len(text) - len("2024") :]
    if text and not (_PUBLISHED.match(text) and _day_of(day)):
        hint = "write 2024, 2024-03 or 2024-03-11"
        file.error("FP107", f"“{text}” is not a date", node.span, hint)
    return text


def _nothing(file: File, node: Node, what: str, key: Placed) -> Mapping[str, Any]:
    return {}


# --- names ---------------------------------------------------------------------------------------


def _name(sort: Sort, file: File, node: Node, what: str, key: Placed) -> str:
    name = text_of(file, node, what)
    file.must_know(sort, name, node)
    return name


def _source(file: File, node: Node, what: str, key: Placed) -> Source | None:
    name, known = text_of(file, node, what), file.sources
    if file.all_sources:
        file.later(File.has_source, name, node, known)
    return known.get(name)


def _start(file: File, node: Node, what: str, key: Placed) -> str:
    step = text_of(file, node, what)
    file.later(File.has_step, step, node)
    return step


def _step(file: File, node: Node, what: str, key: Placed) -> Target:
    """A step of this tree, or ``tree/`` or ``tree/step`` of another."""
    tree, slash, step = text_of(file, node, what).rpartition("/")
    if slash and tree != file.tree:
        file.must_know(Sort.TREE, tree, node)
        return Target(tree, step, span=node.span)
    file.later(File.has_step, step, node)
    return Target(file.tree, step, span=node.span)


# --- sentences and conditions --------------------------------------------------------------------


def _sentence(file: File, node: Node, what: str, key: Placed) -> Sentence:
    """A sentence, or a map of sentences by who is reading."""
    if not isinstance(node, YamlMapping):
        return Sentence(_marked(file, node, what), span=node.span)
    texts: dict[str, str] = {}
    judged: dict[str, str] = {}
    for reader, entry in node.by_text.items():
        if reader in _READERS:
            texts[reader] = _marked(file, entry.value, f"{what} for {reader}")
        elif reader == _JUDGED:
            judged = reads("{text}1")(file, entry.value, f"“{_JUDGED}”", entry.key) or {}
        else:
            hint = file.meant(reader, _READERS)
            if isinstance(entry.value, Scalar) and not entry.value.text:
                begun = reader.partition(" ")[0]
                hint = "if this is a text that begins with {, put it in quotation marks"
                hint = f"write a colon after “{begun}”" if begun in _READERS else hint
            file.error("FP108", f"nobody who reads is called “{reader}”", entry.span, hint)
    missing = [teller for teller in TELLERS if teller not in texts]
    strange = node.by_text.keys() - texts.keys() - {_JUDGED}
    if missing and OTHERWISE not in texts and not strange:
        message = f"{what} says nothing to {' or '.join(missing)}"
        file.error("FP108", message, node.span, f"name every reader, or add “{OTHERWISE}”")
    otherwise = texts.pop(OTHERWISE, "")
    by_teller, reasons = tuple(texts.items()), tuple(judged.items())
    wordings = (*texts, *((OTHERWISE,) if otherwise else ()))
    spans = tuple(node.by_text[reader].value.span for reader in wordings)
    return Sentence(otherwise, by_teller, reasons, spans, span=node.span)


def _marked(file: File, node: Node, what: str) -> str:
    """Text that may name routes, facts and hard words in braces."""
    text = text_of(file, node, what)
    if "{" in text or "}" in text:
        file.later(File.has_marks, text, node)
    return text


def _facts(file: File, node: Node, what: str, key: Placed, *, one_each: bool = True) -> Facts:
    """Facts with their values: as a person would answer them, or of a condition."""
    if not isinstance(node, YamlMapping):
        file.wrong_shape(node, f"{what} must be facts with values", YamlMapping)
        return {}
    if not node.by_text:
        file.error("FP104", f"{what} is empty", node.span, "name a fact, or take it out")
    values = reads("names")
    file.later(File.has_settled if one_each else File.has_facts, node)
    return {
        fact: frozenset(values(file, entry.value, f"a value of “{fact}”", entry.key))
        for fact, entry in node.by_text.items()
    }


def _when(file: File, node: Node, what: str, key: Placed) -> When:
    facts = _facts(file, node, what, key, one_each=False)
    return When(tuple((fact, _ungrouped(file, fact, those)) for fact, those in facts.items()))


def _ungrouped(file: File, fact: str, values: frozenset[str]) -> frozenset[str]:
    groups = file.names.groups.get(fact, {})
    return frozenset(chain.from_iterable(groups.get(value, (value,)) for value in values))


def _phrases(file: File, node: Node, what: str, key: Placed) -> tuple[str, ...]:
    """What people type, each line with its place. A list of none, or a line that is there
    already, is a mistake."""
    lines: tuple[str, ...] = reads("[text]")(file, node, what, key)
    if not lines and isinstance(node, Sequence) and not node.items:
        hint = "write what somebody would type, or take the key out"
        file.error("FP104", f"{what} is empty", node.span, hint)
    places = node.items if isinstance(node, Sequence) else ()
    seen: dict[str, Node] = {}
    for text, at in zip(lines, places, strict=True):
        first = seen.setdefault(" ".join(text.casefold().split()), at)
        file.must_be_first(f"{what} has “{text}” twice", at, first)
    return lines


def _need(file: File, node: Node, what: str, key: Placed) -> Need | None:
    """A need: its name alone, or with a reason and a condition."""
    if not isinstance(node, Scalar):
        made: Need | None = reads("=need-for")(file, node, what, key)
        return made
    return Need(_name(Sort.NEED, file, node, what, key), span=node.span)


def _sources(file: File, node: Node, what: str, key: Placed) -> dict[str, Source]:
    """The sources that a file names, by name; what follows may name them."""
    found: dict[str, Source] = reads("{source}")(file, node, what, key)
    file.sources = file.top_sources = found
    return found


_TYPES: dict[str, Read] = {
    **dict.fromkeys(("text", "name", "version", "place", "teller"), text_of),
    **{kind: partial(_with_a_form, kind) for kind in WITH_A_FORM},
    "flag": _flag,
    "count": _count,
    "day": _day,
    "published": _published,
    "urgency": _urgency,
    "nation": partial(_one_of, tuple(NATIONS)),
    "nothing": _nothing,
    "step": _step,
    "sentence": _sentence,
    "when": _when,
    "facts": _facts,
    "phrases": _phrases,
    "need": _need,
    "sources": _sources,
}


# --- lists and maps ------------------------------------------------------------------------------


def _list(item: str, least: str) -> Read:
    read_item = reads(item)
    called = "a need" if item == "need" else ""  # without any, an ending has its own message

    def read(file: File, node: Node, what: str, key: Placed) -> tuple[Any, ...]:
        if not isinstance(node, Sequence):
            file.wrong_shape(node, f"{what} must be a list", Sequence)
            return ()
        if least and not node.items and not called:
            hint = "name one, or take the key out"
            file.error("FP104", "this list is empty", node.span, hint)
        each = called or (f"a line of {what}" if what.startswith("“") else what)
        found = [read_item(file, one, each, one) for one in node.items]
        return tuple([one for one in found if one is not None] if None in found else found)

    return read


def _one_or_several(item: str) -> Read:
    """A value or a list of them: a list in any case."""
    read_item, read_list = reads(item), reads(f"[{item}]1")

    def read(file: File, node: Node, what: str, key: Placed) -> tuple[Any, ...]:
        if isinstance(node, Sequence):
            return tuple(read_list(file, node, what, key))
        return (read_item(file, node, what, key),)

    return read


def _map(value: str, names: str | None, least: str) -> Read:
    read_value = reads(value)

    def read(file: File, node: Node, what: str, key: Placed) -> dict[str, Any]:
        if not isinstance(node, YamlMapping):
            file.wrong_shape(node, f"{what} must be names with values", YamlMapping)
            return {}
        if least == "1" and not node.by_text:
            file.error("FP104", f"{what} is empty", node.span, "name one, or take the key out")
        found: dict[str, Any] = {}
        for name, entry in node.by_text.items():
            called = f"“{name}”"
            if names == "word":
                _must_be_word(file, entry)
                called = f"the meaning of {called}"
            elif names != "part":
                file.must_be_name(entry, f"a name in {what}")
            found[name] = read_value(file, entry.value, called, entry.key)
        return {name: one for name, one in found.items() if one is not None}

    return read


def _must_be_word(file: File, entry: Entry) -> None:
    word = entry.text
    if word != word.lower().strip() or not word:
        message, hint = "a hard word is listed in small letters", f"write “{word.lower()}”"
        file.error("FP106", message, entry.span, hint)


def _either(forms: list[str]) -> Read:
    """One of several shapes. A node of none is reported as if it were to be keys with values, or
    else the last."""
    shapes = [(_shape(form), reads(form)) for form in forms]
    wanted = next((read for shape, read in shapes if shape is YamlMapping), shapes[-1][1])

    def read(file: File, node: Node, what: str, key: Placed) -> Any:
        for shape, read_form in shapes:
            if isinstance(node, shape) and (read_form is not _nothing or not node.text):
                return read_form(file, node, what, key)
        return wanted(file, node, what, key)

    return read


def _shape(form: str) -> type[Any]:
    word = form.removeprefix("=")
    word = FORMAT.others[word].notation if word in FORMAT.others else word
    if word.startswith("["):
        return Sequence
    if word.startswith("{") or word.partition("@")[0] in FORMAT.kinds:
        return YamlMapping
    return Scalar


# --- mappings ------------------------------------------------------------------------------------


class _Kind:
    """Reads a mapping of one kind of ``FORMAT``, and makes of it what ``kinds`` says."""

    def __init__(self, name: str) -> None:
        self._kind = FORMAT.kinds[_READ_AS.get(name, name)]
        self._required = frozenset(self._kind.required)
        self._is_file = name.startswith("@")
        self._make = kinds.MADE.get(name, kinds.as_written)
        self._before = kinds.BEFORE.get(name)

    @cached_property
    def _reads(self) -> dict[str, tuple[Read, str]]:
        """What reads each key, and what a message calls it: a walk needs few of the kinds."""
        keys = self._kind.by_name.items()
        return {name: (reads(key.notation), f"“{name}”") for name, key in keys}

    @cached_property
    def _empty(self) -> dict[str, Any]:
        return {name: empty(key.notation) for name, key in self._kind.by_name.items()}

    def __call__(self, file: File, node: Node, what: str, key: Placed) -> Any:
        kind = self._kind
        what = kind.called or what
        if not isinstance(node, YamlMapping):
            hint = f"its keys are: {', '.join(kind.by_name)}"
            file.wrong_shape(node, f"{what} needs keys with values", YamlMapping, hint)
            return None
        if self._before is not None:
            self._before(file, node)
        before, formed, reads_of = file.wrong, len(file.formed), self._reads
        values: dict[str, Any] = {}
        for name, entry in self._in_order(node) if self._is_file else node.by_text.items():
            if (known := reads_of.get(name)) is not None:
                values[name] = known[0](file, entry.value, known[1], entry.key)
        if len(values) < len(node.by_text) or not self._required <= values.keys():
            self._must_fit(file, node, what, key)
        if len(values) < kind.least:
            hint = f"one of: {', '.join(kind.by_name)}"
            file.error("FP104", f"{what} is empty", node.span, hint)
        is_wrong = file.wrong > before and not self._is_file
        bound = Bound(file, kind, node, key, values, self._empty)
        made = None if is_wrong else self._make(bound)
        if len(file.formed) > formed and not self._is_file:
            file.formed[formed:] = [bound.owning(each, made) for each in file.formed[formed:]]
        return made

    def _in_order(self, node: YamlMapping) -> Iterable[tuple[str, Entry]]:
        """The entries of a file, its sources first, which all others may name."""
        return sorted(node.by_text.items(), key=lambda entry: entry[0] != "sources")

    def _must_fit(self, file: File, node: YamlMapping, what: str, key: Placed) -> None:
        """Report unknown keys, and required ones that are missing: of a misspelt one only that."""
        known, found = self._kind.by_name, set(node.by_text)
        strange = [entry for name, entry in node.by_text.items() if name not in known]
        for number, entry in enumerate(strange):
            hint = file.meant(entry.text, known) or f"known here: {', '.join(known)}"
            file.error("FP103", f"{what} has no key “{entry.text}”", entry.span, hint)
            if number < MOST_GUESSES:
                found.add(closest(entry.text, tuple(k for k in known if k not in found)) or "")
        for name in () if self._kind.own and "use" in found else self._kind.required:
            if name not in found:
                message, hint = f"{what} has no “{name}”", f"add a line “{name}: …”"
                file.error("FP102", message, key.span, hint)
