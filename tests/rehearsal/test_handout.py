"""Cases on paper: the participants' sheet tells no answer, and the trainer's tells them all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fingerpost.model.base import replace
from fingerpost.model.case import Case
from fingerpost.model.library import Library
from fingerpost.reading.loader import load
from fingerpost.rehearsal.handout import handout
from fingerpost.sheets.document import (
    Blank,
    Block,
    Box,
    Document,
    Fine,
    Note,
    Paragraph,
    Points,
)
from fingerpost.sheets.formats.html import html
from fingerpost.sheets.formats.markdown import markdown
from fingerpost.sheets.formats.pdf import PdfRenderer
from fingerpost.sheets.formats.text import text

from ..support.alike import for_each
from ..support.printed import CASES, LIBRARY, texts

DUNDEE = LIBRARY.cases["two-in-the-morning"]
"""A story with two judgements, and with news that changes an answer."""

PAISLEY = LIBRARY.cases["round-the-year-group"]
"""A story with two judgements, and with news that leads into another tree."""

NORWICH = LIBRARY.cases["the-talent-show"]
"""A story with nothing half way."""

HULL = LIBRARY.cases["waiting-at-the-bus-stop"]
"""A story in which the news ends the questions."""

Handout = Callable[..., Document]

each_case = for_each(zip(CASES))


def given_out(*cases: Case, library: Library = LIBRARY) -> Document:
    return handout(library, cases)


def answers(*cases: Case, library: Library = LIBRARY) -> Document:
    return handout(library, cases, answers=True)


def labels(paper: Document) -> list[str]:
    return [block.label for block in paper.blocks if isinstance(block, Blank)]


def boxes(paper: Document) -> dict[str, Box]:
    return {block.title: block for block in paper.blocks if isinstance(block, Box)}


def notes(box: Box) -> dict[str, str]:
    return {note.label: note.text for note in box.notes}


def lines(paper: Document) -> list[str]:
    """The questions with their answers: every line below the stories."""
    at = next(n for n, block in enumerate(paper.blocks) if isinstance(block, Paragraph))
    return [line for b in paper.blocks[at:] if isinstance(b, Points) for line in b.lines]


def paragraphs(paper: Document) -> list[str]:
    return [block.text for block in paper.blocks if isinstance(block, Paragraph)]


def after(paper: Document, block: Block) -> Block:
    return paper.blocks[paper.blocks.index(block) + 1]


def without_broken_lines(words: str) -> str:
    return " ".join(words.split())


# Both


@pytest.mark.slow
@pytest.mark.parametrize("tree", [*LIBRARY.trees][::4])
@pytest.mark.parametrize("of", [given_out, answers])
def test_a_whole_topic_prints_in_every_format(of: Handout, tree: str) -> None:
    topic = [case for case in LIBRARY.cases.values() if case.tree == tree]
    paper = of(*topic)
    # HTML says it once more at the edge of each side that is printed.
    for written, more in ((html(paper), 1), (markdown(paper), 0), (text(paper, 80), 0)):
        assert written.count("REHEARSAL") == 1 + more + len(topic)
    assert PdfRenderer().print(paper).startswith(b"%PDF-")


# For participants


def test_a_question_that_another_tree_asks_again_has_its_room_already() -> None:
    found = labels(given_out(PAISLEY))
    assert found.count("Are any of these true too?") == 1
    assert "Who's the other person, as far as you know?" in found


@pytest.mark.slow
@each_case
def test_no_answer_can_be_seen(name: str) -> None:
    """Not how it ends, not what news there is, no verdict, no reason and no service."""
    case = LIBRARY.cases[name]
    written = without_broken_lines(text(given_out(case), 80))
    ending = LIBRARY.trees[case.tree].outcomes[case.expect.outcome] if _same_tree(case) else None
    hidden = [
        *(choice.because.otherwise for each in case.judgements for choice in each.choices),
        *(inject.say.otherwise for inject in case.injects),
        *((*ending.title.texts, *ending.open.texts) if ending else ()),
        *(f"fingerpost rehearse --room --case {name}", "Right", "Wrong"),
    ]
    # What somebody may say is also the title of an ending, and tells nothing of how this ends.
    offered = " ".join(choice.say.otherwise for each in case.judgements for choice in each.choices)
    for told in hidden:
        if told not in offered:
            assert without_broken_lines(told) not in written, told


def _same_tree(case: Case) -> bool:
    return case.expect.outcome in LIBRARY.trees[case.tree].outcomes


# For the trainer


def test_each_question_has_the_answer_of_the_story() -> None:
    assert lines(answers(NORWICH)) == [
        "Who's reading this? I'm a young person.",
        (
            "Is anyone in danger right now? If so, ring 999 first if you can. "
            "No one's in danger now. I'm worried, or it's something online."
        ),
        "How old are you? 12 or younger.",
        "Where in the UK do you live? England.",
        ("What's happened? It's embarrassing, mean or edited, but not naked or sexual."),
        "Who filmed it or put it online? People around my age.",
    ]


def test_each_choice_has_its_verdict_its_reason_and_its_source() -> None:
    ask, point, *_ = boxes(answers(DUNDEE)).values()
    assert ask.notes[0] == Note(
        "1. Wrong",
        "“One last time, if it gets him through the night” Paying makes them ask for more, and "
        "tells them that he can be made to. "
        "(National Crime Agency, carried by Youth Work Unit, 2024-04-29)",
    )
    assert [note.label for note in point.notes] == ["1. Right", "2. Wrong", "3. Wrong"]
    assert point.notes[0].text == (
        '"Are you thinking about killing yourself?" Asking in plain words does not put the idea '
        "there. It tells him that he can say so."
    )


def test_news_stands_where_it_is_read_out_and_what_it_changes_behind_it() -> None:
    paper = answers(DUNDEE)
    news = boxes(paper)["News: read it out here"]
    assert news.notes == (
        Note("", "He goes quiet. Then he tells you that he has already taken some tablets."),
    )
    asked = "Things like this can feel like too much. Are you thinking about killing yourself?"
    now = "Yes, and I've got a plan or I've already done something."
    assert after(paper, news) == Points((f"{asked} {now}",))


def test_what_the_story_does_not_say_after_news_is_said() -> None:
    [news] = PAISLEY.injects
    bare = replace(news, answers={"happened": frozenset({"threat"})})
    found = lines(answers(replace(PAISLEY, injects=(bare,))))
    assert (
        "Who's the other person, as far as you know? The story does not say, so: "
        "I'm not sure who it is, or how old they are." in found
    )


def test_whom_to_turn_to_comes_by_need_with_why_and_who_would_be_right_too() -> None:
    told = notes(boxes(answers(DUNDEE))["Whom to turn to"])
    assert next(iter(told)) == "In danger now"
    assert told["Stopping a payment"] == ("Your bank, on 159, The company on the gift card.")
    assert told["Getting a picture taken down"] == "Report Remove (also: Take It Down)."
    told = notes(boxes(answers(NORWICH))["Whom to turn to"])
    assert told["Reporting it in the app"] == (
        "The app or site itself. This part is for your grown-up."
    )


@pytest.mark.slow
@each_case
def test_every_service_that_the_case_expects_is_named(name: str) -> None:
    case = LIBRARY.cases[name]
    written = without_broken_lines(text(answers(case), 80))
    [teller] = {**case.answers, **LIBRARY.trees[case.tree].given}["teller"]
    assert case.injects or all(
        LIBRARY.routes[route].title.read_by(teller) in written for route in case.expect.routes
    )


def test_who_is_not_for_them_and_why() -> None:
    told = notes(boxes(answers(DUNDEE))["Not for this person"])
    assert list(told) == [
        *(
            "StopNCII (adults' pictures)",
            "Revenge Porn Helpline",
            "Report Fraud",
            "The police on 101",
        ),
    ]
    assert "age" in told["StopNCII (adults' pictures)"]
    assert "Scotland" in told["Report Fraud"]
    assert "Police Scotland on 101" in told["The police on 101"]


def test_a_service_that_the_news_has_made_right_is_not_called_wrong() -> None:
    """A story may call 999 wrong for him; the news is that he has taken something."""
    never = replace(
        DUNDEE,
        answers={**DUNDEE.answers, "suicide": frozenset({"no"})},
        expect=replace(DUNDEE.expect, never=("police-999", "stopncii")),
    )
    assert list(notes(boxes(answers(never))["Not for this person"])) == [
        "StopNCII (adults' pictures)"
    ]
    calm = replace(never, injects=())
    assert "999" in notes(boxes(answers(calm))["Not for this person"])


def test_it_says_how_long_each_part_takes() -> None:
    """79 words at 130 a minute; 9 questions at half a minute; 2 judgements at 3; the news 2."""
    assert (
        "Minutes: 1 to read it out, 4 for the questions, 6 to judge and vote, 2 for the news, "
        "3 for whom to turn to, 5 to talk."
    ) in paragraphs(answers(DUNDEE))
    assert (
        "Minutes: 1 to read it out, 3 for the questions, 3 to judge and vote, "
        "3 for whom to turn to, 5 to talk."
    ) in paragraphs(answers(NORWICH))
    assert (
        "Minutes: 1 to read it out, 3 for the questions, 3 for whom to turn to, 5 to talk."
    ) in paragraphs(answers(replace(NORWICH, judgements=())))


def test_it_says_how_long_all_of_it_takes() -> None:
    assert (
        Points(
            (
                (
                    "Story 1: Someone is threatening a young person. About 21 minutes, "
                    "for those with practice."
                ),
                (
                    "Story 2: A picture of a young person has been shared. About 15 minutes, "
                    "to begin with."
                ),
                "All of it: about 36 minutes.",
            )
        )
        in answers(DUNDEE, NORWICH).blocks
    )
    assert not any("All of it" in told for told in texts(answers(DUNDEE)))


def test_it_ends_with_what_to_read_each_source_once() -> None:
    *_, fine = answers(DUNDEE, HULL, replace(DUNDEE, name="again")).blocks
    assert isinstance(fine, Fine)
    approved, read, law = fine.lines
    assert approved == "No safeguarding professional has approved these words yet."
    assert read.startswith("To read: NCA issues urgent warning about sextortion and what to do, ")
    assert read.count("NCA issues urgent warning") == 1
    assert law == "This is not from the police, Childline or any service. It is not legal advice."


# Stories that somebody has written who does not know the tree well


TREE = """\
fingerpost: 1
title: Something happened
about: Something has happened.
review-by: 2027-05-24
start: which
questions:
  which:
    ask: Which is it?
    answers:
      one: {say: One, goto: end}
      two: {say: Two, goto: again}
  again:
    ask: Once more?
    answers:
      yes: {say: "Yes", goto: which}
      no: {say: "No", goto: end}
