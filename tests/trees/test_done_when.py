"""What must be so before the checks of paths count as done, tried on everything that ships.

Each test takes something away from a copy of the shipped library, one thing at a time, by the
place where it stands in its file, and asks the program, or the checks that say it where that takes
long: that the program asks every check, tests/transcripts shows of each.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

import pytest

from fingerpost.checks.safety import contracts, unserved
from fingerpost.cli.main import main
from fingerpost.model.base import grouped, replace
from fingerpost.model.diagnostics import Diagnostic, Severity
from fingerpost.model.facts import NOT_SURE
from fingerpost.model.library import Library
from fingerpost.model.route import Contract, Route
from fingerpost.model.tree import Outcome
from fingerpost.page import visibility
from fingerpost.proof.prover import Proofs
from fingerpost.reading import loader as files
from fingerpost.reading.loader import Reading
from fingerpost.reading.yaml_reader import Mapping, Scalar
from fingerpost.walk.walk import Walk

from ..support.checking import found_by
from ..support.doctoring import Part, Text, layer, parts, texts
from ..support.oracle import any_walk, sayings
from ..support.sample import FIRST_TWO
from ..support.shipped import whole_library

pytestmark = pytest.mark.slow

Mistake: TypeAlias = dict[str, Any]
Doctored: TypeAlias = Callable[[dict[str, str]], "Changed"]

TODAY = "2026-11-24"
FACTS = {"age": "ages", "nation": "nations", "teller": "tellers"}
"""The facts that a contract speaks of, with its words for them."""


@pytest.fixture(scope="module")
def shipped() -> Library:
    return whole_library()


class Changed:
    """A copy of the shipped library with some of its files changed, until the next is made."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys

    def read(self, *trees: str) -> Reading:
        """The whole of it; or some trees with those that they lead into, and no rules or cases."""
        return files.load([self.folder], trees or None, whole=not trees)

    def check(self) -> tuple[int, list[Mistake]]:
        """What the command says of it, notices left out."""
        alone = ["--trees", str(self.folder), "--only"]
        code = main(["check", *alone, "--now", TODAY, "--format", "json"])
        said = json.loads(self.capsys.readouterr().out)["diagnostics"]
        return code, [mistake for mistake in said if mistake["severity"] != "notice"]


def told_by(reading: Reading, *checks: ModuleType) -> tuple[int, list[Mistake]]:
    """The same, of the reading and these checks alone; as in the program, what cannot be read is
    not checked."""
    found = list(reading.mistakes)
    if not found:
        proofs = Proofs(reading.library)
        for check in checks:
            found += found_by(check, reading.library, proofs=proofs)
    said = [as_json(each) for each in found if each.severity is not Severity.NOTICE]
    return int(bool(said)), said


def as_json(mistake: Diagnostic) -> Mistake:
    return {"code": mistake.code, "message": mistake.message, "witness": mistake.witness}


@pytest.fixture
def doctored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Doctored:
    """Change files of a copy that stands alone: laid over the shipped files, it would get back
    what was deleted. Each time the copy is first as it was shipped."""
    whole = texts(files.shipped())

    def doctor(changed: dict[str, str]) -> Changed:
        assert changed.keys() <= whole.keys()
        return Changed(layer(tmp_path, {**whole, **changed}), capsys)

    return doctor


NO_TREES = ("rules.yaml", "hazards.yaml", "search.yaml", "discreet.yaml", "review-questions.yaml")
"""The files that stand beside the trees."""


def parts_of(*folders: str) -> Iterator[tuple[str, Text, Part]]:
    """Every part of the shipped files in these folders; "" is the trees themselves."""
    for name, text in texts(files.shipped()).items():
        folder, _, _ = name.rpartition("/")
        if folder in folders and name not in NO_TREES:
            whole = Text(text)
            yield from ((name, whole, part) for part in parts(text))


def replayed(library: Library, mistake: Mistake) -> list[Walk]:
    """The walks that say what a witness says and come to the ending that the message names."""
    place = re.search("“([a-z0-9-]+)/([a-z0-9-]+)”", mistake["message"])
    assert place is not None, mistake
    walks = (walk for walk, _ in sayings(library, tuple(mistake["witness"])))
    found = [walk for walk in walks if (walk.tree.name, walk.here.name) == place.groups()]
    assert found, mistake
    return found


