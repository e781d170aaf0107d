"""Whole walks through the page in Chromium: by keys and by clicks, at every width, to the sheet."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from fingerpost.cli.main import main
from fingerpost.cli.output import Exit
from fingerpost.model.base import replace
from fingerpost.model.diagnostics import Span
from fingerpost.model.facts import TELLERS
from fingerpost.model.library import Library
from fingerpost.model.sentence import Sentence
from fingerpost.model.tree import AnswerKind, Door, Question
from fingerpost.page import labels
from fingerpost.page.messages import say
from fingerpost.page.opening_hours import BankHolidays, Clock
from fingerpost.page.page import Page, Part, PartKind, page
from fingerpost.page.speaker import Speaker
from fingerpost.reading import loader
from fingerpost.search.urgency import urgent_first
from fingerpost.walk.doors import entrances
from fingerpost.walk.walk import Walk

from ...sheets.test_browser import printed_words
from ...support.driving import SEE, Driven, Job, Step, drive, keys
from ...support.made_once import made_once
from ...support.pseudo import TAG, laid_over, left_in_english, pseudo
from ...support.shipped import page_to_search, shipped_search, whole_reading

pytestmark = pytest.mark.browser

LIBRARY = Path(__file__).parents[2] / "fixtures" / "talks" / "library"
DAY = date(2026, 11, 28)
TITLE = "What to do next"

WIDTHS: Mapping[str, Mapping[str, Any]] = {
    "a small phone": {"width": 320, "height": 640},
    "a tablet": {"width": 768, "height": 1024},
    "a laptop": {"width": 1280, "height": 800},
    "letters of twice the size": {"width": 640, "height": 400, "deviceScaleFactor": 2},
}


@cache
def small() -> Library:
    return loader.load([LIBRARY], whole=True).library


def _page(factory: pytest.TempPathFactory, name: str, library: Callable[[], Library]) -> Path:
    """A page that one process makes for all tests of a run."""

    def make(folder: Path) -> None:
        page_ = page_to_search(library(), made_on=DAY)
        (folder / f"{name}.html").write_text(page_, encoding="utf-8")

    return made_once(factory, f"page-{name}", make) / f"{name}.html"


@pytest.fixture(scope="module")
def lost(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a library of two trees."""
    return _page(tmp_path_factory, "lost", small)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the library that ships."""
    return _page(tmp_path_factory, "whole", lambda: whole_reading().walkable)


def silent(driven: Driven) -> bool:
    return driven.requests == [] and driven.said == []


def headings(driven: Driven) -> list[str]:
    return [seen["heading"] for seen in driven.sees]


def each_seen(steps: Iterable[Step]) -> list[Step]:
    return [step for each in steps for step in (each, SEE)]


BY_KEYS = [
    *keys("111"),
    *[("key", "Tab"), ("key", "Enter")],  # the first answer
    *[("key", "2"), ("key", "Tab"), ("key", "Space")],  # the second and the third box
    *[("key", "Tab")] * 10,
    ("key", "Enter"),  # Go on
]
BY_CLICKS: list[Step] = [
    *[("choose", 1)] * 4,
    ("tick", 2),
    ("tick", 3),
    ("click", "Go on"),
]
ON_THE_WAY = [
    "Who is answering?",
    "What has happened?",
    "Are you safe?",
    "What have you lost?",
    "Where have you looked?",
    "Look again, and ask",
]


def once_each(said: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(said))


def test_a_walk_with_the_keyboard_alone(lost: Path) -> None:
    [driven] = drive([Job(lost, [SEE, *each_seen(BY_KEYS)])])
    assert once_each(headings(driven)) == ON_THE_WAY
    ending = driven.sees[-1]
    assert "You said A phone. Most lost things turn up within a day." in ending["text"]
    assert ending["focus"] == "H1"
    assert {seen["title"] for seen in driven.sees} == {TITLE}
    assert silent(driven)


@pytest.mark.parametrize("back", [("click", "Back"), ("run", "history.back()")])
def test_back_from_the_first_question_leads_to_the_list_that_the_tree_was_chosen_from(
    tmp_path: Path, back: Step
) -> None:
    others = Sentence("Something else", span=Span.start_of("made-up"))
    door = Door("others", others, ("lost", "late"), span=others.span)
    file = tmp_path / "doors.html"
    file.write_text(page_to_search(replace(small(), doors=(door,)), made_on=DAY), encoding="utf-8")
    steps = [*keys("112"), SEE, back, ("wait", "h1"), SEE, back, ("wait", "h1"), SEE]
    [driven] = drive([Job(file, steps)])
    seen = [each["heading"] for each in driven.sees if each]
    assert seen == ["How late are you?", "Something else", "What has happened?"]


@pytest.mark.slow
def test_each_reader_chooses_among_their_own_lines(whole: Path) -> None:
    """Those of their own first, by urgency, then the one for everything else, and to talk."""
    library = whole_reading().walkable
    steps = [step for at in "123" for step in (*keys(at), SEE, ("click", "Back"))]
    [driven] = drive([Job(whole, steps)])
    for teller, seen in zip(TELLERS, driven.sees, strict=True):
        speaker = Speaker(library, {"teller": frozenset({teller})})
        lines = entrances(library, teller, urgent_first(library, library.trees, teller))
        said = [
            door.say if door and len(behind) > 1 else library.trees[behind[0]].title
            for door, behind in lines
        ]
        assert seen["choices"] == list(map(speaker.say, said))
        assert say("menu.just-talk") in seen["text"]


def test_a_worker_goes_on_to_a_sheet_in_the_words_of_the_young_person(lost: Path) -> None:
    to_the_end: list[Step] = [("choose", 3), *BY_CLICKS[1:]]
    print_: list[Step] = [("click", "Print"), SEE, ("choose", 3), SEE]
    steps = [*to_the_end, *print_, ("click", "Back"), SEE, ("click", "Print"), ("choose", 3)]
    [driven] = drive([Job(lost, [*steps, *BY_CLICKS[2:], ("click", "Print"), SEE])])
    worker, first, back, young = driven.sees
    assert "A sheet for the young person" in worker["text"]
    assert (first["heading"], back["heading"]) == ("Are you safe?", "Look again, and ask")
    assert "A sheet for the young person" not in young["text"]


def test_print_before_an_ending_has_numbers_and_no_answer(whole: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "numbers.pdf"
    drive([Job(whole, [*keys("1111"), ("pdf", str(pdf))])])
    found, sides = printed_words(pdf)
    said = " ".join(word.text for word in found)
    assert said == "Who to ring In danger: 999 To talk: 0800 1111"
    assert sides == 1


def test_a_service_that_is_only_a_number_says_it_once_and_can_be_tapped(whole: Path) -> None:
    numbers = (
        "[...document.querySelectorAll('main .service:has(h2) a')].map((a) => [a.text, a.href])"
    )
    steps = [*keys("1!"), ("run", numbers), SEE]
    [driven] = drive([Job(whole, steps)])
    linked, seen = (each for each in driven.sees if each)
    assert linked[:2] == [["Ring 999", "tel:999"], ["Text 999", "sms:999"]]
    assert "Phone 999" not in seen["text"]


@pytest.mark.slow
def test_a_walk_at_every_width_with_keys_and_with_clicks(lost: Path) -> None:
    """Nobody scrolls sideways, “Leave at once” never moves, each screen has the focus at its
    heading, and one entry is added to the history, whatever is answered."""
    ways = [BY_KEYS, BY_CLICKS]
    jobs = [Job(lost, [SEE, *each_seen(way)], {**size}) for size in WIDTHS.values() for way in ways]
    results = drive(jobs)
    assert len(results) == 8
    for job, driven in zip(jobs, results, strict=True):
        assert once_each(headings(driven)) == ON_THE_WAY
        assert {seen["wide"] for seen in driven.sees} == {job.settings["width"]}
        assert len({seen["leave"] for seen in driven.sees}) == 1
        firsts = {seen["heading"]: seen["focus"] for seen in reversed(driven.sees)}
        assert set(firsts.values()) == {"H1"}
        assert {tuple(seen["stored"]) for seen in driven.sees} == {(0, 0, 0)}
        first, *others = (seen["history"] for seen in driven.sees)
        assert set(others) == {first + 1}
        assert silent(driven)


@pytest.mark.slow
def test_a_walk_in_another_language_says_no_english(tmp_path: Path) -> None:
    folder = laid_over(small(), Path(shutil.copytree(LIBRARY, tmp_path / "library")))
    file = tmp_path / "page.html"
    which = ["--trees", str(folder), "--only", "--language", TAG]
    assert main(["web", *which, "--now", "2026-11-28", "-o", str(file)]) == Exit.DONE
    parts: list[Step] = [("run", "document.querySelectorAll('details').forEach((e) => e.open = 1)")]
    steps = [*each_seen(keys("111")), ("click", pseudo("back")), *keys("1!"), SEE]
    steps += [("click", pseudo("Go back to where you were")), *BY_KEYS[3:], *parts, SEE]
    [driven] = drive([Job(file, steps, {"width": 360})])
    for seen in filter(None, driven.sees):
        said = re.sub(r"How to look for things|The Example Desk", "", seen["text"])
        assert left_in_english(" ".join(said.split())) == set(), seen["text"]
    assert pseudo("Look again, and ask") in driven.sees[-1]["text"]


@pytest.mark.slow
def test_a_page_that_is_too_wide_would_be_seen(lost: Path) -> None:
    wide = "document.querySelector('h1').style.width = '400px'"
    [driven] = drive([Job(lost, [("run", wide), SEE], {"width": 320})])
    assert driven.sees[-1]["wide"] > 320


AT_NIGHT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


def blackmailed() -> Walk:
    """Someone of 14 in Wales, as on README's screen, who has typed what has happened."""
    known, _ = shipped_search().told(BLACKMAILED, {"teller": frozenset({"young-person"})})
    walk = Walk.begin(whole_reading().walkable, "threatened", known)
    numbers = iter(README_ANSWERS)
    while isinstance(question := walk.here, Question):
        chosen = walk.unasked or {question.answers[next(numbers) - 1].value}
        walk = walk.answer(chosen)
    return walk


