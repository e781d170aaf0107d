"""Danger that somebody wrote of is said back, and its step stands on their page, whatever they
answer: "he's bringing a knife to school tomorrow" is no danger at this minute. Words that tell two
troubles are offered both, which have one page.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping
from pathlib import Path

import pytest
import yaml

from fingerpost.model.facts import SOMETHING, TELLERS, WROTE, Facts
from fingerpost.model.tree import Outcome, Question
from fingerpost.page.messages import say
from fingerpost.page.page import Page, page
from fingerpost.page.question import QuestionView
from fingerpost.search.indexing import index_of
from fingerpost.terminal.conversation import Left
from fingerpost.terminal.io.plain_ui import PlainUi
from fingerpost.terminal.io.ui import Act
from fingerpost.terminal.walk_session import WalkSession
from fingerpost.walk.autoplay import play_known
from fingerpost.walk.walk import Walk

from ..search.test_crisis import lines
from ..support.seat import CLOCK, lined, walked
from ..support.shipped import shipped_search, whole_library, whole_reading

FIRST = 5
"""The steps that somebody in a hurry reads."""

ALARMED, HEARD, NOT_LOST = 0.03, 0.8, 0.95
"""The most of harmless sentences that are taken for a danger of a kind, and the least of such that
speak of one that are heard: as its kind, and at all."""

STEPS: Mapping[str, str] = {
    "attack": "planning an attack",
    "weapon": "any weapon",
    "held": "locked in",
    "hurt": "hurt",
    "tablets": "pills",
    "followed": "following",
    "meeting": "online, or much older",
    "fight": "a fight coming",
    SOMETHING: "if anyone could get hurt",
}
"""What the step of each kind of danger says."""


def typed(*said: str) -> str:
    """What is seen line by line by somebody who types this, and then nothing more."""
    return walked(whole_reading(), said, index=lambda: index_of(whole_library()))


def told(said: str, teller: str) -> Facts:
    """What a text states."""
    return shipped_search().told(said, {"teller": frozenset({teller})})[1]


def ended(tree: str, facts: Facts) -> Page:
    """The page of somebody with these facts, who is in no danger now and answers nothing else."""
    library = whole_library()
    walk = play_known(Walk.begin(library, tree, facts), {**facts, "danger": frozenset({"none"})})
    while isinstance(walk.here, Question):
        last = walk.here.answers[-1].value
        walk = walk.answer(walk.unasked or {last})
    assert isinstance(walk.here, Outcome)
    return page(library, walk.tree, walk.here, walk.facts, CLOCK)


def test_a_knife_for_tomorrow_is_not_lost() -> None:
    words = "he's bringing a knife to school tomorrow"
    seen = typed("1", words, "1", "1", "2", "1", "1", "1", "none of these")
    assert "You wrote about a weapon. Is that now, or later today?" in seen
    steps = [row for row in seen.splitlines() if row.lstrip().startswith(("1. ", "2. ", "3. "))]
    assert any("Leave any weapon where it is" in row for row in steps)


def test_only_the_words_that_led_to_a_walk_count_in_it() -> None:
    """Two children may share a sitting."""
    wrote, scam = "You wrote about", "i got scammed on vinted"
    assert wrote not in typed("1", "my uncle touches me", scam)
    back = typed("1", "my uncle touches me", "1", "<", scam)
    assert back.count(wrote) == typed("1", "my uncle touches me", "1").count(wrote) == 1


@pytest.mark.parametrize("kind", sorted({*STEPS} - {SOMETHING}))
def test_a_step_is_no_order_to_whoever_typed_something_harmless(kind: str) -> None:
    facts = {"teller": frozenset({"young-person"}), WROTE: frozenset({kind})}
    [step] = [
        each.text
        for each in ended("privacy-checkup", facts).instructions[:FIRST]
        if STEPS[kind] in each.text.lower()
    ]
    assert step.startswith(("If ", "Leave any ", "Give any "))


@pytest.mark.parametrize("teller", TELLERS)
@pytest.mark.parametrize("kind", STEPS)
def test_the_step_is_among_the_first_on_every_page(kind: str, teller: str) -> None:
    library = whole_library()
    for tree in library.trees.values():
        if teller in tree.given.get("teller", (teller,)):
            facts = {"teller": frozenset({teller}), WROTE: frozenset({kind})}
            every = ended(tree.name, facts).instructions
            steps = every if kind == SOMETHING else every[:FIRST]  # of what, nobody knows
            assert any(STEPS[kind] in each.text.lower() for each in steps), tree.name


@pytest.mark.parametrize("half", ["tuned", "measured"])
def test_danger_for_later_is_heard(half: str) -> None:
    file = Path(__file__).parents[1] / "search" / "later.yaml"
    said = yaml.safe_load(file.read_text(encoding="utf-8"))[half]
    search = shipped_search()
    kinds = [search.danger_written(each["say"]) for each in said]
    heard = [each for each, found in zip(said, kinds, strict=True) if each["wrote"] in found]
    assert len(heard) >= HEARD * len(said)
    assert len([found for found in kinds if found]) >= NOT_LOST * len(said)


@pytest.mark.parametrize("file", ["ordinary_blind.txt", "crisis_usual.txt"])
def test_what_is_harmless_is_seldom_taken_for_danger(file: str) -> None:
    said = lines(file)
    alarmed = [each for each in said if shipped_search().danger_written(each) - {SOMETHING}]
    assert len(alarmed) <= ALARMED * len(said), alarmed


NOW = "These answer now"
MAY_BE = "If anyone might get hurt, ring 999. To talk, use a number on this screen."
CALM = (
    "It was raining so we stayed at my nan's on Sunday. My friend got cross over a game and said "
    "she'd kill me if I saved over it. I laughed. We had pancakes after. Now she's left me on read."
)


def test_a_story_is_stopped_only_where_a_sentence_of_it_speaks_of_danger() -> None:
    calm = typed("1", CALM)
    assert NOW not in calm
    danger = typed("1", CALM.replace("I laughed.", "I want to die and I've got the pills here."))
    assert NOW in danger
    assert MAY_BE not in danger
    assert MAY_BE in typed("1", CALM.replace("I laughed.", "He keeps shouting and my arm is sore."))


@pytest.mark.parametrize(
    ("said", "first"),
    [
        (
            "i took loads of tablets",
            "took something, ring 999 or go to A&E, even if you feel fine.",
        ),
        ("my mate took loads of tablets", "If your friend's taken pills, drugs or anything else,"),
    ],
)
def test_whoever_took_something_reads_first_to_ring_999(said: str, first: str) -> None:
    seen = " ".join(typed("1", said).split())
    assert 0 < seen.index(first) < seen.index("Ring 999 Childline")
    assert "In danger, or all too much" not in seen


def test_another_language_is_answered_by_whom_to_ring_and_not_by_a_guess() -> None:
    for said in ("mae ofn arna i", "j'ai peur"):
        seen = " ".join(typed("1", said).split())
        told = seen[seen.index(NOW) :]
        assert "Childline (under 19): 0800 1111" in told
        assert "I can only read English." in told
        assert "Mae Childline yn siarad Cymraeg." in told
        assert "What has happened? 1 to 9" in told


MEANT = "im 14 and this guy says hell post my nudes unless i pay him 200 pounds by tonight"


def test_what_is_plainly_meant_is_gone_to_and_what_was_said_is_not_asked() -> None:
    """Nobody chooses a door that their words name, nor an age that they have told."""
    age = "How old are you?"
    seen = typed("1", MEANT, "1", "1")
    assert "It sounds like “Someone is threatening or blackmailing me”." in seen
    assert "From what you wrote: 13, 14 or 15. You can change that." in seen
    assert age not in seen
    changed = typed("1", MEANT, "1", "1", "u", "2", "3")
    assert age in changed.split("Which answer do you want to change?")[-1]
    back = typed("1", MEANT, "1", "<")
    assert age in back
    assert typed("1", MEANT, "<").count("What has h") == 2 * typed("1").count("What has h")


@pytest.mark.parametrize(
    "said",
    [
        "he says we can do it when im 16",
        "i told him im 18",
        "he thinks im 17",
        "i am 12 weeks pregnant",
        "me and my sister, im 13 and im 9 in his game",
    ],
)
def test_an_age_that_is_not_stated_is_asked(said: str) -> None:
    assert told(said, "young-person") == {}


@pytest.mark.parametrize(
    ("teller", "said", "age"),
    [
        ("young-person", "I'm 14 and he's 19", "13-15"),
        ("young-person", "hi im in year 9", "13-15"),
        ("parent", "My 12-year-old son has been paid for pictures", "under-13"),
        ("parent", "she told him she is 18, my daughter is 13", "13-15"),
        ("staff", "a 16 year old girl in my group", "16-17"),
    ],
)
def test_an_age_that_is_stated_is_known(teller: str, said: str, age: str) -> None:
    assert told(said, teller) == {"age": {age}}


def test_what_has_happened_is_offered_and_still_asked() -> None:
    words = "they have my nudes on snapchat and want money. i told my mum"
    at_threat = typed("1", words, "1", "2", "2")
    lines = at_threat.split("What do they want")[1].splitlines()
    assert "want money" in next(line for line in lines if say("question.offered") in line)
    at_end = typed("1", words, "1", "2", "2", "3", "3", "")
    assert "If you've told an adult, that was right." in " ".join(at_end.split())
    assert "Snapchat" in at_end  # its own way to report, though nobody was asked which app it is


@pytest.mark.parametrize(
    ("teller", "said", "fact", "values"),
    [
        ("young-person", "ive told my mum but nothing happened", "wrote", {"told"}),
        ("young-person", "ive told my mum but nothing happened", "also", {"told-nothing"}),
        (
            "staff",
            "I spoke to the DSL. She self-harms and is autistic",
            "also",
            {"hurt-self", "disabled"},
        ),
        ("young-person", "it happened years ago", "wrote", {"over"}),
        ("young-person", "if i told my mum she would go mad", "wrote", set()),
        ("young-person", "i havent told my mum", "wrote", set()),
        ("parent", "it hasnt stopped", "wrote", set()),
    ],
)
def test_what_is_said_of_what_has_happened(
    teller: str, said: str, fact: str, values: set[str]
) -> None:
    assert told(said, teller).get(fact, set()) == values


def test_danger_that_is_typed_as_a_question_at_an_ending_shows_who_answers_now() -> None:
    words = "/i want to kill myself tonight"
    seen = typed("1", "1", "1", "2", "1", "3", "3", "none of these", words)
    told = seen[seen.rindex(say("menu.ask")) - 2000 :]
    assert say("find.danger") in told
    assert "0800 1111" in told


# --- two troubles ---

SEARCH = Path(__file__).parents[1] / "search"
TWO = "My boyfriend hits me and he has put our video on a website"
QUIET = ("none", "no", "13-15", "england", "not-sure")


class Answering(PlainUi):
    """Somebody who types words and then says to each question what is least urgent."""

    def question(self, asking: QuestionView, acts: Collection[Act]) -> Collection[str] | Act:
        values = [each.value for each in asking.choices if each.value]
        self._line(asking.ask)
        return {next((each for each in QUIET if each in values), values[0])}


def chosen(*lines: str) -> str:
    said = io.StringIO()
    face = Answering(said, lined(lines), can_clear=False)
    with pytest.raises((Left, EOFError)):
        WalkSession(face, whole_reading(), lambda: CLOCK).run(None, {})
    return said.getvalue()


def title(tree: str) -> str:
    return whole_library().trees[tree].title.read_by("young-person")


def test_both_lead_to_one_page() -> None:
    seen = chosen("1", TWO, "3", "x")
    _, _, found = seen.partition(say("find.two"))
    places = [found.index(each) for each in (title("image-shared"), say("find.both"))]
    assert places == sorted(places)
    assert title("controlling-partner") in found[: places[1]]
    assert "And: " in found  # both titles


@pytest.mark.parametrize(
    ("file", "fewest", "most", "right"),
    [("two_things.yaml", 18, 40, 17), ("doors_blind.yaml", 0, 35, 0)],
)
def test_two_things_are_heard_and_seldom_where_there_is_one(
    file: str, fewest: int, most: int, right: int
) -> None:
    """As measured: of 40 who tell two, 21 are heard, 20 rightly. Of 1,170 who mostly tell one,
    27 seem to tell two, and for 10 of them both doors are right."""
    told = yaml.safe_load((SEARCH / file).read_text(encoding="utf-8"))
    found = [(each, shipped_search().two(each["said"], each["by"])) for each in told]
    heard = [(each, two) for each, two in found if two]
    assert fewest <= len(heard) <= most
    assert sum({*two} <= {*each["doors"]} for each, two in heard) >= right