# A goto


def enough(found: list[tuple[str, Text, Part]]) -> list[tuple[str, Text, Part]]:
    """Every tenth of the first two trees, and of the others every eightieth: many stand there."""
    first = [each for each in found if Path(each[0]).stem in FIRST_TWO]
    return first[::10] + [each for each in found if Path(each[0]).stem not in FIRST_TWO][::80]


STEPS = ("questions", "forks", "outcomes")


def gotos() -> list[tuple[str, Text, Part]]:
    every = [
        (name, text, part)
        for name, text, part in parts_of("")
        if part.path[0] in STEPS and part.path[-1] == "goto"
    ]
    # Endings with a way on in words of their own are few, and none is in the first two trees.
    return enough(every) + [each for each in every if "carry-on" in each[2].path][::4]


def targets() -> list[tuple[str, Text, Part]]:
    return enough(
        [
            (name, text, part)
            for name, text, part in parts_of("")
            if part.path[0] in STEPS and "goto" in part.path[-2:] and isinstance(part.value, Scalar)
        ]
    )


def test_a_goto_that_is_deleted_is_a_mistake_where_it_was(doctored: Doctored) -> None:
    """It is at the line of the question, the way on or the answer that it belonged to. An ending in
    shared words may have a way on or none, and without it is a page where the walk ends."""
    missed = set()
    found = gotos()
    for name, text, part in found:
        beside = {p.path[-1]: p for p in parts(text.text) if p.path[:-1] == part.path[:-1]}
        reading = doctored({name: text.without(part)}).read(Path(name).stem)
        if part.path[0] == "outcomes" and "use" in beside:
            assert reading.mistakes == (), part.path
            ending = reading.library.trees[Path(name).stem].outcomes[part.path[1]]
            assert ending.carry_on is None, part.path
            continue
        [owner] = (other.span for other in parts(text.text) if other.path == part.path[:-1])
        mistakes = reading.mistakes
        assert all(re.match("FP[12]", each.code) for each in mistakes), (part.path, mistakes)
        assert {each.span.file.endswith(name) for each in mistakes} == {True}
        # Where those who are not asked go the same way, they are led nowhere too, from "when".
        both = part.path[0] == "questions" and "when" in beside and "otherwise" not in beside
        lines = {owner.line, beside["when"].span.line} if both else {owner.line}
        assert {each.span.line for each in mistakes} == lines, (part.path, mistakes)
        assert len({each.message for each in mistakes}) == len(mistakes) == 1 + both, part.path
        missed.add(part.path[0])
    assert len({name for name, _, _ in found}) > 1
    assert missed == set(STEPS)


def test_a_goto_that_is_misspelt_is_a_mistake_at_its_word(doctored: Doctored) -> None:
    chance = random.Random(1)
    steps = {part.path[1] for _, _, part in parts_of("") if len(part.path) == 2}
    found = targets()
    for name, text, part in found:
        word, door, _ = text.of(part.value.span).partition("/")
        wrong = misspelt(chance, word, steps)
        changed = Text(text.with_value(part, wrong + door))
        [mistake] = doctored({name: changed.text}).read(Path(name).stem).mistakes
        assert mistake.code in ("FP201", "FP210"), (part.path, mistake)
        assert mistake.span.file.endswith(name)
        place = (mistake.span.line, mistake.span.column)
        assert place == (part.value.span.line, part.value.span.column)
        assert changed.of(mistake.span) == wrong + door
        assert mistake.hint == f"did you mean “{word}”?"
    assert any("/" in text.of(part.value.span) for _, text, part in found)


def misspelt(chance: random.Random, word: str, known: set[str]) -> str:
    """A word with a letter too few, one twice, or two changed over, which is no other word."""
    while True:
        at = chance.randrange(len(word) - 1)
        slip = chance.choice(
            [
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            ]
        )
        if slip not in known | {word} and re.fullmatch("[a-z0-9][a-z0-9-]*", slip):
            return slip