BLACKMAILED = "someone is threatening me"
README_ANSWERS = (1, 3, 2, 3, 3, 6)
"""The numbers that are chosen from the first question on."""


def first_words_of(shown: Page) -> Iterator[str]:
    """What a reader finds at an ending before any part is opened, in this order."""
    yield from (labels.urgency(shown.urgency), shown.title)
    yield labels.danger(shown) or say("goodbye.danger")
    yield shown.opening
    for each in shown.to_talk:
        yield from (each.title, each.way.address, each.way.says)
    yield from (line.text for line in shown.steps)


def words_of(part: Part, shown: Page) -> Iterator[str]:
    """What a reader finds in a part, below its title."""
    yield from part.text
    yield from (line.text for line in part.lines)
    for each in shown.help if part.kind is PartKind.HELP else ():
        yield each.heading
        yield from each.because
        for contact in each.contacts:
            yield labels.title_of(contact)
            for way in contact.ways:
                yield from (way.address, way.says)
            yield from contact.steps


def missing(text: str, words: Iterable[str]) -> str | None:
    """The first of some words that a text lacks after those before it."""
    flat, at = " ".join(text.split()), 0
    for each in words:
        wanted = " ".join(each.split())
        found = flat.find(wanted, at)
        if found < 0:
            return each
        at = found + len(wanted)
    return None


