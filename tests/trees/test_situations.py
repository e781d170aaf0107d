"""Every situation that the library is there for has a door that its words find, and an ending.

They are the 27 that fingerpost has to cover. Each stands here with a sentence of somebody who is in
it, the doors that would be right, and an ending with how urgent it is at least.
"""

from __future__ import annotations

import pytest

from fingerpost.model.case import Case
from fingerpost.model.sentence import Urgency

from ..support.shipped import shipped_search, whole_library

NOW, TODAY, SOON, INFO = Urgency.NOW, Urgency.TODAY, Urgency.SOON, Urgency.INFO

SITUATIONS = [
    ("someone passed my nude round the year group", "image-shared", "passed-round", TODAY),
    ("my naked picture is on a website", "image-shared", "on-a-website", TODAY),
    (
        "i sent a nude and now i regret it",
        "sent-a-picture image-shared",
        "sent-and-regretted",
        SOON,
    ),
    ("i forwarded a nude that somebody sent me", "sent-a-picture", "passed-on", TODAY),
    ("he keeps asking me for a nude", "talking-to-someone sent-a-picture", "asked", SOON),
    ("pay up or they send my nude to everyone i know", "threatened", "sextortion", TODAY),
    ("my ex says he'll post my pictures if i leave", "threatened", "blackmail", TODAY),
    ("they say they'll beat me up after school", "threatened", "violence-later", TODAY),
    ("they kicked me out of the group chat", "bullied-online", "left-out", SOON),
    ("there is a fake profile with my name", "fake-account-or-hacked", "fake-account", SOON),
    ("someone made a deepfake nude of me", "image-shared", "faked", TODAY),
    (
        "a man from a game sends me presents and wants to meet",
        "talking-to-someone",
        "meeting-now",
        NOW,
    ),
    ("my older boyfriend gets me drunk for his friends", "exploited", "being-used", TODAY),
    ("my account was hacked", "fake-account-or-hacked", "hacked", SOON),
    ("i was tricked out of my skins in a game", "fake-account-or-hacked", "game-trick", SOON),
    ("i saw a really horrible video", "saw-something", "violent", SOON),
    ("i want to kill myself", "not-coping", "suicide-now", NOW),
    ("they abuse me online because of my religion", "hate", "attacked", TODAY),
    ("a group is trying to recruit me and talks of violence", "extremism", "drawn-in", TODAY),
    ("my boyfriend tracks where i am", "controlling-partner", "watched", SOON),
    ("i bullied someone and i feel awful", "i-did-something", "hurt-someone", SOON),
    ("i keep having sexual thoughts about children", "i-did-something", "sexual-worry", SOON),
    ("i'm scared for my friend, she hurts herself", "worried-about-a-friend", "friend-low", TODAY),
    ("I found naked pictures on my daughter's phone", "my-child", "found-on-phone", TODAY),
    ("a girl in my club has just told me she is abused", "staff-disclosure", "told-of-harm", TODAY),
    ("my ai friend says i should hurt myself", "not-coping saw-something", "chatbot", TODAY),
    (
        "i took my top off on a video chat and he recorded it",
        "talking-to-someone sent-a-picture threatened image-shared",
        "seen-on-camera",
        TODAY,
    ),
    (
        "someone asked me to put money through my bank account",
        "exploited fake-account-or-hacked",
        "account-used",
        TODAY,
    ),
]
"""What somebody says, the doors that are right, an ending, and how urgent it is at least. Those who
did something are two: one who hurt somebody, and one who fears their own thoughts."""


def told(doors: str, ending: str) -> list[Case]:
    """The cases that begin at one of these doors and come to this ending."""
    return [
        case
        for case in whole_library().cases.values()
        if case.tree in doors.split() and case.expect.outcome.rpartition("/")[2] == ending
    ]


def test_there_are_twenty_seven_of_them() -> None:
    assert len({said for said, *_ in SITUATIONS}) == len(SITUATIONS) == 27 + 1


@pytest.mark.parametrize(("said", "doors", "ending", "urgency"), SITUATIONS)
def test_its_words_find_a_door_that_leads_to_its_ending(
    said: str, doors: str, ending: str, urgency: Urgency
) -> None:
    assert shipped_search().find(said)[0].tree in doors.split()
    cases = told(doors, ending)
    assert cases
    assert max(case.expect.urgency or INFO for case in cases) >= urgency
