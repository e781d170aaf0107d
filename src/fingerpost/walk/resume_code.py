"""Encode a walk as the code on its sheet, and decode it to the same walk.

A code is one number, which ``check_letters`` writes in letters: a mixed-radix number, with these
digits from the least significant:

1. the format of codes;
2. a pick: the first of several masks of the rest with which no group of letters looks like a word.
   A code may be read aloud to a child, and must not spell anything by chance;
3. the start tree, as a hash of its name, and a fingerprint of the shape of all steps reachable from
   its start. Both are masked by the rest, so that two codes do not show that they are of one tree;
4. the person: teller, nation and age, as known at the end. These can be decoded even if the shape
   has changed, since their radices are constant;
5. the given facts, the number of replies, and each reply as its index among the possible ones,
   without what equals 4.

The shape consists of names, values, edges and the conditions of questions. Words, the conditions of
lines and routes are not part of it, so that a changed sentence keeps all codes valid.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from math import comb
from typing import TYPE_CHECKING, TypeAlias

from ..model.base import Frozen
from ..model.facts import NATIONS, NOT_SURE, TELLERS, WROTE, Facts
from ..model.graph import Node, StepGraph
from ..model.library import Library
from ..model.tree import Question, Step
from .check_letters import Wrong, WrongCode, read, spells, written
from .walk import Walk

if TYPE_CHECKING:
    from hashlib import blake2b
else:  # the same function, without the OpenSSL that hashlib loads
    try:
        from _blake2 import blake2b
    except ImportError:
        from hashlib import blake2b

_FORMAT, _FORMATS = 0, 8
"""The format of these codes, and the number of possible formats."""

_PICKS = 1 << 5
"""Masks of a code: one in three spells nothing, so all but 1 in 300,000 codes have one."""

_TREES = 1 << 15
_SHAPES = 1 << 20
_HEADS = _TREES * 2 * _SHAPES
_AGES = 1 << 10

_FEW = 4
"""The size of the digit for the number of chosen values; its last value means more."""

_Digit: TypeAlias = tuple[int, int]
"""A digit and its radix, which is greater."""


class Opened(Frozen):
    """The content of a code.

    ``walk`` is the walk of the code, or None if the shape of the tree has changed. ``facts`` are
    those known there; of a changed tree only teller, nation and age, if they are still answers.
    They may be given to a new walk.
    """

    tree: str
    facts: Facts
    walk: Walk | None

    @property
    def changed(self) -> bool:
        """Whether the shape of the tree has changed since the code was made."""
        return self.walk is None


class CodeTable(Frozen):
    """What the codes of a library depend on, for who has only this of its shape.

    ``people`` has for each fact about the person the radix of its digit, and the value of each
    digit but 0; ``trees`` the hash of each tree's name, and its shapes, narrow and wide.
    """

    people: Mapping[str, tuple[int, Mapping[int, str]]]
    trees: Mapping[str, tuple[int, tuple[_Shape, ...]]]


def code_table(library: Library) -> CodeTable:
    """What the codes of a library depend on."""
    shapes = {
        name: tuple(_shape(library, name, wide=wide) for wide in (False, True) if tree.step(""))
        for name, tree in library.trees.items()
    }
    return CodeTable(
        _lists(library), {name: (_hash(name, _TREES), each) for name, each in shapes.items()}
    )


def code_of(walk: Walk) -> str:
    """The code of a walk, finished or not.

    It omits ``kept`` answers, and given values that neither a question of the tree nor a shared one
    offers.
    """
    code = ""
    for number in _numbers(walk):
        code = written(number)
        if not spells(code):
            break
    return code


def opened(library: Library, code: str) -> Opened:
    """Decode a code by the trees of a library. Raises WrongCode for one that is mistyped, made up,
    of another version, or of a tree that the library does not have."""
    number = read(code)
    picked, written_as = divmod(number, _FORMATS)
    if written_as != _FORMAT:
        raise WrongCode(Wrong.VERSION)
    masked, pick = divmod(picked, _PICKS)
    hidden, head = divmod(masked, _HEADS)
    body = _hidden(hidden, pick)
    digits = _Digits(head ^ _mask(body, pick))
    tree, wide, fingerprint = digits.take(_TREES), digits.take(2), digits.take(_SHAPES)
    names = [name for name in library.trees if _hash(name, _TREES) == tree]
    if not names:
        raise WrongCode(Wrong.TREE)
    # A tree without a start, which reading reports, counts as changed.
    begun = [name for name in names if library.trees[name].step("") is not None]
    shapes = [_shape(library, name, wide=bool(wide)) for name in begun]
    as_it_was = [shape for shape in shapes if shape.fingerprint == fingerprint]
    if len(names) > 1 and len(as_it_was) != 1:
        raise WrongCode(Wrong.TREES)
    digits = _Digits(body)
    people = _people_read(library, digits)
    if not as_it_was:
        return Opened(names[0], people, None)
    try:
        walk = _walk_read(library, as_it_was[0], people, digits)
    except ValueError as error:
        raise WrongCode(Wrong.WALK) from error
    if read(code_of(walk)) != number:
        raise WrongCode(Wrong.WALK)
    return Opened(as_it_was[0].tree, walk.facts, walk)


# --- digits --------------------------------------------------------------------------------------


class _Digits:
    """The digits of a mixed-radix number, taken from the least significant."""

    def __init__(self, number: int) -> None:
        self._rest = number

    def take(self, size: int) -> int:
        """The next digit, of this radix."""
        self._rest, digit = divmod(self._rest, size)
        return digit


def _together(digits: Iterable[_Digit]) -> int:
    """The number of these digits, from the least significant."""
    number = 0
    for digit, size in reversed([*digits]):
        number = number * size + digit
    return number


# --- a walk --------------------------------------------------------------------------------------


def _numbers(walk: Walk) -> Iterator[int]:
    """The numbers of a walk, by pick."""
    shape = _shape_to_write(walk)
    head, body = _together(_head(shape)), _together(_body(walk, shape))
    for pick in range(_PICKS):
        masked = _hidden(body, pick) * _HEADS + (head ^ _mask(body, pick))
        yield (masked * _PICKS + pick) * _FORMATS + _FORMAT


def _mask(body: int, pick: int) -> int:
    """The mask of the head of a code: a hash of the body."""
    return _hash((f"{body:x}", pick), _HEADS)


def _hidden(body: int, pick: int) -> int:
    """The masked body from the body, and back: the pick masks all bits but the highest."""
    below = max(body.bit_length() - 1, 0)
    return body ^ _hash(("body", pick), 1 << below)


def _head(shape: _Shape) -> Iterator[_Digit]:
    yield _hash(shape.tree, _TREES), _TREES
    yield int(shape.wide), 2
    yield shape.fingerprint, _SHAPES


def _body(walk: Walk, shape: _Shape) -> Iterator[_Digit]:
    """The digits after the head, in the order in which ``_walk_read`` takes them."""
    given = shape.holding(walk.given)
    people = _people(walk.library, walk.facts)
    plain = _says_the_same(walk, given, people)
    yield from _people_written(walk.library, people)
    yield int(plain), 2
    said = people if plain else {}
    yield from _chosen_written(given, tuple(shape.facts), least=0)
    for fact, values in shape.facts.items():
        if fact in given and fact not in said:
            yield from _chosen_written(given[fact], values, least=1)
    yield len(walk.replies), shape.steps + 1
    for _, question, reply in walk.answered():
        if question.fact not in said:
            yield from _reply_written(question, reply.values)


def _walk_read(library: Library, shape: _Shape, people: Facts, digits: _Digits) -> Walk:
    """The walk of the remaining digits. Raises ValueError if there is none."""
    said = people if digits.take(2) else {}
    facts = _chosen_read(digits, tuple(shape.facts), least=0)
    given = {
        fact: said.get(fact) or _chosen_read(digits, values, least=1)
        for fact, values in shape.facts.items()
        if fact in facts
    }
    walk = Walk.begin(library, shape.tree, given)
    for _ in range(digits.take(shape.steps + 1)):
        here = walk.here
        if isinstance(here, Question):
            walk = walk.answer(said.get(here.fact) or _reply_read(digits, here))
        else:
            walk = walk.carry_on()
    return walk


def _reply_written(question: Question, values: frozenset[str]) -> Iterator[_Digit]:
    if question.many:
        return _chosen_written(values, question.values, least=1)
    [value] = values
    return iter([(question.values.index(value), len(question.values))])


def _reply_read(digits: _Digits, question: Question) -> frozenset[str]:
    if question.many:
        return _chosen_read(digits, question.values, least=1)
    return frozenset({question.values[digits.take(len(question.values))]})


def _chosen_written(
    values: Collection[str], offered: Sequence[str], *, least: int
) -> Iterator[_Digit]:
    """A subset of ``offered`` with at least ``least`` values: its size, and its index among all
    subsets of that size.

    Most subsets are small, so the first digit covers only small sizes.
    """
    places = [place for place, value in enumerate(offered) if value in values]
    more, numbers = len(places) - least, len(offered) - least + 1
    few = min(numbers, _FEW)
    yield min(more, few - 1), few
    if numbers > few and more >= few - 1:
        yield more - (few - 1), numbers - (few - 1)
    yield sum(comb(place, n + 1) for n, place in enumerate(places)), comb(len(offered), len(places))


def _chosen_read(digits: _Digits, offered: Sequence[str], *, least: int) -> frozenset[str]:
    numbers = len(offered) - least + 1
    few = min(numbers, _FEW)
    more = digits.take(few)
    if numbers > few and more == few - 1:
        more += digits.take(numbers - (few - 1))
    count = least + more
    which = digits.take(comb(len(offered), count))
    chosen = set()
    for place in reversed(range(len(offered))):
        if count and which >= comb(place, count):
            which -= comb(place, count)
            count -= 1
            chosen.add(offered[place])
    return frozenset(chosen)


# --- who it is about -----------------------------------------------------------------------------


def _lists(library: Library) -> Mapping[str, tuple[int, Mapping[int, str]]]:
    """For each fact about the person the radix of its digit, and the value of each digit.

    Digit 0 means unknown. The ages are those that the library offers, and may change, so the digit
    of an age is a hash of it. If two collide, only the last can be encoded here.
    """
    asked = library.questions.get("age")
    ages = asked.values if asked else ()
    return {
        "teller": (len(TELLERS) + 1, dict(enumerate(TELLERS, 1))),
        "nation": (len(NATIONS) + 2, dict(enumerate((*NATIONS, NOT_SURE), 1))),
        "age": (_AGES, {1 + _hash(age, _AGES - 1): age for age in ages}),
    }


def _people(library: Library, facts: Facts) -> Facts:
    """The facts about the person with one value that has a digit."""
    found = {
        fact: facts.get(fact, frozenset()).intersection(values.values())
        for fact, (_, values) in _lists(library).items()
    }
    return {fact: values for fact, values in found.items() if len(values) == 1}


def _people_written(library: Library, people: Facts) -> Iterator[_Digit]:
    for fact, (size, values) in _lists(library).items():
        known = people.get(fact, frozenset())
        yield next((digit for digit, value in values.items() if value in known), 0), size


def _people_read(library: Library, digits: _Digits) -> Facts:
    found = {
        fact: values.get(digits.take(size)) for fact, (size, values) in _lists(library).items()
    }
    return {fact: frozenset({value}) for fact, value in found.items() if value is not None}


def _says_the_same(walk: Walk, given: Facts, people: Facts) -> bool:
    """Whether all given and answered values equal those known at the end. They differ if a fact
    was asked again, by a question that does not offer the first value."""
    every = [*given.items(), *((asked.fact, reply.values) for _, asked, reply in walk.answered())]
    return all(people.get(fact, values) == values for fact, values in every)


# --- the shape of a tree -------------------------------------------------------------------------


class _Shape(Frozen):
    """What a code depends on.

    ``facts`` are those that can be given and encoded, each with its values: those asked in the
    shape and those about the person. A ``wide`` shape has every shared fact too, which only the few
    codes with a given fact that is not asked here need. So all other codes stay valid when a shared
    question is added or removed.
    """

    tree: str
    wide: bool
    facts: Mapping[str, tuple[str, ...]]
    steps: int
    fingerprint: int

    def holding(self, given: Facts) -> Facts:
        """The given facts that can be encoded."""
        known = {
            fact: given[fact].intersection(values)
            for fact, values in self.facts.items()
            if fact in given
        }
        return {fact: values for fact, values in known.items() if values}


def _shape_to_write(walk: Walk) -> _Shape:
    """The narrowest shape that can encode the most of the given facts."""
    narrow = _shape(walk.library, walk.start.tree, wide=False)
    if narrow.holding(walk.given) == walk.given:  # nearly always
        return narrow
    wide = _shape(walk.library, walk.start.tree, wide=True)
    return narrow if wide.holding(walk.given) == narrow.holding(walk.given) else wide


def _shape(library: Library, tree: str, *, wide: bool) -> _Shape:
    """The shape of all steps reachable from the start of a tree, over links to others too."""
    here = StepGraph(library, tree)
    facts = {fact: dict.fromkeys(values.values()) for fact, (_, values) in _lists(library).items()}
    for question in (*here.questions(), *(library.questions.values() if wide else ())):
        if question.fact == WROTE:
            continue  # what was typed is never in a code
        facts.setdefault(question.fact, {}).update(dict.fromkeys(question.values))
    can_be_given = {
        fact: tuple(values)
        for fact, values in facts.items()
        if values and not library.always_asks(fact)
    }
    steps = [
        (node.place, _in_order(node.given), node.edges, _of_step(node.step), *_condition(node))
        for node in here.nodes
    ]
    fingerprint = _hash((steps, [*can_be_given.items()]), _SHAPES)
    return _Shape(tree, wide, can_be_given, len(steps), fingerprint)


def _of_step(step: Step) -> object:
    """The shape of a step without its edges."""
    if isinstance(step, Question):
        return step.fact, step.many, [answer.value for answer in step.answers if answer.alone]
    return _in_order(step.settles.items())


def _condition(node: Node) -> Iterator[object]:
    """The condition of a question and its other edge: nothing for one that is asked of everybody,
    so that codes from before there were conditions stay valid."""
    if isinstance(node.step, Question) and node.step.when.tests:
        yield node.otherwise, _in_order(node.step.when.tests)


def _in_order(facts: Iterable[tuple[str, frozenset[str]]]) -> list[tuple[str, list[str]]]:
    return sorted((fact, sorted(values)) for fact, values in facts)


def _hash(names: object, size: int) -> int:
    """A hash below ``size`` of names, or tuples and lists of them; equal on all machines."""
    return int.from_bytes(blake2b(ascii(names).encode()).digest(), "big") % size