def own_words(said: str) -> list[Step]:
    """What is typed to find what has happened, until something is found."""
    return [("focus", "#said"), ("type", said), ("wait", ".found[aria-busy=false]")]


OPEN_PARTS: Step = (
    "run",
    "document.querySelectorAll('.parts > details').forEach((each) => { each.open = true; })",
)


@pytest.mark.slow
def test_from_two_in_the_morning_to_the_page_and_the_sheet(whole: Path, tmp_path: Path) -> None:
    """By the reader's own words, to a page that is equal to that of the terminal: what to do first,
    and parts of which only the titles can be seen until they are opened."""
    pdf = tmp_path / "sheet.pdf"
    found = [*own_words(BLACKMAILED), *[("key", "Enter")] * 2]
    *one, several = README_ANSWERS
    chosen: list[Step] = [*(("choose", at) for at in one), ("tick", several), ("click", "Go on")]
    links = "[...document.querySelectorAll('.steps a')].map((each) => each.textContent)"
    opened: list[Step] = [("run", links), SEE, OPEN_PARTS, SEE, ("pdf", str(pdf)), SEE]
    steps = [*keys("1"), *found, *chosen, *opened]
    [driven] = drive([Job(whole, steps, {"now": AT_NIGHT.isoformat()})])
    assert silent(driven)
    walk = blackmailed()
    clock = Clock(AT_NIGHT, BankHolidays.load())
    shown = page(walk.library, walk.tree, walk.here, walk.facts, clock)  # type: ignore[arg-type]  # an ending
    assert shown.title == "You're being blackmailed"
    linked, shut, _, ending, printed = driven.sees
    assert linked == ["101"]  # and no address, which takes three rows of a phone
    first, origins = [*first_words_of(shown)], say("page.origins")
    titles = [word for part in shown.parts for word in (part.title, part.short)]
    assert missing(shut["text"], [*first, *titles, origins]) is None
    assert missing(shut["text"], [*first[:10], first[3]]) == first[3]
    inside = [(part.title, *words_of(part, shown)) for part in shown.parts]
    told = [*first, *(word for words in inside for word in words), origins, labels.reviewed(shown)]
    assert missing(ending["text"], told) is None
    assert [words[0] for words in inside if missing(shut["text"], words[:2]) is None] == []
    assert printed["text"] == ending["text"]

    found, sides = printed_words(pdf)
    on_paper = {word.text for word in found}
    assert sides == 2
    assert {"told,", "threatening"} <= on_paper  # the line for who was told
    assert "Leave at once" not in " ".join(word.text for word in found)