def test_one_way_of_a_goto_that_is_deleted_is_a_mistake_unless_another_takes_it(
    doctored: Doctored,
) -> None:
    """Where “otherwise” speaks for the answer too, the tree has changed and reads well."""
    taken = 0
    for name, text, part in targets():
        if part.path[-1] != "goto":
            beside = {p.path[-1] for p in parts(text.text) if p.path[:-1] == part.path[:-1]}
            mistakes = doctored({name: text.without(part)}).read(Path(name).stem).mistakes
            if "otherwise" in beside - {part.path[-1]}:
                taken += 1
                assert mistakes == (), part.path
            else:
                [mistake] = mistakes
                goto = next(p for p in parts(text.text) if p.path == part.path[:-1])
                assert (mistake.code, mistake.span.line) == ("FP112", goto.span.line)
    assert taken


# A route


def test_a_route_that_is_deleted_is_missed_unless_it_is_a_spare(
    doctored: Doctored, shipped: Library
) -> None:
    """Every fourth that no rule and no case names, and every twentieth of the others. The program
    is asked about each that is named, for it says so at once; of the rest the checks that say who
    is not served."""
    alone = alone_for_someone(shipped)
    named = named_by_rule_or_case(shipped)
    of_routes = [
        each
        for each in parts_of("routes")
        if len(each[2].path) == 2 and each[2].path[0] == "routes"
    ]
    assert {part.path[1] for _, _, part in of_routes} == shipped.routes.keys()
    found: dict[str, str] = {}
    for name, text, part in [each for each in of_routes if each[2].path[1] in named][::20] + [
        each for each in of_routes if each[2].path[1] not in named
    ][::4]:
        route = part.path[1]
        changed = doctored({name: text.without(part)})
        is_named = route in named
        asked = changed.check() if is_named else told_by(changed.read(), unserved, contracts)
        code, mistakes = asked
        codes = [mistake["code"] for mistake in mistakes] or ["spare"]
        found[route] = "FP207" if "FP207" in codes else codes[0]
        assert code == (0 if found[route] == "spare" else 1), (route, mistakes)
        if is_named:
            assert found[route] == "FP207", (route, mistakes)
        if route in alone:
            assert found[route] != "spare", route
        if found[route] == "FP303":
            must_be_without(changed.read().library, mistakes)
    assert "FP207" in found.values()
    print("found:", *(f"{r}={c}" for r, c in found.items() if c != "FP207"))


def must_be_without(library: Library, mistakes: list[Mistake]) -> None:
    """Who says what each witness says comes to a page that calls for the need and serves it not."""
    for mistake in mistakes:
        if mistake["code"] == "FP303":
            need = mistake["message"].split("“")[1].split("”")[0]
            for walk in replayed(library, mistake):
                assert isinstance(walk.here, Outcome)
                assert need in visibility.needs(library, walk.here, walk.facts)
                offered = visibility.offered(library, walk.facts)
                assert not any(need in route.serves for route in offered)


def alone_for_someone(library: Library) -> set[str]:
    """Routes that some of many people who answer at random are the only ones to be shown."""
    chance = random.Random(2)
    found: set[str] = set()
    for _ in range(3_000):
        walk = any_walk(chance, library)
        assert isinstance(walk.here, Outcome)
        offered = visibility.offered(library, walk.facts)
        for need in visibility.needs(library, walk.here, walk.facts):
            serving = [route.name for route in offered if need in route.serves]
            # Without one that stands in for another, that other is shown again.
            alone = [name for name in serving if not library.routes[name].instead]
            found.update(alone if len(serving) == 1 else ())
    assert "police-999" not in found  # it is also reached by text and in sign language
    assert len(found) > 3
    return found


def named_by_rule_or_case(library: Library) -> set[str]:
    rules = [*library.rules, *(rule for tree in library.trees.values() for rule in tree.rules)]
    found = {n for r in rules for side in (r.must, r.never) for n in (*side.route, *side.first)}
    for case in library.cases.values():
        found |= {*case.expect.routes, *case.expect.never}
    return found


# A contract


