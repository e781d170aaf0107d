"""Codes of sheets in a browser are those of Python: as written, as read, and as refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from fingerpost.model.base import Frozen, replace
from fingerpost.model.library import Library
from fingerpost.page.messages import say
from fingerpost.walk import resume_code
from fingerpost.walk.check_letters import LETTERS, Wrong, WrongCode, read, spells, written
from fingerpost.walk.resume_code import code_of, opened
from fingerpost.walk.walk import Walk
from fingerpost.web.data import walk_data

from ..support.journeys import (
    MOMENTS,
    MOVES,
    Differs,
    Journey,
    at_random,
    comparable,
    first_difference,
)
from ..support.mutants import SEED, drawn
from ..support.node import MODULES, JobFailed, planted, run
from ..support.odd_libraries import odd_library
from ..support.oracle import ending, question, tree
from ..support.shipped import whole_library

pytestmark = pytest.mark.node


class Job(Frozen):
    """A walk, if any, and codes to open in the library of this number."""

    library: int
    walk: Journey | None
    codes: tuple[str, ...]


# --- the comparison ------------------------------------------------------------------------------


@pytest.fixture(scope="module", autouse=True)
def each_shape_is_found_once() -> Iterator[None]:
    """The shape of a tree is the same in all its codes, and to find it is most of the work."""
    find, found = resume_code._shape, dict[tuple[int, str, bool], tuple[Library, Any]]()

    def shape(library: Library, start: str, *, wide: bool) -> Any:
        key = (id(library), start, wide)
        if key not in found:  # with the library, so that no other has its identity
            found[key] = (library, find(library, start, wide=wide))
        return found[key][1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resume_code, "_shape", shape)
        yield


def walked(library: Library, journey: Journey) -> Walk:
    """Where a journey ends."""
    given = {fact: frozenset(values) for fact, values in journey.given}
    walk = Walk.begin(library, journey.tree, given)
    for move, *values in journey.moves:
        with suppress(ValueError):
            walk = MOVES[move](walk, *values)
    return walk


def tried(library: Library, code: str) -> Mapping[str, object]:
    """What a code opens to, or the sentence that refuses it."""
    try:
        found = opened(library, code)
    except WrongCode as wrong:
        return {"wrong": say(f"code.wrong-{wrong.why}")}
    walk = found.walk and {
        "place": (found.walk.tree.name, found.walk.here.name),
        "given": found.walk.given,
        "replies": found.walk.replies,
    }
    return {"tree": found.tree, "facts": found.facts, "walk": walk}


def wanted(job: Job, library: Library) -> Any:
    """What Python says to a job."""
    code = job.walk and code_of(walked(library, job.walk))
    found = {"code": code, "opened": [tried(library, each) for each in job.codes]}
    return msgspec.json.decode(msgspec.json.encode(comparable(found)))


def compare(jobs: Sequence[Job], libraries: Sequence[Library]) -> None:
    compare_with(jobs, libraries, [wanted(job, libraries[job.library]) for job in jobs])


def compare_with(
    jobs: Sequence[Job],
    libraries: Sequence[Library],
    every: Sequence[Any],
    modules: Path = MODULES,
) -> None:
    """Raises Differs for the first job to which Node.js says something else than is wanted."""
    found = run("codes.mjs", jobs, [walk_data(each) for each in libraries], modules)
    for job, want, have in zip(jobs, every, found, strict=True):
        if want != have:
            raise Differs(f"{first_difference(want, have)}\nin {job}")


# --- walks and codes -----------------------------------------------------------------------------


def jobs(random: Random, libraries: Sequence[Library], count: int) -> Iterator[Job]:
    """Walks at random through these libraries in turn, each with its code, with others of it, and
    with the code of the walk before, which was through another library."""
    before = ""
    for at, _ in zip(cycle(range(len(libraries))), range(count), strict=False):
        journey = at_random(random, libraries[at], at)
        code = code_of(walked(libraries[at], journey))
        yield Job(at, journey, (code, before, *others(random, code)))
        before = code


def others(random: Random, code: str) -> Iterator[str]:
    """A code as somebody may type it, with slips, and such as were made up and add up."""
    yield code.lower().replace("-", random.choice((" ", "", ".", "\N{EN DASH}", "\u202f")))
    place, letter = random.randrange(len(code)), random.choice(f"{LETTERS}IO01é\U0001f600ſK")
    yield code[:place] + letter + code[place + 1 :]
    yield code[:place] + code[place + 1 :]
    number = read(code)
    for _ in range(4):
        yield written(number ^ 1 << random.randrange(number.bit_length() + 8))
    yield from (with_other_contents(random, number) for _ in range(4))
    yield "".join(random.choices(LETTERS, k=20))


def with_other_contents(random: Random, number: int) -> str:
    """The code of the same tree with other contents, which may be those of no walk."""
    picked, written_as = divmod(number, resume_code._FORMATS)
    masked, pick = divmod(picked, resume_code._PICKS)
    hidden, head = divmod(masked, resume_code._HEADS)
    body = resume_code._hidden(hidden, pick)
    other = body ^ 1 << random.randrange(body.bit_length() + 8)
    head ^= resume_code._mask(body, pick) ^ resume_code._mask(other, pick)
    masked = resume_code._hidden(other, pick) * resume_code._HEADS + head
    return written((masked * resume_code._PICKS + pick) * resume_code._FORMATS + written_as)


WORST = ("", "-", "2222", "2238-2238", "1234-1234", "IIII", "A" * 400, "2" * 401, "\0\n", "ÄÖÜß")
"""What is no code."""


def alike(hashes: int) -> tuple[str, str]:
    """Two names of trees with one hash."""
    names: dict[int, str] = {}
    for number in range(hashes + 1):
        name = f"tree-{number}"
        other = names.setdefault(resume_code._hash(name, hashes), name)
        if other != name:
            return other, name
    raise AssertionError("there must be two")


def namesakes(*offered: str) -> Library:
    """Two trees with one hash, each with a question that offers these answers."""
    one, other = alike(resume_code._TREES)
    trees = {
        name: tree(name, [question("q", "q", dict.fromkeys(offered, f"{name}/e")), ending("e")])
        for name in (one, other)
    }
    return replace(odd_library(Random(0)), trees=trees, questions={}, doors=())


@cache
def odd_ones(seed: int, count: int) -> tuple[Library, ...]:
    random = Random(seed)
    return tuple(odd_library(random) for _ in range(count))


CHOICES = tuple(f"v{number}" for number in range(12))


def of_choices() -> Library:
    """A tree that asks for several of many values, and two shared questions besides."""
    asked = question("where", "where", dict.fromkeys(CHOICES, "t/e"))
    others = {fact: question(fact, fact, dict.fromkeys(CHOICES, "t/e")) for fact in ("far", "wide")}
    made = tree("t", [asked, ending("e")])
    return replace(odd_library(Random(0)), trees={"t": made}, questions=others, doors=())


def choices(random: Random, which: int, count: int) -> Iterator[Job]:
    """Walks through that library, with any number of values given and chosen."""

    def some() -> tuple[str, ...]:
        return tuple(random.sample(CHOICES, random.randint(1, len(CHOICES))))

    for _ in range(count):
        given = tuple((fact, some()) for fact in ("far", "wide") if random.random() < 0.5)
        moves = (("answer", some()),) if random.random() < 0.9 else ()
        at = MOMENTS["a day"]
        yield Job(which, Journey(which, "t", at, given, moves), ())


class Sample(Frozen):
    """Codes that meet nearly everything, with what Python says to them."""

    libraries: tuple[Library, ...]
    jobs: tuple[Job, ...]
    wanted: tuple[Any, ...]


@cache
def sample() -> Sample:
    random, odd = Random(1), odd_ones(3, 16)
    made = (*jobs(random, odd, 64), *choices(random, len(odd), 40))
    libraries = (*odd, of_choices())
    return Sample(libraries, made, tuple(wanted(job, libraries[job.library]) for job in made))


@pytest.mark.slow
def test_codes_of_walks_are_the_same_in_a_browser() -> None:
    made = sample()
    compare_with(made.jobs, made.libraries, made.wanted)


@pytest.mark.slow
def test_codes_of_what_ships_are_the_same_in_a_browser() -> None:
    library = whole_library()
    compare([*jobs(Random(2), [library], 16), Job(0, None, WORST)], [library])


def test_two_trees_with_one_hash_are_told_apart_in_a_browser_too() -> None:
    libraries = [namesakes("a", "b"), namesakes("b", "a")]
    made = [code_of(Walk.begin(libraries[0], name)) for name in libraries[0].trees]
    compare([Job(at, None, tuple(made)) for at in (0, 1)], libraries)
    assert tried(libraries[1], made[0]) == {"wrong": say("code.wrong-trees")}


@pytest.mark.slow
@pytest.mark.in_turn
@pytest.mark.parametrize("seed", range(3))
def test_many_codes_of_walks_are_the_same_in_a_browser(seed: int) -> None:
    odd = odd_ones(seed + 10, 60)
    compare([*jobs(Random(seed), odd, 600)], odd)


@pytest.mark.slow
@pytest.mark.in_turn
@pytest.mark.parametrize("seed", range(3))
def test_many_codes_of_what_ships_are_the_same_in_a_browser(seed: int) -> None:
    compare([*jobs(Random(seed + 5), [whole_library()], 400)], [whole_library()])


def test_the_sample_has_each_kind_of_code() -> None:
    made = sample()
    found = [each for want in made.wanted for each in want["opened"]]
    refused = {each["wrong"] for each in found if "wrong" in each}
    assert refused == {say(f"code.wrong-{why}") for why in Wrong if why is not Wrong.TREES}
    opening = [each for each in found if "tree" in each]
    assert {each["walk"] is None for each in opening} == {True, False}
    assert any(each["walk"] is None and each["facts"] for each in opening)
    walks = [walked(made.libraries[job.library], job.walk) for job in made.jobs if job.walk]
    # Some need a wide shape, some another pick, and some have answers of several values.
    assert {resume_code._shape_to_write(walk).wide for walk in walks} == {True, False}
    assert any(spells(written(next(resume_code._numbers(walk)))) for walk in walks)
    assert max(len(reply.values) for walk in walks for reply in walk.replies) > 6


# --- the digest ----------------------------------------------------------------------------------


def digests(texts: Iterable[str], modules: Path = MODULES) -> None:
    some = [*texts]
    found = run("codes.mjs", [{"digest": text} for text in some], [], modules)
    for text, have in zip(some, found, strict=True):
        if int(have, 16) != int.from_bytes(blake2b(text.encode()).digest(), "big"):
            raise Differs(f"of {len(text)} letters")


TEXTS = tuple("".join(chr(33 + at * size % 94) for at in range(size)) for size in range(0, 400, 13))
"""Of many lengths."""

ROUND = tuple("x" * size for size in (1, 127, 128, 129, 255, 256, 257))
"""Around the ends of blocks."""


def test_a_digest_is_the_same_in_a_browser() -> None:
    digests((*TEXTS, *ROUND))


# --- a difference is found, and told -------------------------------------------------------------

FAULTS = {
    "few are fewer": ("codes/resume_code.mjs", "FEW = 4", "FEW = 3"),
    "a code is not written again": ("codes/resume_code.mjs", "read(codeOf(walk)) !== number", "0"),
    "the first pick is taken": ("codes/resume_code.mjs", "if (!spells(code)) break", "break"),
    "a shape is narrow": ("codes/resume_code.mjs", "? narrow : wide", "? narrow : narrow"),
    "a slip passes": ("codes/check_letters.mjs", "!isRight ||", ""),
    "small letters are none": ("codes/check_letters.mjs", 'letter <= "z"', 'letter <= "a"'),
    "what no walk has breaks all": (
        "codes/resume_code.mjs",
        "error instanceof RangeError",
        "error instanceof TypeError",
    ),
    "another sentence": ("codes/check_letters.mjs", 'WrongCode("groups")', 'WrongCode("check")'),
}


@pytest.mark.in_turn
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_a_module_is_found_and_told(fault: str, tmp_path: Path) -> None:
    made, modules = sample(), planted(tmp_path, *FAULTS[fault])
    told = r"^/(code|opened/\d+).*: Python has .+, the browser .+\nin |RangeError"
    with pytest.raises((Differs, JobFailed), match=told):
        compare_with(made.jobs, made.libraries, made.wanted, modules)


def test_a_fault_in_the_digest_is_found(tmp_path: Path) -> None:
    for module, right, wrong in (
        ("codes/blake2b.mjs", "at === last", "at !== last"),
        ("codes/blake2b.mjs", "ROUNDS = 12", "ROUNDS = 10"),
        ("codes/blake2b.mjs", "length / BLOCK) - 1", "length / BLOCK)"),
    ):
        with pytest.raises(Differs, match="letters"):
            digests(ROUND, planted(tmp_path / right[:6].strip(), module, right, wrong))


DRAWN = 8


@pytest.mark.slow
@pytest.mark.in_turn
@pytest.mark.parametrize("number", range(DRAWN))
def test_a_condition_that_is_turned_is_noticed(number: int, tmp_path: Path) -> None:
    made, mutant = sample(), drawn(DRAWN, ("codes/*.mjs",))[number]
    caught = mutant.is_caught(
        tmp_path, lambda modules: compare_with(made.jobs, made.libraries, made.wanted, modules)
    )
    assert caught, f"FINGERPOST_MUTANTS={SEED}: {mutant.name}"