# Going back, and asides


BROWSER_BACK: Step = ("backInBrowser", None)
ENTRY: Step = ("run", "[history.length, history.state]")


@pytest.mark.slow
def test_the_way_back_of_the_browser_goes_to_the_screen_before(lost: Path) -> None:
    """By one entry of the history that holds nothing, and from the first screen to what was before
    it. From help in danger it goes back to the question."""
    steps: list[Step] = [
        ENTRY,
        *[step for way in BY_CLICKS[:3] for step in (way, ENTRY)],
        *[("click", "Danger now"), SEE, BROWSER_BACK, SEE, ENTRY],
        *[step for _ in range(3) for step in (BROWSER_BACK, SEE)],
        *[ENTRY, *keys("1"), SEE, ENTRY, BROWSER_BACK, SEE],
        *[BROWSER_BACK, ("wait", "html"), SEE],
    ]
    [driven] = drive([Job(lost, steps)])
    screens = [seen["heading"] for seen in driven.sees if isinstance(seen, dict)]
    first, door, safe, what = ON_THE_WAY[:4]
    assert screens == ["In danger now", what, safe, door, first, door, first, ""]
    assert driven.sees[-1]["url"] == "about:blank"
    entries = [seen for seen in driven.sees if isinstance(seen, list)]
    length = entries[0][0]
    assert entries == [
        [length, None],
        *[[length + 1, ""]] * 4,
        [length + 1, None],
        [length + 1, ""],
    ]
    assert silent(driven)


@pytest.mark.slow
def test_the_keys_of_danger_work_on_every_screen(lost: Path) -> None:
    """As on a terminal: ! wherever one is, also in a field, and 0 where nothing is typed."""
    back: Step = ("click", "Go back to where you were")
    typed: list[Step] = [("focus", "#said"), ("type", "10"), SEE, ("key", "!"), SEE, back]
    steps: list[Step] = [
        *[*keys("!"), SEE, back, *keys("1"), *typed],
        *[("run", "document.querySelector('#said').value"), *keys("1"), *keys("0"), SEE],
    ]
    [driven] = drive([Job(lost, steps)])
    first, typing, shouted, value, asked = driven.sees
    assert [each["heading"] for each in (first, shouted, asked)] == ["In danger now"] * 3
    assert typing["heading"] == ON_THE_WAY[1]
    assert value == "10"
    assert silent(driven)


@pytest.mark.slow
def test_on_every_screen_whom_to_ring_can_be_tapped(whole: Path) -> None:
    """At the width of a phone: the numbers are in sight, as links, whatever was scrolled."""
    seen = """[...document.querySelectorAll("footer a")].map((each) => {
      const { top, bottom, left, right, height } = each.getBoundingClientRect();
      const inside = top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth;
      return [each.getAttribute("href"), inside && height >= 24];
    })"""
    way: list[Step] = [("choose", 1), ("choose", 2), ("choose", 1), ("choose", 1)]  # a second menu
    way += [("choose", 2), ("choose", 2), ("click", "Danger now"), ("click", "Stop")]
    steps: list[Step] = [("run", seen)]
    for step in way[:-1]:
        steps += [step, ("run", "void scrollTo(0, 99)"), ("run", seen)]
    [driven] = drive([Job(whole, steps, {"width": 360, "height": 640})])
    told = [each for each in driven.sees if each]
    young, any_age = ["tel:08001111", True], ["tel:116123", True]
    before = [["tel:999", True], young, any_age]
    assert told[:5] == [before] * 5
    assert told[5:] == [[["tel:999", True], young]] * 3


