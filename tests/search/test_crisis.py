"""Words that may speak of suicide, self-harm or danger now win over all others.

The sentences of ``crisis_dev.yaml`` are those to which the words of ``crisis`` in ``search.yaml``
were tuned: they tell that nothing gets lost, and not how the search does for people whom nobody has
thought of.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
import yaml

from fingerpost.model.base import Frozen, replace
from fingerpost.model.library import CrisisKind, CrisisWords, Library
from fingerpost.reading.loader import load, shipped
from fingerpost.search.crisis import CrisisSearch
from fingerpost.search.stemming import english_stems
from fingerpost.search.trees import TreeSearch

RECALL, DISTURBED = 0.98, 0.1
"""The least share of sentences of danger that are found, and the most of ordinary ones that are."""


class Saying(Frozen):
    """What somebody says of danger, who it is if that is known, and the doors that come first."""

    say: str
    teller: str | None
    doors: tuple[str, ...]


@cache
def whole_library() -> Library:
    return load([shipped()], whole=True).library


@cache
def finder() -> TreeSearch:
    return TreeSearch(whole_library())


@cache
def read() -> tuple[tuple[Saying, ...], tuple[str, ...]]:
    """The sentences of danger, and the ordinary ones."""
    file = Path(__file__).with_name("crisis_dev.yaml")
    found = yaml.safe_load(file.read_text(encoding="utf-8"))
    crisis = (Saying(e["say"], e.get("teller"), tuple(e["doors"])) for e in found["crisis"])
    return tuple(crisis), tuple(found["ordinary"])


def unheard(search: TreeSearch) -> list[str]:
    """The sentences of danger that are not found."""
    return [each.say for each in read()[0] if not search.is_crisis(each.say)]


def disturbed(search: TreeSearch) -> list[str]:
    """The ordinary sentences that are taken for danger."""
    return [say for say in read()[1] if search.is_crisis(say)]


def without_door(search: TreeSearch, sayings: Iterable[Saying]) -> list[str]:
    """The sentences of danger of which none of the first two doors is right."""
    return [
        each.say
        for each in sayings
        if each.doors
        and {hit.tree for hit in search.find(each.say, each.teller)[:2]}.isdisjoint(each.doors)
    ]


def with_crisis(crisis: CrisisWords) -> TreeSearch:
    library = whole_library()
    return TreeSearch(replace(library, search=replace(library.search, crisis=crisis)))


# The shipped words


def test_danger_is_heard_whatever_else_is_typed() -> None:
    missed = unheard(finder())
    assert len(read()[0]) >= 140
    assert len(missed) <= (1 - RECALL) * len(read()[0]), "\n".join(missed)


def test_few_ordinary_sentences_are_disturbed() -> None:
    wrong = disturbed(finder())
    assert len(read()[1]) >= 150
    assert len(wrong) <= DISTURBED * len(read()[1]), "\n".join(wrong)


def test_a_door_for_the_danger_is_among_the_first_two() -> None:
    assert without_door(finder(), read()[0]) == []


@pytest.mark.parametrize(
    ("said", "teller", "doors"),
    [
        ("i want to die", None, ("not-coping",)),
        ("my friend wants to die", None, ("worried-about-a-friend", "not-coping")),
        ("my son says he wants to die", None, ("my-child", "not-coping")),
        ("a pupil says she wants to die", None, ("staff-disclosure", "not-coping")),
        ("she says she wants to die", "parent", ("my-child", "not-coping")),
        ("she says she wants to die", "staff", ("staff-disclosure", "not-coping")),
        ("he is outside my house with a knife", None, ("threatened",)),
        ("she has not come home", "parent", ("my-child",)),
    ],
)
def test_whom_it_is_about_decides_the_door_beside_it(
    said: str, teller: str | None, doors: tuple[str, ...]
) -> None:
    found = [each.tree for each in finder().find(said, teller)]
    assert tuple(found[: len(doors)]) == doors


def test_no_sentence_that_is_tried_is_one_to_compare_with() -> None:
    crisis = whole_library().search.crisis
    assert {*crisis.heard, *crisis.usual}.isdisjoint({*read()[1], *(e.say for e in read()[0])})


def test_four_plain_words_are_not_lost_in_a_long_message() -> None:
    usual = "someone made an account with my photos and my name and i cannot log in any more "
    assert not finder().is_crisis(usual * 2)
    for before in range(5):
        said = usual * before + "i want to die " + usual * (4 - before)
        assert finder().is_crisis(said)
        assert "not-coping" in [each.tree for each in finder().find(said)[:2]]


def test_danger_shows_a_door_though_no_tree_has_any_of_the_words() -> None:
    assert finder().find("unalive")[0].tree == "not-coping"


# The guards themselves


def test_danger_that_is_not_heard_is_seen() -> None:
    nothing = with_crisis(CrisisWords())
    assert len(unheard(nothing)) == len(read()[0])
    hacked = Saying("my account was hacked, kys they say", None, ("not-coping",))
    assert without_door(finder(), [hacked]) == []
    assert without_door(nothing, [hacked]) == [hacked.say]


def test_an_ordinary_sentence_that_is_disturbed_is_seen() -> None:
    without = with_crisis(replace(whole_library().search.crisis, figures=()))
    assert len(disturbed(without)) > DISTURBED * len(read()[1])


# How phrases are found


def heard(said: str, phrase: str, **more: object) -> bool:
    """Whether a text is found by one phrase."""
    known = CrisisWords(kinds={"one": CrisisKind((), (phrase,))}, **more)  # type: ignore[arg-type]  # its parts, as in a file
    return CrisisSearch(known, english_stems(), {"bill"}).kinds(said) == ("one",)


@pytest.mark.parametrize(
    ("said", "phrase", "there"),
    [
        ("she has taken many tablets", "taken tablets", True),
        ("tablets, she says she has taken", "taken tablets", True),
        ("TAKING a tablet", "take tablets", True),
        ("take one two three four five six tablet", "take tablets", True),
        ("take one two three four five six seven tablet", "take tablets", False),
        ("tablets", "take tablets", False),
        ("die", "die die", False),
        # Typos, a g that is not spoken, letters that are drawn out
        ("suicde", "suicide", True),
        ("bill", "bilk", False),  # a word that is known
        ("pilk", "bilk", False),  # another first letter
        ("cuttin", "cutting", True),
        ("dieeeee", "die", True),
        # Words in a row
        ("i want to die", "want-to-die", True),
        ("to want die", "want-to-die", False),
        ("can't", "cant", True),
        # Several phrases in one text
        ("cow", "hen, cow", True),
        ("goat", "hen, , cow", False),
    ],
)
def test_the_words_of_a_phrase_stand_near_one_another(said: str, phrase: str, there: bool) -> None:
    assert heard(said, phrase) is there


def test_a_name_stands_for_any_of_its_words() -> None:
    words = {"animal": ("cow", "guinea-pig")}
    assert heard("a guinea pig eats", "animal eat", words=words)
    assert heard("the cow ate, no, eats", "animal eat", words=words)
    assert not heard("the animal eats", "animal eat", words=words)


def test_a_phrase_within_a_figure_of_speech_does_not_count() -> None:
    figures = ("mum kill me",)
    assert not heard("my mum will kill me", "kill me", figures=figures)
    assert heard("my dad will kill me", "kill me", figures=figures)
    # One with a word outside of it does.
    assert heard("my mum said she will kill me", "said kill me", figures=figures)


@pytest.mark.parametrize("before", [0, 10, 15, 16, 17, 31, 32, 100])
def test_a_phrase_is_found_wherever_it_stands(before: int) -> None:
    assert heard(f"{'hen ' * before}take a b c d e f tablet{' hen' * 40}", "take tablet")


def test_kinds_come_in_their_order() -> None:
    kinds = {"worst": CrisisKind((), ("cow",)), "bad": CrisisKind((), ("hen",))}
    search = CrisisSearch(CrisisWords(kinds=kinds), english_stems(), ())
    assert search.kinds("hen cow") == ("worst", "bad")


# What has no phrase


def test_a_text_is_compared_with_sentences() -> None:
    known = CrisisWords(
        figures=("dark horse",),
        heard=("so dark and so cold", "it is dark in me"),
        usual=("a bright picture", "my bright account"),
    )
    search = CrisisSearch(known, english_stems(), ())
    assert search.is_unforeseen("dark and cold")
    assert not search.is_unforeseen("bright picture")
    assert not search.is_unforeseen("elephant")
    assert not search.is_unforeseen("")
    assert not search.is_unforeseen("dark and cold, a dark horse")
    # Not more of one than of the other
    assert search.is_unforeseen("bright picture " * 20 + "so dark and cold " * 8)
    assert search.kinds("dark and cold") == ()


def test_without_sentences_nothing_is_like_them() -> None:
    assert not CrisisSearch(CrisisWords(), english_stems(), ()).is_unforeseen("i want to die")


def test_what_nobody_foresaw_shows_the_worst_door_second() -> None:
    library = whole_library()
    words = CrisisWords(
        kinds={"worst": CrisisKind(("not-coping",), ())},
        heard=("elephants and hacked accounts",),
        usual=("nothing else",),
    )
    search = with_crisis(words)
    assert search.is_crisis("hacked account")
    assert [each.tree for each in search.find("hacked account")[:2]] == [
        "fake-account-or-hacked",
        "not-coping",
    ]
    assert search.find("elephants and xylophones")[0].tree == "not-coping"
    assert library.search.crisis.theirs