def narrowing_tests() -> Iterator[tuple[str, Text, Part, str]]:
    """Each test of age, nation or teller in a “when” of a route, or of a whole file of routes;
    one that stands alone with its “when”."""
    for name, text, part in parts_of("routes"):
        if part.path[-1] == "when" and isinstance(part.value, Mapping):
            tests = [p for p in parts(text.text) if p.path[:-1] == part.path]
            for test in tests:
                if test.path[-1] in FACTS:
                    yield name, text, test if len(tests) > 1 else part, test.path[-1]


def leaves_out(library: Library, route: Route, fact: str) -> bool:
    """Whether the contract of a route is not for everybody, whatever this fact is."""
    values = set(library.questions[fact].values)
    return route.contract is not None and not values <= terms(route.contract, fact)


def terms(contract: Contract, fact: str) -> frozenset[str]:
    served = getattr(contract, FACTS[fact])
    assert isinstance(served, frozenset)
    return served


def test_a_when_that_is_wider_than_the_contract_is_found(
    doctored: Doctored, shipped: Library
) -> None:
    """Whoever drops the age, the nation or the reader from a “when” is shown who is turned away;
    or nobody outside the contract is shown the route, for another reason. Of each fact every sixth
    is tried, by the check that says it, of the wider routes."""
    counted = dict.fromkeys(FACTS, 0)
    by_fact = grouped((each[3], each) for each in narrowing_tests())
    for name, text, part, fact in chain.from_iterable(some[3::6] for some in by_fact.values()):
        reading = doctored({name: text.without(part)}).read()
        library = reading.library
        of_file = {p.path[1] for p in parts(text.text) if len(p.path) == 2 if p.path[0] == "routes"}
        widened = {part.path[1]} if part.path[0] == "routes" else of_file
        judged = {route for route in widened if leaves_out(shipped, shipped.routes[route], fact)}
        few = replace(library, routes=with_stand_ins(library, widened))
        code, mistakes = told_by(replace(reading, library=few), contracts)
        assert {mistake["code"][:3] for mistake in mistakes} <= {"FP3"}, (part.path, mistakes)
        outside = [mistake for mistake in mistakes if mistake["code"] == "FP304"]
        told = set()
        for mistake in outside:
            route = mistake["message"].split("“")[1].split("”")[0]
            told.add(route)
            assert must_be_outside(library, mistake, route) == fact
        counted[fact] += len(told)
        assert told <= judged, part.path
        assert code == bool(mistakes)
        met = shown_outside(library, fact, judged - told)
        assert not met, (part.path, met)
    assert min(counted.values()) > 0, counted


def with_stand_ins(library: Library, names: set[str]) -> dict[str, Route]:
    """These routes and those that stand in for one, on which alone it rests who is shown them."""
    return {
        name: route
        for name, route in library.routes.items()
        if name in names or route.instead in names
    }


def must_be_outside(library: Library, mistake: Mistake, route: str) -> str:
    """The fact of which a witness that replays has a value that the contract leaves out."""
    fact: str = mistake["message"].rpartition(": ")[2].partition(" ")[0]
    contract = library.routes[route].contract
    assert contract is not None
    for walk in replayed(library, mistake):
        assert isinstance(walk.here, Outcome)
        served = visibility.served(library, walk.here, walk.facts)
        assert route in {each.name for need in served for each in need.routes}
        assert not walk.facts.get(fact, frozenset({NOT_SURE})) <= terms(contract, fact)
    return fact


def shown_outside(library: Library, fact: str, routes: set[str]) -> set[str]:
    """Of these routes those that are shown to somebody outside their contract, as far as many
    people who answer at random can tell."""
    chance = random.Random(3)
    found: set[str] = set()
    for _ in range(100 if routes else 0):
        walk = any_walk(chance, library)
        assert isinstance(walk.here, Outcome)
        for need in visibility.served(library, walk.here, walk.facts):
            for route in need.routes:
                known = walk.facts.get(fact, frozenset({NOT_SURE}))
                outside = route.contract and not known <= terms(route.contract, fact)
                found.update({route.name} & routes if outside else ())
    return found