@pytest.mark.slow
def test_a_zero_has_no_slash(lost: Path) -> None:
    middle = """document.fonts.ready.then(() => [400, 700].map((weight) => {
      const paper = new OffscreenCanvas(200, 200).getContext("2d");
      paper.font = `${weight} 150px "Atkinson Hyperlegible Next"`;
      const { width, actualBoundingBoxAscent: height } = paper.measureText("0");
      paper.fillText("0", 10, 180);
      return paper.getImageData(10 + width / 2, 180 - height / 2, 1, 1).data[3];
    }))"""
    [driven] = drive([Job(lost, [("run", middle)])])
    assert driven.sees == [[0, 0]]


@pytest.mark.slow
def test_back_goes_to_the_question_before_and_at_last_to_the_first_screen(lost: Path) -> None:
    steps = [*BY_KEYS, SEE, *each_seen([("click", "Back")] * 5)]
    [driven] = drive([Job(lost, steps)])
    assert headings(driven) == [*reversed(ON_THE_WAY)]


@pytest.mark.slow
def test_an_answer_is_changed_and_the_others_are_kept(lost: Path) -> None:
    steps: list[Step] = [
        *[*BY_CLICKS, ("click", "Change answer"), SEE],
        *[*keys("2"), SEE, *keys("2"), SEE],  # keys, not a phone: another question comes
        *[*keys("1"), SEE],
    ]
    [driven] = drive([Job(lost, steps)])
    listed, question, door, ending = driven.sees
    assert listed["heading"] == "Which answer do you want to change?"
    assert listed["choices"] == [*ON_THE_WAY[2:5]]
    assert question["choices"] == ["A phone (your answer now)", "Keys", "I'm not sure"]
    assert door["heading"] == "Which door do they open?"
    assert ending["heading"] == "Look again, and ask"
    assert "You said Keys." in ending["text"]


WHERE = """
fingerpost: 1
title: Where I live
about: You want to know who is near.
review-by: 2027-05-24
given: {teller: young-person}
start: safe
questions:
  safe: {use: safe, goto: nation}
  nation: {use: nation, goto: told}
outcomes:
  told: {title: Tell them, urgency: soon, open: Thank you., needs: [finders]}
"""


def test_the_nation_of_local_details_is_not_asked_and_can_be_changed(tmp_path: Path) -> None:
    local, page_ = tmp_path / "local.yaml", tmp_path / "where.html"
    local.write_text("nation: wales\n", encoding="utf-8")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "where.yaml").write_text(WHERE, encoding="utf-8")
    library = loader.load([LIBRARY, tmp_path / "own"], local_file=local, whole=True).library
    given = {"nation": frozenset({"wales"})}
    html = page_to_search(library, made_on=DAY, tree="where", given=given)
    page_.write_text(html, encoding="utf-8")
    change: Step = ("click", "Change answer")
    opened: Step = ("open", "Who can help")
    steps = [*keys("11"), opened, SEE, change, *keys("1"), SEE, *keys("3"), opened, SEE]
    [driven] = drive([Job(page_, steps)])
    ending, nations, elsewhere = driven.sees
    assert "These are for Wales." in ending["text"]
    assert "Wales (your answer now)" in nations["choices"]
    assert "These are for" not in elsewhere["text"]
    assert silent(driven)


def test_a_number_in_a_step_is_a_link_to_ring(tmp_path: Path) -> None:
    """Whole, also where it has the digits of another."""
    local, page_ = tmp_path / "local.yaml", tmp_path / "where.html"
    local.write_text('routes: {last-desk: {phone: "020 7946 0999"}}\n', encoding="utf-8")
    (tmp_path / "own").mkdir()
    told = "open: Thank you., advice: [{do: 'Ring {route:last-desk} or {route:ring-999}.'}],"
    own = WHERE.replace("open: Thank you.,", told).replace("[finders]", "[finders, emergency]")
    (tmp_path / "own" / "where.yaml").write_text(own, encoding="utf-8")
    library = loader.load([LIBRARY, tmp_path / "own"], local_file=local, whole=True).library
    given = {"nation": frozenset({"wales"})}
    page_.write_text(page_to_search(library, made_on=DAY, tree="where", given=given))
    links = "[...document.querySelectorAll('.steps a')].map((a) => `${a.textContent} ${a.href}`)"
    [driven] = drive([Job(page_, [*keys("11"), ("run", links)])])
    assert driven.sees == [["020 7946 0999 tel:02079460999", "999 tel:999"]]


