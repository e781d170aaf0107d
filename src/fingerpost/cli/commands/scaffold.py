"""A tree and a case to begin from: whole, short, and without a mistake.

They rest on the shared words that come with the program. Their own words are few and fit any
trouble, so that nobody who meets them unchanged is misled.
"""

from __future__ import annotations

from datetime import date, timedelta
from string import Template

from ...reading.files.fields import NAME_RULE, better_name, is_name

_UNTIL_REVIEW = timedelta(days=182)
"""Half a year: by then somebody has to look at a tree again."""

_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)))
)
"""Names that Windows keeps for devices: no file there can be called so."""

_TAKEN = frozenset({"rules", "search", "discreet", "review-questions"})
"""Names of files beside the trees that are no trees."""

_TREE = Template("""\
# $name: a tree to begin from. Every line of it works. Put your own words in place of these, and
# take away what you do not need. Check your work with: fingerpost check
fingerpost: 1
title: $title
about: Something has happened online. Find out what to do, and who can help.
said:
  # What somebody who is in this would type. It finds the tree, and nobody is shown it.
  - something bad has happened to me
  - someone did this to my child
review-by: $review_by
start: teller

questions:
  # These four come first in every tree. Their words are shared; only the way on is yours.
  teller: {use: teller, goto: safe}
  safe: {use: safe, goto: {yes: age, otherwise: danger-now}}
  age: {use: age, goto: nation}
  nation: {use: nation, goto: going-on}

  # A question of your own. Leave the answer not-sure in, and lead it to the ending with more help.
  going-on:
    ask: Is it still going on?
    why: What to do first is different for each.
    note: Let them tell it in their own words. Then choose the nearest answer.
    answers:
      yes: {say: "Yes, it is still going on", goto: help-today}
      no: {say: "No, it has stopped", goto: help-soon}
      not-sure: {say: "I'm not sure", goto: help-today}

outcomes:
  danger-now:
    use: danger-now
    carry-on: {say: Everyone is safe now, goto: age, sets: {safe: yes}}

  help-today:
    title: Get help today
    urgency: today
    open:
      young-person: Thank you for saying so. It is not your fault, and you are not on your own.
      otherwise: Thank you for asking. Stay calm, and listen first.
    advice:
      # Lines of shared/advice.yaml come by name. Your own begin with do, dont, know or worker.
      - use: tell-an-adult
      - use: tell-someone
      - dont:
          young-person: Don't answer anyone who is being unkind to you.
          otherwise: Don't take the phone away. It can feel like a punishment.
      - use: own-words
      - use: tell-lead
    needs:
      - someone-to-talk-to
      - need: help-for-parents
        when: {teller: parent}
      - need: help-for-staff
        when: {teller: staff}

  help-soon:
    title: It has stopped, and help is still there
    urgency: soon
    open:
      young-person: It is good that it has stopped. You can still talk to someone about it.
      otherwise: It is good that it has stopped. Talking about it can still help.
    advice:
      - do:
          young-person: Think of one person you trust. Tell them how it has been.
          otherwise: Ask how it has been, and let them take their time.
      - use: own-words
      - use: tell-lead
    needs:
      - someone-to-talk-to
      - need: help-for-parents
        when: {teller: parent}
      - need: help-for-staff
        when: {teller: staff}
    worse: If it starts again, come back to this page.
""")

_CASE = Template("""\
# A made-up case is a test of the tree and a rehearsal for staff. Never write down a real person.
cases:
  $name-still-going-on:
    tree: $name
    story: >-
      A girl of 14 in Leeds stays behind after the session. Something has been going on online for
      a week, and it has not stopped. She is not in danger, and nobody else knows.
    answers: {teller: staff, safe: yes, age: 13-15, nation: england, going-on: yes}
    expect:
      outcome: help-today
      urgency: today
      routes: [childline, safeguarding-lead]
      never: [police-999]
    judgements:
      - ask: She asks you to tell nobody. What do you say?
        after: going-on
        choices:
          promise: {say: "I promise", verdict: wrong, because: You may have to break it.}
          be-open:
            say: I may have to tell someone who can help. I will tell you first.
            verdict: right
            because: It is true, and she knows what happens next.
""")


def refusal(name: str) -> str:
    """Why no tree can have this name, and what to do; empty if one can."""
    if not is_name(name):
        better = better_name(name)
        return f"A tree's name {NAME_RULE}.{f' Try: {better}' if better else ''}"
    if name in _TAKEN:
        return f"{name}.yaml is a file of its own kind, so no tree can be called “{name}”."
    if name in _DEVICES:
        return f"On Windows no file can be called “{name}”. Choose another name."
    return ""


def tree(name: str, today: date) -> str:
    """The file of a new tree, to be looked at again half a year after ``today``."""
    title = name.replace("-", " ").strip().capitalize()
    return _TREE.substitute(name=name, title=title, review_by=today + _UNTIL_REVIEW)


def case(name: str) -> str:
    """The file of a case for the tree of that name."""
    return _CASE.substitute(name=name)
