"""Answers behind kinds: a short first list, and each of them found by numbers or by letters."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from fingerpost.model.base import replace
from fingerpost.model.tree import Question
from fingerpost.page.question import QuestionView, asking
from fingerpost.terminal.conversation import Context, Conversation
from fingerpost.walk.autoplay import play_case
from fingerpost.walk.walk import Walk

from ..support.odd_libraries import odd_library
from ..support.seat import CLOCK, Sit
from ..support.shipped import whole_library

KINDS = """\
Which app or site is this on?

  1. Snapchat, TikTok, Instagram, YouTube, or one like them
  2. WhatsApp, Discord, texts, calls, or another way to message
> 3. Roblox, Minecraft, Fortnite, or another game (your answer now)
"""
GAMES = """\
Roblox, Minecraft, Fortnite, or another game

  1. Roblox
> 2. Minecraft (your answer now)
"""


def which_app() -> QuestionView:
    """The question about the app, at the ending of a case."""
    for case in whole_library().cases.values():
        walk = play_case(whole_library(), case)
        for index, question, reply in walk.waiting():
            tree = whole_library().trees[reply.tree]
            then = replace(walk, tree=tree, here=question, replies=walk.replies[:index], kept=())
            return asking(then, {"minecraft"})
    raise AssertionError("no case has an app")


def test_a_kind_shows_its_list_and_the_way_back_the_first(sit: Sit) -> None:
    screen, typist = sit(["3", "<", "3", "2"])
    talk = Conversation(screen, whole_library(), lambda: CLOCK, Context("", {}))
    assert talk.ask(which_app()) == {"minecraft"}
    first, inside, back, again = typist.shots
    assert all(KINDS in shot for shot in (first, back))
    assert all(GAMES in shot for shot in (inside, again))


def questions() -> Iterator[tuple[Walk, Question]]:
    random = Random("kinds")
    for _ in range(40):
        library = odd_library(random)
        for tree in library.trees.values():
            for question in tree.asked:
                walk = replace(Walk.begin(library, tree.name), tree=tree, here=question)
                yield walk, question


def test_every_answer_stands_in_one_list() -> None:
    seen = 0
    for walk, question in questions():
        shown = asking(walk)
        lists = [shown, *(shown.of_kind(each.values) for each in shown.listed if each.inside)]
        values = [each.value for one in lists for each in one.listed if each.value]
        assert sorted(values) == sorted({*question.values} - {question.unticked})
        assert all(len(one.listed) > 1 for one in lists[1:])
        seen += len(lists) > 1
    assert seen > 20


def test_no_list_of_apps_is_long() -> None:
    lines = whole_library().questions["where"].listed
    assert len(lines) <= 7
    assert max(len(answers) for _, answers in lines) <= 7