def test_answers_behind_a_kind_are_chosen_there_or_found_by_letters(tmp_path: Path) -> None:
    library = small()
    tree = library.trees["lost"]
    what = tree.questions["what"]
    say_ = Sentence("Another thing", span=what.span)
    kinds = (AnswerKind("others", say_, span=what.span),)
    behind = tuple(replace(each, kind="others") for each in what.answers[1:])
    asked = replace(what, kinds=kinds, answers=(*what.answers[:1], *behind))
    trees = library.trees | {"lost": replace(tree, questions=tree.questions | {"what": asked})}
    file = tmp_path / "kinds.html"
    file.write_text(page_to_search(replace(library, trees=trees), made_on=DAY), encoding="utf-8")
    steps: list[Step] = [
        *[*keys("111"), SEE, *keys("2"), SEE, ("click", "Back"), SEE],
        *[("focus", "#said"), ("type", "KEY"), ("wait", ".found"), SEE, ("key", "Enter")],
        *[("key", "Enter"), SEE],
    ]
    [driven] = drive([Job(file, steps)])
    first, inside, back, found, door = driven.sees
    assert first["choices"] == back["choices"] == ["A phone", "Another thing"]
    assert (inside["heading"], inside["choices"]) == ("Another thing", ["Keys", "I'm not sure"])
    assert found["choices"] == ["Keys"]
    assert door["heading"] == "Which door do they open?"
    assert silent(driven)


@pytest.mark.slow
def test_danger_comes_back_to_the_same_place(lost: Path) -> None:
    at = "[scrollY, [...document.querySelectorAll('input')].map((each) => each.checked).join()]"
    steps: list[Step] = [
        *[*BY_CLICKS[:-1], ("run", "scrollTo(0, 300)"), ("run", at)],
        *[("run", "document.querySelector('.danger').click()"), SEE],
        *[("click", "Go back to where you were"), SEE, ("run", at)],
        *[("click", "Danger now"), ("click", "Danger now"), ("click", "Back"), SEE],
    ]
    [driven] = drive([Job(lost, steps, {"width": 320, "height": 500})])
    _, before, _, danger, question, after, again = driven.sees
    assert danger["heading"] == "In danger now"
    assert "Ring 999. They'll say what to do." in danger["text"]
    assert "0800 1111" in danger["text"]
    assert question["heading"] == again["heading"] == "Where have you looked?"
    assert question["focus"] == "H1"
    assert before == after
    assert before[1].startswith("false,true,true,false")


@pytest.mark.slow
def test_an_answer_that_stands_alone_drops_no_tick_unseen(lost: Path) -> None:
    """As on a terminal. And what goes on is in sight, above whom to ring, before all is read."""
    ticked = "[...document.querySelectorAll('input')].flatMap((e, at) => e.checked ? [at + 1] : [])"
    apart = """(([on, foot]) => foot.top - on.bottom)(["form .onward", "footer"]
      .map((each) => document.querySelector(each).getBoundingClientRect()))"""
    steps: list[Step] = [
        *BY_CLICKS[:4],
        *[("run", apart), ("click", "Go on"), SEE],
        *[("tick", 1), ("tick", 12), SEE, ("click", "Keep that"), ("run", ticked)],
        *[("tick", 1), ("tick", 12), ("run", ticked), ("tick", 2), ("run", ticked)],
        *[("tick", 12), ("click", "Nowhere yet"), SEE],
    ]
    [driven] = drive([Job(lost, steps, {"width": 360, "height": 500})])
    above, asked, told, kept, alone, others, ended = driven.sees
    assert 0 <= above < 20
    assert asked["heading"] == "Where have you looked?"
    assert "Choose at least one first." in asked["text"]
    assert f"You ticked “{asked['choices'][0]}”. Keep that?\n" in told["text"]
    assert (kept, alone, others) == ([1], [12], [2])
    assert ended["heading"] == "Look again, and ask"


