"""The manuals of FP2: a name that names nothing, or two things, or what it may not name.

``parse``, ``links`` and ``library`` find them.
"""

from __future__ import annotations

from .manuals import Manual

MANUALS = (
    Manual(
        "FP201",
        "A step that is not there",
        "An answer leads to a question or an ending of this name, or a rule or a case speaks of "
        "it, and there is none. Somebody who gave this answer would get no further. Mostly it is "
        "a slip in the spelling.",
        bad="""\
# bullied.yaml, in answers
yes: {say: "Yes", goto: tolled}
""",
        good="""\
# bullied.yaml, in answers
yes: {say: "Yes", goto: told}
""",
    ),
    Manual(
        "FP202",
        "Shared words that are not there",
        "“use” takes a question, a line of advice or an ending from the files of shared/. None of "
        "them has this name, so there would be nothing to say to anybody.",
        bad="""\
# bullied.yaml, in told
advice:
  - use: tell-somebody
""",
        good="""\
# bullied.yaml, in told
advice:
  - use: tell-someone
    source: guide
""",
    ),
    Manual(
        "FP203",
        "A fact that nobody asks for",
        "A condition or a sentence reads a fact that no question settles. It is true of nobody, "
        "so what it guards would never be shown to the people it was written for.",
        bad="""\
# bullied.yaml, in told
advice:
  - do: Tell someone you trust.
    source: guide
  - do: Ask someone at home to help.
    when: {ages: under-18}
""",
        good="""\
# bullied.yaml, in told
advice:
  - do: Tell someone you trust.
    source: guide
  - do: Ask someone at home to help.
    when: {age: under-18}
""",
    ),
    Manual(
        "FP204",
        "An answer that a question does not have",
        "Something is meant for those who give this answer, and the question does not offer it. "
        "So it would be shown to nobody. Look at the answers of the question, and name one of "
        "them.",
        bad="""\
# bullied.yaml, in told
advice:
  - do: Tell someone you trust.
    source: guide
  - do: Ask someone at home to help.
    when: {age: under-16}
""",
        good="""\
# bullied.yaml, in told
advice:
  - do: Tell someone you trust.
    source: guide
  - do: Ask someone at home to help.
    when: {age: under-18}
""",
    ),
    Manual(
        "FP205",
        "A need that is not in the list",
        "An ending says what somebody needs, a service says which needs it serves, and the two "
        "find each other by the name of the need. This name is not in shared/needs.yaml, so no "
        "help would come of it.",
        bad="""\
# bullied.yaml, in told
needs: [tlak]
""",
        good="""\
# bullied.yaml, in told
needs: [talk]
""",
    ),
    Manual(
        "FP206",
        "A need that no service serves",
        "An ending says that somebody needs this, and no service gives it to anybody. Add the "
        "need to the “serves” of a route, or call for a need that is served.",
        bad="""\
# bullied.yaml, in told
needs: [talk, letters]
""",
        good="""\
# bullied.yaml, in told
needs: [talk]
""",
    ),
    Manual(
        "FP207",
        "A service that is not there",
        "A sentence, a rule, a case or another service names this one, and no file of routes/ has "
        "it. Its name and its number could not be shown where somebody needs them.",
        bad="""\
# bullied.yaml, in told
worse: Ring {route:child-line} at any time.
""",
        good="""\
# bullied.yaml, in told
worse: Ring {route:childline} at any time.
""",
    ),
    Manual(
        "FP208",
        "A hard word that is not explained",
        "Two braces on each side promise that this word can be looked up. It is not in "
        "shared/words.yaml, so somebody would ask what it means and find nothing.",
        bad="""\
# bullied.yaml, in told
worse: This may be {{groming}}.
""",
        good="""\
# bullied.yaml, in told
worse: This may be {{grooming}}.
""",
    ),
    Manual(
        "FP209",
        "A source that is not there",
        "A line says where its advice comes from, and the file has no source of that name at its "
        "top. So nobody could look whether the advice is right.",
        bad="""\
# bullied.yaml, in told
advice:
  - do: Tell someone you trust.
    source: giude
""",
        good="""\
# bullied.yaml, in told
advice:
  - do: Tell someone you trust.
    source: guide
""",
    ),
    Manual(
        "FP210",
        "A tree that is not there",
        "An answer leads into another tree, or a case is about one, and no file has that name. "
        "Somebody who gave this answer would get no further.",
        bad="""\
# cases/first.yaml, in a-friend
tree: bulied
""",
        good="""\
# cases/first.yaml, in a-friend
tree: bullied
""",
    ),
    Manual(
        "FP211",
        "One name for two",
        "Two files have a service, or a case, of the same name. Nobody could say which of them is "
        "meant, and one would never be shown. Give one of them another name.",
        bad="""\
# routes/wales.yaml
routes:
  club:
    name: The people who run the club in Wales
    serves: [report]
""",
        good="""\
# routes/wales.yaml
routes:
  club-in-wales:
    name: The people who run the club in Wales
    serves: [report]
""",
    ),
    Manual(
        "FP212",
        "Something that local details may not change",
        "Your organisation's details can add services, numbers and words. They cannot change 999 "
        "or Childline, nor for whom a service is. So no slip on one laptop can take help away "
        "from somebody.",
        bad="""\
# local.yaml
routes:
  club:
    when: {age: under-18}
""",
        good="""\
# local.yaml
routes:
  club:
    who: Anybody who comes to the club
""",
    ),
    Manual(
        "FP213",
        "A shared question in words of your own",
        "Facts such as “age” decide which services somebody is shown. Asked in other words they "
        "could have other answers, and somebody could be sent where they are turned away. Take "
        "the shared words with “use”, or settle a fact of another name.",
        bad="""\
# bullied.yaml, in questions
age:
  ask: Are you 18?
  answers:
    yes: {say: "Yes", goto: known}
    not-sure: {say: "No, or I'm not sure", goto: known}
""",
        good="""\
# bullied.yaml, in questions
age: {use: age, goto: known}
""",
    ),
    Manual(
        "FP214",
        "A question and an ending of one name",
        "“goto” names the next step, and with two of one name nobody could say where it leads. "
        "Give one of them another name.",
        bad="""\
# bullied.yaml, in outcomes
known:
  title: Tell someone
  urgency: soon
  open: Thank you for telling me.
  advice: [{do: Tell someone you trust., source: guide}]
  needs: [talk]
""",
        good="""\
# bullied.yaml, in outcomes
told:
  title: Tell someone
  urgency: soon
  open: Thank you for telling me.
  advice: [{do: Tell someone you trust., source: guide}]
  needs: [talk]
""",
    ),
    Manual(
        "FP215",
        "An ending that leads back to itself",
        "A way on from an ending is for when what it is about has been dealt with. This one leads "
        "to the page on which it stands, so that somebody would read it again and think that they "
        "did something wrong.",
        bad="""\
# bullied.yaml, in told
carry-on: {say: I have told someone, goto: told}
""",
        good="""\
# bullied.yaml, in told
carry-on: {say: I have told someone, goto: helped}
""",
    ),
    Manual(
        "FP216",
        "A way on that changes the answer about suicide",
        "Only the person can say whether they think of suicide. If a way on could change that, "
        "the help that may save a life would be gone from every later page. Take it out.",
        bad="""\
# bullied.yaml, in told
carry-on: {say: They feel better now, goto: helped, sets: {suicide: no}}
""",
        good="""\
# bullied.yaml, in told
carry-on: {say: They feel better now, goto: helped}
""",
    ),
    Manual(
        "FP217",
        "A file that is not read, by the end of its name",
        "Only files that end in .yaml are read. All that this one says is missing from every "
        "page, and nothing else would show it. Notepad may have added .txt, which Windows does "
        "not always show.",
        bad="""\
# shared/opening.yml
opening:
  - say: You can stop at any time.
""",
        good="""\
# shared/opening.yaml
opening:
  - say: You can stop at any time.
""",
    ),
    Manual(
        "FP218",
        "A file or folder that nothing reads",
        "The files of shared/ have fixed names, and so have the folders shared, routes and cases. "
        "What has another name is read by nobody, and all that it says is missing.",
        bad="""\
# shared/word.yaml
words:
  grooming: Being kind to someone to hurt them later.
""",
        good="""\
# shared/words.yaml
words:
  grooming: Being kind to someone to hurt them later.
""",
    ),
)
"""What the codes mean."""
