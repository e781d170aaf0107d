"""Writes libraries of any size, to measure ``check`` with and to prove what it can bear.

    .venv/bin/python benchmarks/libraries.py KIND N FOLDER [SEED]

The folder is a whole library of made-up words: ``fingerpost check --trees FOLDER --only``. The same
kind, size and seed always give the same bytes. The kinds, and what N counts:

topics      questions of many trees as an author writes them: ways that part and rejoin, doors
            between trees, shared facts, and conditional advice on every ending
ladder      questions of a ladder of diamonds: two ways past each rung, so that the paths are 2 to
            the power of its rungs, and a rule that reads everything known at its top
menu        answers of one question, and of a second one of which any number may be chosen
islands     questions, of which half are in islands that nothing leads to
three-sat   facts: a rule of a tree holds if and only if no answers to so many questions meet all
            of 4.3 times as many random clauses of three
ways-sat    facts: the same clauses, as a tree that asks again what it knows and so leads to an
            ending if and only if the clauses can be met

All kinds have the same shared words, routes in four nations and 20 rules that hold for everyone.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import TypeAlias

Files: TypeAlias = dict[str, str]
"""What each file of a library says, by its name in the folder."""

CLAUSES_PER_FACT = 4.3
"""Where random clauses of three are hardest: about half of such formulas can be met."""

SMALLEST = 10
"""The fewest questions of a library; the first eight of a tree may ask shared facts."""

_TREE = range(40, 121)  # questions of one topic
_FAMILY = 8  # topics that lead into one another
_LADDER_FILE = 4_000  # questions; a file has at most 200,000 values
_ISLAND = 10  # questions
_RUNG = 3  # questions: one that parts the way, and one on either side
_RECENT = 9  # facts of its own tree that an ending may read
_MOST_CASES = 5  # trees that have cases


# --- what every library has -----------------------------------------------------------------------

_QUESTIONS = """\
questions:
  teller:
    ask: Who is answering?
    why: So that the words and the help fit.
    answers:
      young-person: {say: "A young person. It is about me"}
      parent: {say: A parent or carer}
      staff: {say: "A worker, about a young person"}
  safe:
    ask: Is everyone safe right now?
    why: If anyone is in danger, that comes first.
    note: Hurt, missing or on the way to meet someone. All of these are a no.
    always-ask: true
    answers:
      yes: {say: "Yes, safe for now"}
      no: {say: "No, someone is in danger"}
      not-sure: {say: I'm not sure}
  age:
    ask: {young-person: "How old are you?", otherwise: "How old is the young person?"}
    why: Some help is only for people under 18.
    answers:
      under-13: {say: 12 or younger}
      13-15: {say: "13, 14 or 15"}
      16-17: {say: 16 or 17}
      18: {say: "18"}
      19-or-over: {say: 19 or older}
      not-sure: {say: "I'm not sure, or I'd rather not say"}
  nation:
    ask: Where in the UK is this?
    why: Some help is only in one nation.
    answers:
      england: {say: England}
      wales: {say: Wales}
      scotland: {say: Scotland}
      northern-ireland: {say: Northern Ireland}
      not-sure: {say: "I'm not sure, or I'd rather not say"}
  suicide:
    ask:
      young-person: Are you thinking about killing yourself?
      otherwise: Is the young person thinking about suicide?
    why: Lots of people have thoughts like this. Whatever you answer, there is help for it.
    note: Use the word. Stay with them, and listen.
    always-ask: true
    answers:
      plan: {say: "Yes, and there is a plan"}
      thoughts: {say: "Yes, but there is no plan"}
      no: {say: No}
      not-sure: {say: "I'm not sure, or nobody has asked"}
  picture:
    ask: What does the picture show?
    why: Some pictures need extra help to get taken down.
    note: Never ask to see it.
    answers:
      nude: {say: Someone with few or no clothes on}
      faked: {say: A fake that is made to look so}
      not-nude: {say: "Something embarrassing, but not that"}
      none: {say: There is no picture}
      not-sure: {say: "I'm not sure, or I'd rather not say"}
  suspect:
    ask: Who is the other person, as far as you know?
    why: It changes who can help.
    answers:
      young-person: {say: Someone under 18}
      adult: {say: Someone of 18 or over}
      parent-or-carer: {say: A parent or carer}
      the-lead: {say: The person whose job is to keep people safe here}
      online-only: {say: Someone only ever met online}
      not-sure: {say: "I'm not sure who it is, or how old"}
  where:
    ask: Which apps are part of this?
    why: Each app has its own way to report. Choose all that fit.
    many: true
    answers:
      photo-app: {say: An app for photos}
      video-app: {say: An app for videos}
      chat-app: {say: An app to chat}
      game-app: {say: A game}
      music-app: {say: An app for music}
      study-app: {say: An app for school}
      somewhere-else: {say: Somewhere else}
      nowhere-yet: {say: Nowhere yet, alone: true}
      not-sure: {say: I'm not sure, alone: true}
"""

_ADVICE = """\
sources:
  handbook: {title: A made-up handbook, publisher: The fingerpost authors, date: 2026}
advice:
  never-copy:
    dont: Don't save the picture, and don't show it to anyone.
    when: {picture: [nude, faked, not-sure]}
    source: handbook
  tell-an-adult:
    do: Tell one adult you trust today. You can show them this page.
    when: {teller: young-person, age: [under-13, 13-15, 16-17, not-sure]}
    unless: {suspect: [parent-or-carer, the-lead]}
  tell-lead:
    worker: Tell your safeguarding lead now, not at the end of the session.
    when: {teller: [young-person, staff]}
    unless: {suspect: the-lead}
  help-from-outside-home:
    do: Get help from outside the home. Use a phone that they do not check.
    when: {suspect: parent-or-carer}
  stay-with:
    do: Stay with them. Agree who will check on them tonight.
    when: {teller: [parent, staff]}
  own-words:
    do: Write down what was said in the same words. Put the day beside it.
  not-alone:
    know: You are not the only one. This happens to a lot of people.
  good-fit:
    know: There is help that fits you.
"""

_OUTCOMES = """\
outcomes:
  danger-now:
    title: Get safe first
    urgency: now
    open: Get safe first. All the rest can wait.
    advice:
      - dont: Don't go back to get things.
      - do: Stay on the line. They will tell you what to do next.
    needs: [emergency]
    worse: If it changes while you wait, ring {route:police-999} again.
  suicide-now:
    title: Stay with someone and get help now
    urgency: now
    open: Thank you for saying so. You do not have to do this on your own.
    advice:
      - use: never-copy
      - use: tell-lead
      - use: stay-with
    needs: [crisis-support, emergency]
    worse: If it changes while you wait, ring {route:police-999} again.
"""

_ALWAYS = """\
always:
  - when: {safe: [no, not-sure]}
    urgency: now
    advice:
      - do: Get to where other people are, then ring {route:police-999}.
    needs: [emergency]
  - when: {suicide: plan}
    urgency: now
    advice:
      - do: Ring {route:police-999} now. Have someone stay with you.
    needs: [emergency, crisis-support]
  - when: {suicide: not-sure}
    urgency: now
    advice:
      - do: If there may be a plan, ring {route:police-999} now.
    needs: [crisis-support, emergency]
  - when: {suicide: thoughts}
    urgency: today
    advice:
      - do: Don't be alone with these thoughts. Ring or text someone now.
    needs: [crisis-support]
  - when: {age: under-13, picture: [nude, faked, not-sure]}
    urgency: today
    needs: [child-protection]
  - when:
      age: [under-13, 13-15, 16-17, not-sure]
      suspect: [adult, parent-or-carer, the-lead, online-only, not-sure]
    urgency: today
  - when: {suspect: parent-or-carer}
    advice:
      - use: help-from-outside-home
  - when: {teller: staff}
    unless: {suspect: the-lead}
    needs: [safeguarding-lead]
  - when: {teller: staff, suspect: the-lead}
    urgency: today
    needs: [above-the-lead]
  - when: {teller: parent}
    needs: [help-for-parents]
  - when: {where: [photo-app, video-app, chat-app, game-app, music-app, study-app]}
    needs: [platform-report]
"""

_NEEDS = """\
needs:
  emergency: {say: In danger now}
  someone-to-talk-to: {say: Someone to talk to, live: true}
  crisis-support: {say: Help with thoughts of suicide, live: true}
  help-for-parents: {say: Help for parents and carers, live: true}
  help-for-staff: {say: Help for workers}
  take-down: {say: Getting a picture taken down}
  platform-report: {say: Reporting it in the app}
  police: {say: Telling the police}
  child-protection: {say: People who keep children safe}
  safeguarding-lead: {say: The safeguarding lead}
  above-the-lead: {say: Someone above the safeguarding lead}
  adult-image-help: {say: Help for adults about a picture}
  money-help: {say: Help with money}
  bullying-help: {say: Help with bullying}
  learn-more: {say: Finding out more}
"""

_OPENING = """\
opening:
  - unless: {teller: parent}
    say: If you are a worker, say first what stays private and what you must pass on.
"""

_WORDS = """\
words:
  phishing: A message that pretends to be from someone else, to get your password.
  grooming: When someone makes a young person trust them, so that they can use them.
  username: The name that an account has in an app.
"""

_RULES = """\
rules:
  danger-reaches-999:
    because: Someone who is not safe sees 999 before anything else.
    when: {safe: [no, not-sure]}
    must: {first: police-999, urgency: now}
  plan-is-an-emergency:
    because: A plan cannot wait.
    when: {suicide: [plan, not-sure]}
    must: {route: police-999, urgency: now}
  thoughts-reach-live-help:
    because: Someone who thinks of suicide is shown people who answer now.
    when: {suicide: [plan, thoughts, not-sure]}
    must: {need: crisis-support, urgency: today}
  no-adult-tools-for-children:
    because: This tool is for adults, and turns children away.
    when: {age: [under-13, 13-15, 16-17, not-sure]}
    never: {route: adult-remove}
  no-adult-help-for-children:
    because: Children are helped by others.
    when: {age: [under-13, 13-15, 16-17, not-sure]}
    never: {need: adult-image-help}
  pictures-are-never-copied:
    because: A copy is a second harm.
    when: {picture: [nude, faked, not-sure]}
    must: {advice: never-copy}
  young-children-reach-child-protection:
    because: It is always passed on.
    when: {age: under-13, picture: [nude, faked, not-sure]}
    must: {need: child-protection, urgency: today}
  adults-behind-it-are-for-today:
    because: A child is not left with it for a night.
    when:
      age: [under-13, 13-15, 16-17, not-sure]
      suspect: [adult, parent-or-carer, the-lead, online-only, not-sure]
    must: {urgency: today}
  workers-tell-someone:
    because: No worker carries this alone.
    when: {teller: staff}
    must: {need: [safeguarding-lead, above-the-lead]}
  lead-not-shown-where-lead-is-the-worry:
    because: The person it is about must not hear of it first.
    when: {suspect: the-lead}
    never: {route: safeguarding-lead, advice: tell-lead}
  someone-above-is-shown:
    because: A worker who cannot go to the lead must see where else to go.
    when: {teller: staff, suspect: the-lead}
    must: {route: above-the-lead, urgency: today}
  home-is-not-told:
    because: It can make things worse.
    when: {suspect: parent-or-carer}
    must: {advice: help-from-outside-home}
    never: {advice: tell-an-adult}
  workers-are-not-told-to-tell-an-adult:
    because: They are one.
    when: {teller: staff}
    never: {advice: tell-an-adult}
  parents-are-helped:
    because: They need someone too.
    when: {teller: parent}
    must: {need: help-for-parents}
  parents-see-no-line-for-workers:
    because: It turns parents away.
    when: {teller: parent}
    never: {route: worker-line}
  everyone-can-talk-to-someone:
    because: Nobody is left with a form.
    when: {teller: [young-person, parent, staff]}
    must: {need: [someone-to-talk-to, crisis-support, emergency]}
  adults-see-no-line-for-children:
    because: It turns adults away.
    when: {age: 19-or-over}
    never: {route: young-line}
  police-in-scotland-are-their-own:
    because: The number is the same, and who answers is not.
    when: {nation: scotland}
    never: {route: police-101}
  councils-stay-at-home:
    because: A council in England helps nobody elsewhere.
    when: {nation: [wales, scotland, northern-ireland, not-sure]}
    never: {route: council-england}
  apps-are-told:
    because: The app can stop it.
    when: {where: [photo-app, chat-app]}
    must: {need: platform-report}
"""

_EVERY = "all"
_ANYWHERE = "[england, wales, scotland, northern-ireland, not-sure]"
_UNDER_18 = "[under-13, 13-15, 16-17, not-sure]"
_TO_18 = "[under-13, 13-15, 16-17, 18, not-sure]"
_ADULT = "[18, 19-or-over]"
_ANY_HOUR = "24/7"
_OFFICE = "Mo-Fr 09:00-17:00; PH off"


@dataclass(frozen=True, slots=True)
class _Route:
    """A made-up service. ``more`` are further keys, as they are written in a flow mapping.

    Whom it serves, it is offered to: each of the three that is not everyone becomes a condition.
    """

    name: str
    title: str
    serves: str
    ages: str = _EVERY
    nations: str = _EVERY
    tellers: str = _EVERY
    more: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        terms = {"age": self.ages, "nation": self.nations, "teller": self.tellers}
        when = ", ".join(f"{fact}: {served}" for fact, served in terms.items() if served != _EVERY)
        nations = _ANYWHERE if self.nations == _EVERY else self.nations
        yield f"  {self.name}:"
        yield f"    name: {self.title}"
        yield f"    serves: [{self.serves}]"
        yield f"    contract: {{ages: {self.ages}, nations: {nations}, tellers: {self.tellers}}}"
        if when:
            yield f"    when: {{{when}}}"
        yield from (f"    {line}" for line in self.more)
        yield "    expect: Someone listens first. Then they ask what would help."
        yield '    source: {url: "https://www.example.org", seen: 2026-10}'
        yield "    confidence: high"


def _rings(number: str, hours: str = _ANY_HOUR) -> tuple[str, ...]:
    return (f'phone: "{number}"', f'hours: {{phone: "{hours}"}}', "cost: Free from most phones")


def _opens(path: str) -> tuple[str, ...]:
    return (f"web: https://www.example.org/{path}",)


_UK = (
    _Route("police-999", "Emergency services", "emergency", more=("fixed: true", *_rings("999"))),
    _Route("night-line", "Lantern", "someone-to-talk-to, crisis-support", more=_rings("116 123")),
    _Route(
        *("young-line", "Skylark", "someone-to-talk-to, crisis-support", _TO_18),
        more=("fixed: true", *_rings("0800 1111")),
    ),
    _Route(
        *("text-line", "Pebble", "someone-to-talk-to, crisis-support"),
        more=('text: [{to: "85258", send: PEBBLE}]', 'hours: {text: "24/7"}'),
    ),
    _Route("young-chat", "Skylark Chat", "someone-to-talk-to", _TO_18, more=_opens("chat")),
    _Route(
        *("youth-hub", "Youth Hub", "someone-to-talk-to"),
        *("[13-15, 16-17, 18, not-sure]", "[england, wales, scotland]"),
        more=_opens("hub"),
    ),
    _Route("young-remove", "Sparrow Remove", "take-down", _UNDER_18, more=_opens("young-remove")),
    _Route("adult-remove", "Heron Remove", "take-down", _ADULT, more=_opens("adult-remove")),
    _Route("web-remove", "Swift Remove", "take-down", more=_opens("web-remove")),
    _Route(
        *("adult-line", "Heron Line", "adult-image-help", _ADULT),
        more=_rings("0345 600 0459", _OFFICE),
    ),
    _Route(
        *("safeguarding-lead", "Your own safeguarding lead", "safeguarding-lead"),
        more=("unless: {suspect: the-lead}",),
    ),
    _Route("above-the-lead", "Whoever is above the lead", "above-the-lead"),
    _Route(
        *("parent-line", "Robin Parents", "help-for-parents", _EVERY, _EVERY, "[parent]"),
        more=_rings("0808 802 5544", _OFFICE),
    ),
    _Route(
        *("worker-line", "Robin Workers", "help-for-staff", _EVERY, _EVERY, "[staff]"),
        more=_rings("0344 381 4772", _OFFICE),
    ),
    _Route("worker-help", "The handbook for workers", "help-for-staff", more=_opens("workers")),
    _Route("police-101", "The local police", "police", more=('phone: "101"',)),
    _Route("council-any", "The council", "child-protection", more=_opens("council")),
    _Route("money-line", "Magpie Money", "money-help", more=_rings("0800 138 1111", _OFFICE)),
    _Route("bully-line", "Wren", "bullying-help", more=_rings("0300 323 0169", _OFFICE)),
    _Route("learn-site", "A page to read", "learn-more", more=_opens("learn")),
    _Route("app-any", "The app itself", "platform-report", more=_opens("apps")),
)

_NATIONS = {
    "england": ("Thrush", "111"),
    "wales": ("Kite", "0800 132 737"),
    "scotland": ("Osprey", "0800 83 85 87"),
    "northern-ireland": ("Linnet", "0808 808 8000"),
}

_OWN_POLICE = ("scotland", "northern-ireland")

_APPS = ("photo", "video", "chat", "game", "music", "study")


def _of_nation(nation: str) -> Iterator[_Route]:
    """The council, the line for a crisis and, where they have a name of their own, the police."""
    bird, number = _NATIONS[nation]
    here = f"[{nation}]"
    stands_in = f"instead: council-any\n    web: https://www.example.org/{nation}"
    yield _Route(
        f"council-{nation}", f"{bird} Council", "child-protection", _EVERY, here, more=(stands_in,)
    )
    yield _Route(
        f"crisis-{nation}", f"{bird} Line", "crisis-support", _EVERY, here, more=_rings(number)
    )
    if nation in _OWN_POLICE:
        police = ("instead: police-101", *_rings("101"))
        yield _Route(f"police-{nation}", f"{bird} Police", "police", _EVERY, here, more=police)


def _of_app(app: str) -> _Route:
    how = (
        f"when: {{where: {app}-app}}",
        "instead: app-any",
        "steps:",
        "  - Write down the name of the account first.",
        "  - Press and hold the message, then tap Report.",
    )
    return _Route(f"{app}-report", f"Report in the {app} app", "platform-report", more=how)


def _routes(found: Iterable[_Route]) -> str:
    return _lines("routes:", *(line for route in found for line in route.lines()))


def _common() -> Files:
    """The files that are the same in every library."""
    return {
        "shared/questions.yaml": _QUESTIONS,
        "shared/advice.yaml": _ADVICE,
        "shared/outcomes.yaml": _OUTCOMES,
        "shared/always.yaml": _ALWAYS,
        "shared/needs.yaml": _NEEDS,
        "shared/opening.yaml": _OPENING,
        "shared/words.yaml": _WORDS,
        "rules.yaml": _RULES,
        "routes/uk.yaml": _routes(_UK),
        **{f"routes/{nation}.yaml": _routes(_of_nation(nation)) for nation in _NATIONS},
        "routes/platforms.yaml": _routes(map(_of_app, _APPS)),
    }


def _lines(*lines: str) -> str:
    return "\n".join((*lines, ""))


# --- words ----------------------------------------------------------------------------------------

_THINGS = (
    *("chat", "game", "group", "message", "video", "post", "account", "phone", "page", "call"),
    *("song", "story", "joke", "list", "photo", "comment", "link", "gift", "film", "note"),
)
_PLACES = ("school", "club", "home", "park", "bus", "band", "team", "shop", "class", "hall")

_ASKED = {
    "who": (
        ("Who is behind the {thing}?", "Who told you about the {thing}?", "Who sent the {thing}?"),
        {
            "friend": "A friend",
            "classmate": "Someone from school",
            "family": "Someone in the family",
            "stranger": "Someone I don't know",
        },
    ),
    "when": (
        ("When did the {thing} start?", "When did the {place} hear of it?"),
        {
            "today": "Today",
            "this-week": "In the last few days",
            "this-month": "In the last few weeks",
            "long-ago": "Longer ago than that",
        },
    ),
    "often": (
        ("How often does the {thing} come up?", "How often is it about the {place}?"),
        {"once": "Only once", "sometimes": "Now and then", "daily": "Nearly every day"},
    ),
    "knows": (
        ("Who knows about the {thing}?", "Who at the {place} has seen the {thing}?"),
        {
            "nobody": "Nobody yet",
            "one-friend": "One friend",
            "an-adult": "An adult",
            "lots": "A lot of people",
        },
    ),
    "wants": (
        ("What do they want for the {thing}?", "What do they want at the {place}?"),
        {"money": "Money", "secret": "To keep it secret", "meet": "To meet", "nothing": "Nothing"},
    ),
    "still": (
        ("Is the {thing} still there?", "Can people at the {place} still see the {thing}?"),
        {"yes": "Yes", "no": "No, it has gone"},
    ),
    "feels": (
        ("How does the {thing} make you feel?", "What is it like at the {place} now?"),
        {"fine": "Mostly fine", "worried": "A bit worried", "scared": "Scared", "angry": "Angry"},
    ),
}
"""For each kind of question, how it may be asked and its answers; “not sure” comes after them."""

_WHYS = (
    "It changes what to do about the {thing}.",
    "What helps most is different for each.",
    "Some people at the {place} can help with this.",
    "It tells us how soon to act.",
)
_NOTES = (
    "Let them tell it in their own words.",
    "Do not ask to see the {thing}.",
    "If two fit, choose the one that is higher up.",
)
_TITLES = ("Sort out the {thing}", "What to do about the {thing}", "After the {thing}")
_OPENS = (
    "Thank you for telling me about the {thing}.",
    "It was right to say so. The {thing} can be sorted out.",
    "This is not your fault. There is a way out.",
)
_DOS = (
    "Write down who has the {thing}, and when. Words only.",
    "Leave the {thing} alone for today.",
    "Make a plan for tomorrow at the {place}.",
    "Ask someone at the {place} to go with you.",
    "Change the password before you go back to the {thing}.",
    "Write down the {{{{username}}}} that is behind the {thing}.",
)
_DONTS = (
    "Don't reply about the {thing}.",
    "Don't go looking for who began it.",
    "Don't meet anyone at the {place} about this.",
    "Don't pay for the {thing}.",
)
_KNOWS = (
    "A lot of people have had trouble with a {thing}.",
    "The people at the {place} have seen this before.",
    "A {thing} like this may be {{{{phishing}}}}.",
    "You can change your mind about the {thing}.",
)
_WORKERS = (
    "Tell the team at the {place} before you go home.",
    "Stay with them while they think about the {thing}.",
    "Do not promise to keep the {thing} a secret.",
)
_BECAUSES = ("It can stop the {thing}.", "They know what to do at the {place}.")
_WORSES = (
    "If the {thing} starts again, come back to this page.",
    "If someone asks for money, tell an adult you trust.",
)
_SHARED_LINES = ("tell-an-adult", "tell-lead", "stay-with", "own-words", "not-alone")
_FOR_ALL = ("take-down", "police", "child-protection", "money-help", "bullying-help", "learn-more")
_FOR_SOME = {
    "adult-image-help": "{age: [18, 19-or-over]}",
    "help-for-parents": "{teller: parent}",
    "help-for-staff": "{teller: staff}",
}
_NOT_SURE = "not-sure"
_IS_NOT_SURE = "I'm not sure"


# --- steps ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Asked:
    """A fact that was asked on the way, and those of its values that lead on from there.

    Facts of one ``part`` may shut one another out; of different parts any values may meet.
    """

    fact: str
    values: tuple[str, ...]
    part: int


@dataclass(slots=True)
class _Draft:
    """A tree that is being written, in made-up words."""

    name: str
    random: Random
    facts: tuple[_Asked, ...] = ()
    unread: set[str] = field(default_factory=set)
    ways: dict[str, dict[str, str]] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)

    def text(self) -> str:
        """The file."""
        rules = ("", "rules:", *self.rules) if self.rules else ()
        return _lines(
            "fingerpost: 1",
            f"title: {self.words(_TITLES)}",
            f"about: Something has happened with the {self.random.choice(_THINGS)}.",
            "review-by: 2027-05-24",
            "sources:",
            "  guide: {title: A made-up guide, publisher: The fingerpost authors, date: 2026}",
            f"start: {_FIRST[0]}",
            *("", "questions:", *self.questions),
            *("", "outcomes:", *self.outcomes),
            *rules,
        )

    def words(self, templates: Sequence[str]) -> str:
        """One of these sentences, about something."""
        thing, place = self.random.choice(_THINGS), self.random.choice(_PLACES)
        return self.random.choice(templates).format(thing=thing, place=place)

    def use(self, fact: str, goto: str | dict[str, str], values: Sequence[str] = ()) -> None:
        """A question in shared words."""
        way = goto if isinstance(goto, str) else _flow(goto)
        self.questions.append(f"  {fact}: {{use: {fact}, goto: {way}}}")
        self.ways[fact] = {v: goto if isinstance(goto, str) else goto[v] for v in values}

    def ask(
        self,
        name: str,
        asks: Sequence[str],
        says: Mapping[str, str],
        goto: Mapping[str, str],
        *,
        many: bool = False,
    ) -> None:
        """A question in words of its own. Where all answers lead one way, it says so once."""
        random, one_way = self.random, len(set(goto.values())) == 1
        self.questions.append(f"  {name}:")
        self.questions.append(f"    ask: {self.words(asks)}")
        if random.random() < 0.6:
            self.questions.append(f"    why: {self.words(_WHYS)}")
        if random.random() < 0.3:
            self.questions.append(f"    note: {self.words(_NOTES)}")
        if many:
            self.questions.append("    many: true")
        self.questions.append("    answers:")
        for value, say in says.items():
            alone = ", alone: true" if many and value == _NOT_SURE else ""
            way = "" if one_way else f", goto: {goto[value]}"
            self.questions.append(f'      {value}: {{say: "{say}"{alone}{way}}}')
        if one_way:
            self.questions.append(f"    goto: {next(iter(goto.values()))}")
        self.ways[name] = dict(goto)

    def shared_ending(self, name: str, say: str, goto: str, sets: str = "") -> None:
        """An ending in shared words, with a way on."""
        settled = f", sets: {sets}" if sets else ""
        self.outcomes.append(f"  {name}:")
        self.outcomes.append(f"    use: {name}")
        self.outcomes.append(f"    carry-on: {{say: {say}, goto: {goto}{settled}}}")

    def end(self, name: str, facts: Sequence[_Asked], needs: Sequence[str] = ()) -> str:
        """An ending with lines that are shown by what was asked on the way; gives its name."""
        random, lines = self.random, self.outcomes
        lines.append(f"  {name}:")
        lines.append(f"    title: {self.words(_TITLES)}")
        lines.append(f"    urgency: {random.choice(('today', 'soon', 'soon', 'info'))}")
        if random.random() < 0.3:
            lines.append("    open:")
            lines.append(f"      young-person: {self.words(_OPENS)}")
            lines.append("      otherwise: Thank them for telling you. Say it is not their fault.")
        else:
            lines.append(f"    open: {self.words(_OPENS)}")
        lines.append("    advice:")
        lines.append("      - use: never-copy")
        lines.append(f"      - do: {self.words(_DOS)}")
        lines.append("        source: guide")
        for kind, templates in (("do", _DOS), ("dont", _DONTS), ("know", _KNOWS)):
            lines.append(f"      - {kind}: {self.words(templates)}")
            lines.append(f"        when: {self.when(facts)}")
        lines.append(f"      - worker: {self.words(_WORKERS)}")
        lines += (f"      - use: {line}" for line in random.sample(_SHARED_LINES, 2))
        lines.append("    needs:")
        lines += (f"      - {need}" for need in ("someone-to-talk-to", *needs))
        always, sometimes = random.sample(_FOR_ALL, 2)
        lines.append(f"      - {always}")
        lines.append(f"      - need: {sometimes}")
        lines.append(f"        because: {self.words(_BECAUSES)}")
        for_need = [each for each in facts if each.fact not in _NOT_OF_NEEDS]
        lines.append(f"        when: {self.when(for_need, most=1)}")
        some = random.choice(tuple(_FOR_SOME))
        lines.append(f"      - {{need: {some}, when: {_FOR_SOME[some]}}}")
        if random.random() < 0.5:
            lines.append(f"    worse: {self.words(_WORSES)}")
        return name

    def advise(self, ending: str, lines: Sequence[str]) -> None:
        """Put lines of advice before those of an ending."""
        at = self.outcomes.index("    advice:", self.outcomes.index(f"  {ending}:")) + 1
        self.outcomes[at:at] = lines

    def when(self, facts: Sequence[_Asked], most: int = 3) -> str:
        """A condition on up to ``most`` of these facts, which some meet and mostly not all.

        Facts that nothing has read come first: to ask for what changes nothing is a mistake.
        """
        random = self.random
        unread = [asked for asked in facts if asked.fact in self.unread]
        many = most if len(unread) > most else random.randint(1, most)
        by_part: dict[int, _Asked] = {}
        for asked in (*random.sample(unread, len(unread)), *random.sample(facts, len(facts))):
            if len(by_part) < many:
                by_part.setdefault(asked.part, asked)
        self.unread -= {asked.fact for asked in by_part.values()}
        return _flow({each.fact: self._wanted(each) for each in by_part.values()})

    def _wanted(self, asked: _Asked) -> str:
        if asked.fact in _GROUPS:
            return self.random.choice(_GROUPS[asked.fact])
        many = self.random.randint(1, max(1, len(asked.values) - 1))
        chosen = set(self.random.sample(asked.values, many))
        return f"[{', '.join(value for value in asked.values if value in chosen)}]"


def _flow(mapping: Mapping[str, str]) -> str:
    return f"{{{', '.join(f'{key}: {value}' for key, value in mapping.items())}}}"


_YES_NO = ("yes", "no", _NOT_SURE)
_YES_OR_NOT_SURE = ("yes", _NOT_SURE)

_SHARED_FACTS = {
    "teller": ("young-person", "parent", "staff"),
    "safe": _YES_NO,
    "age": ("under-13", "13-15", "16-17", "18", "19-or-over", _NOT_SURE),
    "nation": (*_NATIONS, _NOT_SURE),
    "suicide": ("plan", "thoughts", "no", _NOT_SURE),
    "picture": ("nude", "faked", "not-nude", "none", _NOT_SURE),
    "suspect": ("young-person", "adult", "parent-or-carer", "the-lead", "online-only", _NOT_SURE),
    "where": (*(f"{app}-app" for app in _APPS), "somewhere-else", "nowhere-yet", _NOT_SURE),
}

_GROUPS = {
    "teller": ("young-person", "[parent, staff]", "staff"),
    "age": (_UNDER_18, _ADULT, "under-13"),
    "nation": ("scotland", "[england, wales]", "northern-ireland"),
    "suicide": ("[thoughts, not-sure]",),
    "picture": ("[nude, faked, not-sure]", "not-nude"),
    "suspect": ("[adult, online-only, not-sure]", "young-person"),
    "where": ("photo-app", "[chat-app, game-app]"),
}
"""The values of shared facts that authors name together."""

_NOT_OF_NEEDS = ("nation", "suicide", "suspect", "where")
"""Shared facts by which trees tell lines apart, and not needs: routes do."""

_FIRST = ("teller", "safe", "age", "nation", "suicide")
_LATER = ("picture", "suspect", "where")


def _begin(draft: _Draft, later: Sequence[str], goto: str) -> None:
    """The questions that every tree begins with, then these, and the ways out of danger."""
    facts = (*_FIRST, *later)
    for fact, onward in zip(facts, (*facts[1:], goto), strict=True):
        values = _SHARED_FACTS[fact]
        ways: str | dict[str, str] = onward
        if fact == "safe":
            ways = {"yes": onward, "no": "danger-now", _NOT_SURE: "danger-now"}
        elif fact == "suicide":
            ways = {"plan": "suicide-now", **dict.fromkeys(values[1:], onward)}
        draft.use(fact, ways, values)
    after_suicide = (*facts, goto)[len(_FIRST)]
    draft.shared_ending("danger-now", "Everyone is safe now", "age", "{safe: yes}")
    draft.shared_ending("suicide-now", "Someone is with us. Go on", after_suicide)
    free = (fact for fact in facts if fact != "safe")
    draft.facts = tuple(_Asked(fact, _SHARED_FACTS[fact], -n) for n, fact in enumerate(free, 1))


# --- topics ---------------------------------------------------------------------------------------


def topics(size: int, seed: str = "1") -> Files:
    """Trees as an author writes them, with ``size`` questions in all."""
    return _library(_topics(size, seed))


def _library(trees: Sequence[_Draft]) -> Files:
    return {
        **_common(),
        **{f"{draft.name}.yaml": draft.text() for draft in trees},
        "cases/topics.yaml": _cases(trees[:_MOST_CASES]),
    }


def _topics(size: int, seed: str) -> list[_Draft]:
    sizes = _sizes(size, Random(f"{seed} sizes"))
    drafts: dict[int, _Draft] = {}
    # From the last to the first: doors lead only to later trees, so that there is no circle.
    for number in reversed(range(len(sizes))):
        family = range(number + 1, min(len(sizes), (number // _FAMILY + 1) * _FAMILY))
        behind = [drafts[other] for other in family]
        drafts[number] = _Topic(number, sizes[number], Random(f"{seed} {number}"), behind).write()
    return [drafts[number] for number in range(len(sizes))]


def _sizes(size: int, random: Random) -> list[int]:
    """How many questions each tree has."""
    sizes: list[int] = []
    left = size
    while left > _TREE[-1]:
        # What is left over has to make a tree as well.
        sizes.append(min(random.choice(_TREE), left - _TREE[0]))
        left -= sizes[-1]
    return [*sizes, left]


class _Topic:
    """Writes one topic: parts one after the other, each of which all who go on come out of."""

    def __init__(self, number: int, size: int, random: Random, behind: Sequence[_Draft]) -> None:
        self.number = number
        self.random = random
        self.behind = behind
        self.draft = _Draft(f"topic-{number:03}", random)
        self.named = 0
        self.known: list[_Asked] = []
        # The first tree asks all that a rule reads, so that no rule is about nobody.
        self.later = [fact for fact in _LATER if number == 0 or random.random() < 0.4]
        self.parts = self._parts(size - len(_FIRST) - len(self.later))

    def write(self) -> _Draft:
        """The tree."""
        entries = self.draft.entries = [self._name() for _ in self.parts]
        _begin(self.draft, self.later, entries[0])
        for number, size in enumerate(self.parts[:-1]):
            write = self._single if size == 1 else self._fork
            part = _Part(number, size, entries[number], entries[number + 1], self._facts())
            asked = write(part)
            self.known += asked
            self.draft.unread |= {each.fact for each in asked}
        self._menu(entries[-1], self._facts())
        return self.draft

    def _facts(self) -> tuple[_Asked, ...]:
        """What the next ending may read: shared facts, recent ones, and what nothing has read."""
        earlier, recent = self.known[:-_RECENT], self.known[-_RECENT:]
        unread = (asked for asked in earlier if asked.fact in self.draft.unread)
        return (*self.draft.facts, *unread, *recent)

    def _parts(self, questions: int) -> list[int]:
        """How many questions each part has; the last is a menu, which is one."""
        parts: list[int] = []
        left = questions - 1
        while left:
            parts.append(min(left, self.random.choice((1, 1, 1, 4, 5, 6))))
            left -= parts[-1]
        return [*parts, 1]

    def _name(self, stem: str = "") -> str:
        """A new name, by which no other step or fact of the library is called."""
        self.named += 1
        return f"{stem or self.random.choice(tuple(_ASKED))}-{self.number}-{self.named}"

    def _single(self, part: _Part) -> list[_Asked]:
        """A question that everyone is asked. Some leave by it, or many answers may be chosen."""
        asks, says = _asked(part.entry)
        goto = dict.fromkeys(says, part.onward)
        kind = self.random.choice(("leave", "many", "", ""))
        if kind == "leave":
            goto[next(iter(says))] = self.draft.end(self._name("end"), part.facts)
        self.draft.ask(part.entry, asks, says, goto, many=kind == "many")
        on = tuple(value for value in says if goto[value] == part.onward)
        return [_Asked(part.entry, on, part.number)]

    def _fork(self, part: _Part) -> list[_Asked]:
        """A question at which the ways part. Most meet again; one may leave."""
        asks, says = _asked(part.entry)
        *branching, last, _ = says
        goto = dict.fromkeys(says, part.onward)
        names = [self._name() for _ in range(part.size - 1)]
        for number, value in enumerate(branching):
            branch = [*names[number :: len(branching)], part.onward]
            goto[value] = branch[0]
            for name, onward in pairwise(branch):
                inner_asks, inner_says = _asked(name)
                self.draft.ask(name, inner_asks, inner_says, dict.fromkeys(inner_says, onward))
        leaves = self.random.random() < 0.8
        if leaves:
            goto[last] = self._way_out(part.facts)
        self.draft.ask(part.entry, asks, says, goto)
        on = tuple(value for value in says if not (leaves and value == last))
        inner = (_Asked(name, tuple(_asked(name)[1]), part.number) for name in names)
        return [_Asked(part.entry, on, part.number), *inner]

    def _way_out(self, facts: Sequence[_Asked]) -> str:
        """A door into another tree, or an ending."""
        if self.behind and self.random.random() < 0.4:
            other = self.random.choice(self.behind)
            step = self.random.choice(other.entries) if self.random.random() < 0.25 else ""
            return f"{other.name}/{step}"
        return self.draft.end(self._name("end"), facts)

    def _menu(self, name: str, facts: Sequence[_Asked]) -> None:
        """The last question: many answers, and several endings."""
        endings = [self.draft.end(self._name("end"), facts) for _ in range(4)]
        things = self.random.sample(_THINGS, self.random.randint(8, 12))
        says = {**{thing: f"The {thing}, mostly" for thing in things}, _NOT_SURE: _IS_NOT_SURE}
        goto = {value: endings[number % len(endings)] for number, value in enumerate(says)}
        self.draft.ask(name, ("What is it about?",), says, goto)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a topic: its place, its questions, the first of them, where those who go on come
    out, and the facts that are known to some who come in."""

    number: int
    size: int
    entry: str
    onward: str
    facts: Sequence[_Asked]


def _asked(name: str) -> tuple[Sequence[str], Mapping[str, str]]:
    """The words of a question of this name, and of its answers."""
    asks, says = _ASKED[name.partition("-")[0]]
    return asks, {**says, _NOT_SURE: _IS_NOT_SURE}


def _cases(trees: Iterable[_Draft]) -> str:
    """For each tree somebody in danger, and somebody who always gives the first answer."""
    lines = ["cases:"]
    for draft in trees:
        answers, ending = _first_answers(draft)
        lines += [
            f"  danger-in-{draft.name}:",
            f"    tree: {draft.name}",
            "    story: A worker rings. The young person is on the way to meet someone.",
            "    answers: {teller: staff, safe: no}",
            "    expect: {outcome: danger-now, urgency: now, routes: [police-999]}",
            f"  first-in-{draft.name}:",
            f"    tree: {draft.name}",
            "    story: A young person stays behind and asks what to do.",
            f"    answers: {_flow(answers)}",
            f"    expect: {{outcome: {ending}, routes: [night-line], never: [council-scotland]}}",
        ]
    return _lines(*lines)


def _first_answers(draft: _Draft) -> tuple[dict[str, str], str]:
    """The first answers that stay in the tree and out of danger, and the ending they lead to."""
    answers: dict[str, str] = {}
    step = _FIRST[0]
    while step in draft.ways:
        ways = {v: w for v, w in draft.ways[step].items() if "/" not in w and w != "suicide-now"}
        value, onward = next(iter(ways.items()))
        answers[step] = value
        step = onward
    return answers, step


# --- a ladder -------------------------------------------------------------------------------------


def ladder(size: int, seed: str = "1") -> Files:
    """Diamonds one after the other, in several files, with ``size`` questions in all."""
    files = -(-size // _LADDER_FILE)
    shares = [size // files + (number < size % files) for number in range(files)]
    drafts = [_ladder(n, share, n + 1 == files, seed) for n, share in enumerate(shares)]
    return {**_common(), **{f"{draft.name}.yaml": draft.text() for draft in drafts}}


def _ladder(number: int, size: int, is_last: bool, seed: str) -> _Draft:
    """One file. Who is not sure beside a rung leaves; the last of the file leads further."""
    draft = _Draft(f"ladder-{number}", Random(f"{seed} {number}"))
    rungs, spare = divmod(size - len(_FIRST) - len(_LATER) - 1, _RUNG)
    entries = [f"rung-{number}-{rung}" for rung in range(rungs + spare + 1)]
    top, out = f"top-{number}", f"out-{number}"
    _begin(draft, _LATER, entries[0])
    for rung, (entry, onward) in enumerate(pairwise(entries)):
        if rung < rungs:
            left, right = f"left-{number}-{rung}", f"right-{number}-{rung}"
            _rung(draft, entry, left, right)
            _rung(draft, left, onward, out)
            _rung(draft, right, onward, out)
        else:
            _rung(draft, entry, onward, out)
    further = f"ladder-{number + 1}/rung-{number + 1}-0"
    _rung(draft, entries[-1], top if is_last else further, out)
    draft.end(out, (*draft.facts, _Asked(entries[0], _YES_OR_NOT_SURE, 0)))
    if is_last:
        draft.end(top, draft.facts)
        _a_line_that_fits(draft, top, entries[-1])
    return draft


def _rung(draft: _Draft, name: str, yes: str, not_sure: str) -> None:
    """A question in one line: a ladder of many has to fit into few files."""
    asks, _ = _ASKED["still"]
    ask = draft.words(asks)
    answers = (
        f"yes: {{say: Yes, goto: {yes}}}, {_NOT_SURE}: {{say: {_IS_NOT_SURE}, goto: {not_sure}}}"
    )
    draft.questions.append(f"  {name}: {{ask: {ask}, answers: {{{answers}}}}}")


def _a_line_that_fits(draft: _Draft, ending: str, last: str) -> None:
    """A rule that all who come up from the last rung see a line, which stands there once for each
    value of four facts: to prove it in one go, all four have to be known on the whole way."""
    fits = [
        f"      - {{use: good-fit, when: {{{fact}: {value}}}}}"
        for fact in ("teller", "age", "nation", "suicide")
        for value in _SHARED_FACTS[fact]
    ]
    draft.advise(ending, fits)
    draft.rules += [
        "  everyone-sees-a-line-that-fits:",
        "    because: The help is for everyone.",
        f"    when: {{{last}: yes}}",
        "    must: {advice: good-fit}",
    ]


# --- a wide menu ----------------------------------------------------------------------------------


def menu(size: int, seed: str = "1") -> Files:
    """Two questions of ``size`` answers: of the first any number may be chosen, and one in ten of
    them has a route of its own; the second leads to as many endings as the root of ``size``."""
    draft = _Draft("menu", Random(seed))
    _begin(draft, _LATER, "sites")
    sites = [f"site-{number}" for number in range(size)]
    draft.use("sites", "which")
    facts = (*draft.facts, _Asked("sites", tuple(sites), 0))
    endings = [draft.end(f"end-{n}", facts, ("platform-report",)) for n in range(int(size**0.5))]
    says = {f"kind-{n}": f"Something like kind-{n}" for n in range(size - 1)}
    says[_NOT_SURE] = _IS_NOT_SURE
    goto = {value: endings[n % len(endings)] for n, value in enumerate(says)}
    draft.ask("which", ("What is it about?",), says, goto)
    shared = [
        "  sites:",
        "    ask: Which sites are part of this?",
        "    many: true",
        "    answers:",
        *(f"      {site}: {{say: The one that is called {site}}}" for site in sites),
        f"      {_NOT_SURE}: {{say: {_IS_NOT_SURE}, alone: true}}",
    ]
    files = _common()
    files["menu.yaml"] = draft.text()
    files["shared/questions.yaml"] += _lines(*shared)
    files["routes/sites.yaml"] = _routes(map(_of_site, sites[::10]))
    return files


def _of_site(site: str) -> _Route:
    how = (f"when: {{sites: {site}}}", "instead: app-any", *_opens(site))
    return _Route(f"{site}-report", f"Report on {site}", "platform-report", more=how)


# --- islands --------------------------------------------------------------------------------------


def islands(size: int, seed: str = "1") -> Files:
    """Topics, and in their files as many questions again that nothing leads to."""
    lost = min(size // 2, size - SMALLEST)
    trees = _topics(size - lost, seed)
    for number in range(-(-lost // _ISLAND)):
        many = min(_ISLAND, lost - number * _ISLAND)
        _island(trees[number % len(trees)], number, many)
    return _library(trees)


def _island(draft: _Draft, number: int, size: int) -> None:
    """Questions one after the other with an ending, to the first of which nothing leads."""
    stems = draft.random.choices(tuple(_ASKED), k=size)
    names = [f"{stem}-lost-{number}-{n}" for n, stem in enumerate(stems)]
    facts: list[_Asked] = []
    for name, onward in zip(names, (*names[1:], f"lost-{number}"), strict=True):
        asks, says = _asked(name)
        draft.ask(name, asks, says, dict.fromkeys(says, onward))
        facts.append(_Asked(name, tuple(says), len(facts)))
    draft.end(f"lost-{number}", facts)


# --- clauses --------------------------------------------------------------------------------------

Literal: TypeAlias = tuple[int, bool]
"""A fact by its number, and whether it is to be answered with yes."""


def clauses(size: int, seed: str = "1") -> list[tuple[Literal, ...]]:
    """Random clauses of three facts; one is met where one of its literals is."""
    random = Random(f"{seed} clauses")
    return [
        tuple((fact, random.random() < 0.5) for fact in sorted(random.sample(range(size), 3)))
        for _ in range(round(size * CLAUSES_PER_FACT))
    ]


def three_sat(size: int, seed: str = "1") -> Files:
    """An ending with a line for each clause, shown to whoever does not meet it, and a rule that
    everyone sees one."""
    draft = _Draft("three-sat", Random(seed))
    facts = _ask_in_turn(draft, size, "answered")
    draft.end("answered", draft.facts)
    unmet = [
        f"      - {{use: good-fit, when: {_flow({facts[f]: _UNMET[yes] for f, yes in clause})}}}"
        for clause in clauses(size, seed)
    ]
    draft.advise("answered", unmet)
    draft.rules += [
        "  nobody-meets-every-clause:",
        "    because: It is hard to know.",
        f"    when: {{{facts[-1]}: [yes, no, not-sure]}}",
        "    must: {advice: good-fit}",
    ]
    return _with_facts(draft, facts)


def ways_sat(size: int, seed: str = "1") -> Files:
    """A tree that, once all facts are known, asks for those of each clause again. Nobody is asked
    twice, so what is known decides the way, and only who meets every clause comes to the end."""
    draft = _Draft("ways-sat", Random(seed))
    every = clauses(size, seed)
    entries = [f"clause-{number}-0" for number in range(len(every))]
    facts = _ask_in_turn(draft, size, entries[0])
    for number, clause in enumerate(every):
        met = (*entries, "met")[number + 1]
        unmet = (*(f"clause-{number}-{place}" for place in range(1, len(clause))), "unmet")
        for place, (fact, yes) in enumerate(clause):
            ways = (met, unmet[place]) if yes else (unmet[place], met)
            draft.questions.append(
                f"  clause-{number}-{place}: "
                f"{{use: {facts[fact]}, goto: {{yes: {ways[0]}, otherwise: {ways[1]}}}}}"
            )
    for ending in ("met", "unmet"):
        draft.end(ending, draft.facts)
    draft.rules += [
        "  nobody-meets-every-clause:",
        "    because: It is hard to know.",
        f"    when: {{{facts[-1]}: [yes, no, not-sure]}}",
        "    never: {outcome: met}",
    ]
    return _with_facts(draft, facts)


_UNMET = {True: "[no, not-sure]", False: "yes"}
"""The answers that do not meet a literal."""


def _ask_in_turn(draft: _Draft, size: int, goto: str) -> list[str]:
    """Ask for so many facts, and give their names."""
    facts = [f"fact-{number}" for number in range(size)]
    _begin(draft, _LATER, facts[0])
    for fact, onward in zip(facts, (*facts[1:], goto), strict=True):
        draft.use(fact, onward)
    return facts


def _with_facts(draft: _Draft, facts: Iterable[str]) -> Files:
    """A library of this tree, in which these facts have shared words."""
    files = {**_common(), f"{draft.name}.yaml": draft.text()}
    says = f"yes: {{say: Yes}}, no: {{say: No}}, {_NOT_SURE}: {{say: {_IS_NOT_SURE}}}"
    asks, _ = _ASKED["still"]
    lines = (f"  {fact}: {{ask: {draft.words(asks)}, answers: {{{says}}}}}" for fact in facts)
    files["shared/questions.yaml"] += _lines(*lines)
    return files


# --- writing --------------------------------------------------------------------------------------

KINDS: Mapping[str, Callable[[int, str], Files]] = {
    "topics": topics,
    "ladder": ladder,
    "menu": menu,
    "islands": islands,
    "three-sat": three_sat,
    "ways-sat": ways_sat,
}


def write(files: Files, folder: Path) -> None:
    """Write the files of a library into a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Write one library; 2 if it is not said which."""
    match arguments:
        case [kind, size, folder, *seed] if (
            kind in KINDS and size.isdecimal() and int(size) >= SMALLEST and len(seed) < 2
        ):
            write(KINDS[kind](int(size), *seed), Path(folder))
            return 0
        case _:
            sys.stderr.write(f"{__doc__}")
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