@pytest.mark.slow
def test_a_search_finds_by_own_words_and_shows_who_answers_in_danger(whole: Path) -> None:
    def said(words: str) -> list[Step]:
        empty: Step = ("run", "document.querySelector('#said').value = ''")
        return [empty, *own_words(words), SEE]

    danger = "In danger, or all too much? These answer now:"
    none = "not on your own with it."
    seen = """(([first, foot]) => first.bottom < foot.top)([".found li", "footer"]
      .map((each) => document.querySelector(each).getBoundingClientRect()))"""
    steps = [*keys("1"), SEE, *said("i want to die"), ("run", seen)]
    steps += [*said("uncle touches me"), ("run", seen), *said("i took loads of tablets")]
    steps += [*said("xylophone"), *said("j'ai peur")]
    # Of other words typed later nothing is said back.
    steps += [*said("i got scammed on vinted"), ("choose", 1), SEE]
    parents: list[Step] = [*keys("2"), *own_words("she wants to die"), SEE]
    [driven, by_parent] = drive(
        [Job(whole, s, {"width": 360, "height": 740}) for s in (steps, parents)]
    )
    # An adult is shown first whom they can ring themselves.
    assert missing(by_parent.sees[-1]["text"], ["999", "Samaritans", "Shout", "Childline"]) is None
    every = [s for s in driven.sees if isinstance(s, dict)]
    doors, crisis, hurt, took, nothing, foreign, _, asked = every
    assert [seen for seen in driven.sees if isinstance(seen, bool)] == [True, True]
    assert "You wrote" not in asked["text"]
    assert len(doors["choices"]) == 8
    assert crisis["choices"][0] == "I'm not coping, I'm hurting myself or I don't want to live"
    told = crisis["text"]
    found = [danger, "999", "Childline", "0800 1111", "I'm not coping", "Shout", "Crisis lines"]
    assert missing(told, found) is None
    assert "Samaritans" in hurt["text"]
    assert "Crisis lines" not in hurt["text"]
    assert "took something, ring 999 or go to A&E, even if you feel fine." in took["text"]
    assert none in nothing["text"]
    assert danger not in nothing["text"]
    assert nothing["choices"] == ["I don't know what to call it", "I just want to talk to someone"]
    assert missing(foreign["text"], [danger, "0800 1111", "I can only read English."]) is None
    assert len(foreign["choices"]) == 9
    assert silent(driven)


@pytest.mark.slow
def test_danger_that_was_typed_is_said_back(whole: Path) -> None:
    steps = [*keys("1"), *own_words("he's bringing a knife to school tomorrow"), ("choose", 1), SEE]
    [driven] = drive([Job(whole, steps)])
    [danger] = [seen for seen in driven.sees if isinstance(seen, dict)]
    assert "You wrote about a weapon. Is that now, or later today?" in danger["text"]
    assert silent(driven)


QUIETLY = """(async () => {
  const wanted = /^(No one's in|No$|None of these|13|England|A phone|Just checking|I'm not sure)/;
  while (!document.querySelector(".parts")) {
    const all = [...document.querySelectorAll("main button")];
    [...document.querySelectorAll("[type=checkbox]")].at(-1)?.click();
    (all.find((each) => wanted.test(each.textContent)) ?? all.at(-1)).click();
    await new Promise((done) => setTimeout(done, 50));
  }
})()"""
"""Answers every question with what is least urgent, to the ending."""


@pytest.mark.slow
def test_two_things_that_were_typed_have_one_page(whole: Path) -> None:
    words = own_words("My boyfriend hits me and he has put our video on a website")
    steps = [*keys("1"), *words, SEE, ("choose", 3), ("run", QUIETLY), SEE]
    [driven] = drive([Job(whole, steps)])
    found, ending = [seen for seen in driven.sees if isinstance(seen, dict)]
    assert say("find.two") in found["text"]
    assert found["choices"][2] == say("find.both")
    assert "And: " in ending["heading"]
    assert silent(driven)


@pytest.mark.slow
def test_thoughts_of_suicide_are_answered_before_the_next_question(whole: Path) -> None:
    words = own_words("i want to die")
    talks = [SEE, ("click", "I'd rather talk to someone"), SEE, ("click", "Back")]
    thinks = [*keys("1212"), *talks, ("click", "Go on with the questions"), SEE]
    [driven] = drive([Job(whole, [*keys("1"), *words, ("choose", 1), *thinks])])
    answered, talk, asked = [seen for seen in driven.sees if isinstance(seen, dict)]
    assert missing(answered["text"], ["You're not on your own", "Childline", "0800 1111"]) is None
    assert missing(talk["text"], ["You don't have to explain.", "116 123"]) is None
    assert asked["heading"] == "What's it mostly about?"
    assert silent(driven)


@pytest.mark.slow
def test_what_is_known_of_every_reader_is_not_asked(tmp_path: Path) -> None:
    begun = tmp_path / "begun.html"
    given = {"teller": frozenset({"staff"})}
    begun.write_text(
        page_to_search(small(), made_on=DAY, tree="lost", given=given), encoding="utf-8"
    )
    steps = [SEE, *keys("1"), SEE, ("click", "Back"), SEE]
    [driven] = drive([Job(begun, steps)])
    first, question, again = driven.sees
    assert first["choices"] == ["Go on"]
    assert "What you tell me stays with me and Childline." in first["text"]
    assert question["heading"] == "Are you safe?"
    assert again["text"] == first["text"]


