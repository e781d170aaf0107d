"""Cases on paper: the participants' sheet tells no answer, and the trainer's tells them all."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pikepdf
import pytest

from fingerpost.model.base import grouped, replace
from fingerpost.model.case import Case
from fingerpost.model.sentence import Sentence
from fingerpost.page.speaker import Speaker
from fingerpost.rehearsal.answer_key import Verdict
from fingerpost.rehearsal.handout import handout, script
from fingerpost.sheets.document import Document
from fingerpost.sheets.formats.html import html
from fingerpost.sheets.formats.markdown import markdown
from fingerpost.sheets.formats.pdf import PdfData, PdfRenderer
from fingerpost.sheets.formats.text import text

from ..support.alike import for_each
from ..support.printed import CASES, LIBRARY

DUNDEE = LIBRARY.cases["two-in-the-morning"]
"""A story with two judgements, and with news that changes an answer."""


Handout = Callable[..., Document]

TOPICS = [*grouped((case.tree, case) for case in LIBRARY.cases.values()).values()]

each_case = for_each(zip(CASES))


def given_out(*cases: Case) -> Document:
    return handout(LIBRARY, cases)


def answers(*cases: Case) -> Document:
    return script(LIBRARY, cases)


def without_broken_lines(words: str) -> str:
    return " ".join(words.split())


# Both


@pytest.mark.slow
@pytest.mark.parametrize("of", [given_out, answers])
def test_every_topic_prints_in_every_format(of: Handout) -> None:
    """For a PDF there are letters for all that a case says; the first of three topics are set."""
    for topic in TOPICS:
        paper = of(*topic)
        # HTML says it once more at the edge of each side that is printed.
        for written, more in ((html(paper), 1), (markdown(paper), 0), (text(paper, 80), 0)):
            assert written.count("REHEARSAL") == 1 + more + len(topic)
        assert PdfData().of(paper)["sides"]
    some = [topic[0] for topic in TOPICS][:3]
    assert PdfRenderer().print(of(*some)).startswith(b"%PDF-")


# For participants


@pytest.mark.slow
def test_no_answer_can_be_seen() -> None:
    for topic in TOPICS:
        _, *told = text(given_out(*topic), 80).split("REHEARSAL: ")
        for case, written in zip(topic, told, strict=True):
            no_answer_is_in(without_broken_lines(written), case)


def no_answer_is_in(written: str, case: Case) -> None:
    """Not how it ends, not what news there is, no verdict, no reason and no service."""
    ending = LIBRARY.trees[case.tree].outcomes[case.expect.outcome] if _same_tree(case) else None
    hidden = [
        *(choice.because.otherwise for each in case.every_judgement for choice in each.choices),
        *(inject.say.otherwise for inject in case.injects),
        *((*ending.title.texts, *ending.open.texts) if ending else ()),
        *(f"fingerpost rehearse --room --case {case.name}", "Right", "Wrong"),
    ]
    # What somebody may say is also the title of an ending, and tells nothing of how this ends.
    judged = case.every_judgement
    said = [*(c.say for each in judged for c in each.choices), *(s for e in judged for s in e.says)]
    offered = " ".join(each.otherwise for each in said)
    for told in hidden:
        if told not in offered:
            assert without_broken_lines(told) not in written, (case.name, told)


def test_there_is_room_to_write_at_each_question_and_no_word_of_what_is_right() -> None:
    """It is written before there is anything to choose among; and again after a wrong turn."""
    case = LIBRARY.cases["she-made-me-promise"]
    written = without_broken_lines(text(given_out(case), 80))
    assert (
        '. B. "If I break it," says Priya, "I\'m one more grown-up who lied to her.": ....'
        in written
    )
    assert re.search(r'\. B again: \.+ \.+ C\. "So who\'s going to know\?"', written)
    assert case.scene is not None
    choices = [choice for each in case.scene.moments for choice in each.choices]
    assert not any(words(each.say) in written for each in choices)


def test_exercises_share_a_side() -> None:
    six = [case for case in LIBRARY.cases.values() if case.scene is None][:6]
    with pikepdf.open(io.BytesIO(PdfRenderer().print(given_out(*six)))) as printed:
        assert len(printed.pages) <= 3


def _same_tree(case: Case) -> bool:
    return case.expect.outcome in LIBRARY.trees[case.tree].outcomes


# For the trainer


@each_case
def test_a_trainers_script_has_a_scene_on_one_side(name: str) -> None:
    """Three minutes of reading: what it is about, where it is, each choice on the way, why what is
    right is, and what is right at a second try. The screen says the rest."""
    scene = LIBRARY.cases[name].scene
    if scene is None:
        return
    written = without_broken_lines(text(answers(LIBRARY.cases[name]), 80))
    assert f'Say: "This is practice. {words(scene.about)}' in written
    assert words(scene.opens) in written
    for moment in scene.moments:
        is_met = moment in scene.right_way
        for number, choice in enumerate(moment.choices, 1):
            said, because = words(choice.say), words(choice.because)
            told = f"{number}. {Verdict.of(choice.verdict).word}: {said}"
            assert (told in written) == (is_met or choice is moment.right)
            assert (f"{said} \N{EN DASH} {because}" in written) == (choice is moment.right)
        if not is_met:
            assert re.search(
                rf"[A-Z] again, after [A-Z]\d.*?\. {re.escape(words(moment.ask))}", written
            )
    assert len(re.findall(r"\S*\w\S*", written)) <= 640


def test_an_exercise_tells_its_trainer_what_its_page_does() -> None:
    """He has taken tablets: the script says so, and what to do. What it is about is said first, and
    nobody learns that no one is in danger where help is needed now."""
    for paper in (answers, given_out):
        told = without_broken_lines(text(paper(LIBRARY.cases["cut-our-name"]), 80))
        assert re.search(r"[Ss]peaks of [^.]*self-harm", told)
        assert "No one's in danger" not in told
        script = paper is answers
        # He is deaf; and the script answers what the handout asks.
        assert ("999bsl" in told and "Sign language: https://www.childline" in told) == script
        assert ("you say first? \N{EN DASH} Say: \"It's not your fault" in told) == script
    written = without_broken_lines(text(answers(DUNDEE), 80))
    assert "he has already taken some tablets" in written
    assert re.search(r"Ring 999|A&E", written.partition("already taken some tablets")[2])


def words(sentence: Sentence) -> str:
    """What a worker reads, with services by their names."""
    return without_broken_lines(Speaker(LIBRARY, {"teller": frozenset({"staff"})}).say(sentence))


def test_what_a_trainer_wrote_stays_text() -> None:
    hostile = "<script>alert(1)</script> [a](javascript:x) \N{RIGHT-TO-LEFT OVERRIDE}olleh"
    wicked = replace(DUNDEE, story=replace(DUNDEE.story, otherwise=hostile))
    for paper in (answers(wicked), given_out(wicked)):
        written = html(paper)
        assert "<script" not in written
        assert "&lt;script&gt;" in written
        for shown in (written, markdown(paper), text(paper, 80)):
            assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in shown
        assert "[a](" not in markdown(paper)