outcomes:
  end: {title: The end, urgency: info, open: That is all., needs: [talk]}
"""

CASE = """\
cases:
  a-story:
    tree: something
    story: Someone comes to you.
    answers: {which: one}
    expect: {outcome: end}
"""


@pytest.fixture
def story(tmp_path: Path) -> Callable[[str], tuple[Library, Case]]:
    """Makes a library of one small tree, which can lead in a circle, and one story of it."""

    def made(more: str = "") -> tuple[Library, Case]:
        for name, written in {
            "something.yaml": TREE,
            "shared/needs.yaml": "needs: {talk: {say: Someone to talk to}}\n",
            "routes/uk.yaml": "routes: {friend: {name: A friend, serves: talk}}\n",
            "cases/mine.yaml": CASE + more,
        }.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(written, encoding="utf-8")
        read = load([tmp_path], whole=True)
        assert read.mistakes == ()
        return read.library, read.library.cases["a-story"]

    return made


Story = Callable[..., tuple[Library, Case]]


def news(answers: str) -> str:
    return f"    injects: [{{after: which, say: The phone rings., answers: {answers}}}]\n"


def test_where_the_story_does_not_say_and_nobody_can_be_unsure_it_is_talked_about(
    story: Story,
) -> None:
    library, case = story(news("{which: two}"))
    paper = answers(case, library=library)
    assert lines(paper)[-1] == "Once more? The story does not say. Talk about each answer."
    assert paragraphs(paper)[-1] == (
        "From here the story does not say which way it goes. Talk about both."
    )
    assert "Whom to turn to" not in boxes(paper)
    assert "Once more?" in labels(given_out(case, library=library))


def test_a_tree_that_leads_in_a_circle_holds_nobody(story: Story) -> None:
    library, case = story(news("{which: two, again: yes}"))
    found = lines(answers(case, library=library))
    assert found[-3:] == ["Which is it? Two.", "Once more? Yes.", "Which is it? Two."]


def test_without_a_source_nothing_is_to_be_read(story: Story) -> None:
    library, case = story()
    *_, fine = answers(case, library=library).blocks
    assert fine == Fine(
        (
            "No safeguarding professional has approved these words yet.",
            "This is not from the police, Childline or any service. It is not legal advice.",
        )
    )


def test_what_a_trainer_wrote_stays_text(story: Story) -> None:
    library, case = story()
    hostile = "<script>alert(1)</script> [a](javascript:x) \N{RIGHT-TO-LEFT OVERRIDE}olleh"
    wicked = replace(case, story=replace(case.story, otherwise=hostile))
    for paper in (answers(wicked, library=library), given_out(wicked, library=library)):
        written = html(paper)
        assert "<script" not in written
        assert "&lt;script&gt;" in written
        for shown in (written, markdown(paper), text(paper, 80)):
            assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in shown
        assert "[a](" not in markdown(paper)