@pytest.mark.slow
def test_it_says_when_its_facts_may_have_changed(lost: Path) -> None:
    told = "This page was made on 28 November 2026. Facts may have changed since."
    days = ["2027-05-24T12:00:00Z", "2027-05-25T12:00:00Z"]
    on_time, late = drive([Job(lost, [SEE], {"now": day}) for day in days])
    assert told not in on_time.sees[0]["text"]
    assert told in late.sees[0]["text"]


# What a screen reader says

WATCH = """
globalThis.told = [];
addEventListener("focusin", ({ target }) => told.push(`${target.tagName}: ${target.textContent}`));
new MutationObserver((changes) => {
  for (const { target } of changes) {
    const element = target.closest ? target : target.parentElement;
    const live = element?.closest("[role=status], [role=alert], [aria-live]");
    if (live) told.push(`live: ${live.textContent}`);
  }
}).observe(document, { subtree: true, childList: true, characterData: true });
"""


@pytest.mark.slow
def test_each_new_question_is_said_once(lost: Path) -> None:
    """It takes the focus, and nothing else speaks up."""
    heard: Step = ("run", "globalThis.told.splice(0)")
    steps: list[Step] = [
        *[("wait", "header"), heard, *keys("1"), heard, *keys("1"), heard, ("focused", None)],
        *[*keys("1"), heard, *keys("1"), heard, ("focused", None)],
    ]
    [driven] = drive([Job(lost, steps, {"before": WATCH})])
    *heard_each, _ = [seen for seen in driven.sees if isinstance(seen, list)]
    told = [seen for seen in driven.sees if isinstance(seen, list)]
    assert told == [[f"H1: {each}"] for each in ON_THE_WAY[:5]]
    assert heard_each
    first, later = [seen for seen in driven.sees if isinstance(seen, dict)]
    assert first == {
        "role": "heading",
        "name": "Are you safe?",
        "description": "I have lost something · question 1",
    }
    assert later["name"] == "Where have you looked?"


@pytest.mark.slow
def test_a_question_that_is_said_twice_would_be_heard(lost: Path) -> None:
    live = "document.querySelector('main').setAttribute('aria-live', 'polite')"
    steps: list[Step] = [
        *[("wait", "header"), ("run", live), ("run", "globalThis.told.splice(0)")],
        *[*keys("1"), ("run", "globalThis.told.splice(0)")],
    ]
    [driven] = drive([Job(lost, steps, {"before": WATCH})])
    assert len(driven.sees[-1]) > 1


@pytest.mark.slow
def test_a_part_is_opened_by_keys_and_a_screen_reader_hears_its_title_and_answer(
    lost: Path,
) -> None:
    to: list[Step] = [*BY_CLICKS, ("focus", ".parts > :nth-child(2) > summary")]
    opened: list[Step] = [("key", "Enter"), ("wait", ".parts > [open] > p"), SEE]
    [driven] = drive([Job(lost, [*to, ("focused", None), SEE, *opened])])
    part, shut, told = driven.sees
    asked = "Will they be cross with me? No."
    assert (part["role"], part["name"]) == ("DisclosureTriangle", asked)
    answer = "Things get lost, and nobody means them to."
    assert (answer in shut["text"], answer in told["text"]) == (False, True)


@pytest.mark.slow
def test_an_ending_answers_a_question_and_takes_a_second_trouble(lost: Path) -> None:
    """And back leads from the page of both to the one before."""
    asks: list[Step] = [("focus", "#asked"), ("type", "does my mum find out"), ("click", "Ask")]
    waits: Step = ("wait", "[role=status] > *")
    also: list[Step] = [("click", "Something else too"), SEE, ("choose", 2), SEE, ("choose", 1)]
    steps = [*BY_CLICKS, *asks, waits, SEE, *also, SEE, ("click", "Back"), ("click", "Back"), SEE]
    [driven] = drive([Job(lost, steps)])
    ending, menu, asked, both, before = driven.sees
    assert "Will they tell my mum? Not unless you want it." in ending["text"]
    told = [each["heading"] for each in (ending, menu, asked, both, before)]
    first = "Look again, and ask"
    assert told == [
        *(first, "What else is true?", "How late are you?"),
        *(f"{first}. And: Take the next one", first),
    ]
    assert silent(driven)
