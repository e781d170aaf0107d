"""The manuals of FP101 to FP117: a part of a file that is missing, spare or of another kind.

``parse`` finds them. (FP150 and on are found, and explained, by ``checks.contacts``.)
"""

from __future__ import annotations

from .manuals import Manual

MANUALS = (
    Manual(
        "FP101",
        "A value of the wrong kind",
        "Some keys hold a text, some a list, and some hold more keys. Here stands another kind "
        "than this key can hold, so what it says would be shown to nobody. The hint says how to "
        "write it.",
        bad="""\
# bullied.yaml, in told
needs: talk
""",
        good="""\
# bullied.yaml, in told
needs: [talk]
""",
    ),
    Manual(
        "FP102",
        "Something missing that has to be there",
        "A service without a name, or an ending without its first words, would be a gap on the "
        "page of somebody who needs it. Add the key that the message names.",
        bad="""\
# routes/uk.yaml, in routes
drop-in:
  serves: [talk]
""",
        good="""\
# routes/uk.yaml, in routes
drop-in:
  name: The drop-in on Fridays
  serves: [talk]
""",
    ),
    Manual(
        "FP103",
        "A key that does not exist",
        "A misspelt key would be passed over, and with it the advice or the number that it holds. "
        "So every key must be one that means something here. The hint says which one you may have "
        "meant.",
        bad="""\
# bullied.yaml, in told
worze: Come back at any time.
""",
        good="""\
# bullied.yaml, in told
worse: Come back at any time.
""",
    ),
    Manual(
        "FP104",
        "A key that holds nothing",
        "Nothing stands after the colon, or between the brackets. Somebody would find an empty "
        "place on the page. Write what belongs there, or take the key out.",
        bad="""\
# bullied.yaml, in told
worse:
""",
        good="""\
# bullied.yaml, in told
worse: Come back at any time.
""",
    ),
    Manual(
        "FP105",
        "A word that is not one of a few",
        "Some keys take one of a few words: “urgency” takes now, today, soon or info. Any other "
        "word would mean nothing, and help that cannot wait could look as if it can.",
        bad="""\
# bullied.yaml, in told
urgency: urgent
""",
        good="""\
# bullied.yaml, in told
urgency: today
""",
    ),
    Manual(
        "FP106",
        "A name with letters that names do not have",
        "Names of trees, steps, answers, needs and services are typed again in other places. "
        "Small letters a to z, digits and hyphens look the same wherever they are typed. What "
        "people read is not the name: write it as you like, in “say”, “ask” or “title”.",
        bad="""\
# bullied.yaml, in answers
Not yet: {say: Not yet, goto: helped}
""",
        good="""\
# bullied.yaml, in answers
not-yet: {say: Not yet, goto: helped}
""",
    ),
    Manual(
        "FP107",
        "Not a day",
        "A tree says by which day a person has to read it again. A day that is not in the "
        "calendar, or that can be read in two ways, would never come. Write the year, the month "
        "and the day.",
        bad="""\
# bullied.yaml, at its top
review-by: 31/5/2027
""",
        good="""\
# bullied.yaml, at its top
review-by: 2027-05-31
""",
    ),
    Manual(
        "FP108",
        "Words that leave a reader out",
        "Words may be different for a young person, a parent and a worker. If one of the three is "
        "left out, that person would read nothing at all. Write all three, or some of them and "
        "“otherwise”.",
        bad="""\
# bullied.yaml, in told
open: {young-person: Thank you for telling me.}
""",
        good="""\
# bullied.yaml, in told
open:
  young-person: Thank you for telling me.
  otherwise: Thank them for telling you.
""",
    ),
    Manual(
        "FP109",
        "A brace on its own",
        "Braces in a sentence mark a service, an answer or a hard word. One that lacks its other "
        "half, or has a space in it, marks nothing. Somebody would read a stray brace where the "
        "name of a service should be.",
        bad="""\
# bullied.yaml, in told
worse: Ring {route:childline at any time.
""",
        good="""\
# bullied.yaml, in told
worse: Ring {route:childline} at any time.
""",
    ),
    Manual(
        "FP110",
        "A question with fewer than two answers",
        "With one answer there is nothing to choose, and somebody for whom it is not true would "
        "have to say what is not so. “I'm not sure” is nearly always a fair second answer.",
        bad="""\
# bullied.yaml, in known
answers:
  yes: {say: "Yes", goto: told}
""",
        good="""\
# bullied.yaml, in known
answers:
  yes: {say: "Yes", goto: told}
  not-sure: {say: "No, or I'm not sure", goto: helped}
""",
    ),
    Manual(
        "FP111",
        "An ending without a need",
        "Services come to an ending by the needs that it names. One that names none gives "
        "somebody advice, and nobody to turn to. Name what they need most.",
        bad="""\
# bullied.yaml, in told
needs: []
""",
        good="""\
# bullied.yaml, in told
needs: [talk]
""",
    ),
    Manual(
        "FP112",
        "An answer without one way on",
        "Each answer leads to one next step. Without any, somebody would be left in the middle; "
        "with two, nobody could say which counts. Where many answers may be chosen, the question "
        "has one way on for all of them.",
        bad="""\
# bullied.yaml, in questions
known:
  ask: Do you know who it is?
  answers:
    yes: {say: "Yes", goto: told}
    not-sure: {say: "No, or I'm not sure"}
""",
        good="""\
# bullied.yaml, in questions
known:
  ask: Do you know who it is?
  answers:
    yes: {say: "Yes", goto: told}
    not-sure: {say: "No, or I'm not sure", goto: helped}
""",
    ),
    Manual(
        "FP113",
        "“alone” where only one answer can be chosen",
        "“alone” is for an answer such as “none of these”, which shuts out the others. That "
        "matters only where many may be chosen. Take it out; or “many: true” was forgotten, and "
        "people cannot say all that is true.",
        bad="""\
# bullied.yaml, in answers
no: {say: "No", goto: helped, alone: true}
""",
        good="""\
# bullied.yaml, in answers
no: {say: "No", goto: helped}
""",
    ),
    Manual(
        "FP114",
        "A line of advice that is not of one kind",
        "A line is what to do, what not to do, what is good to know, or for the worker alone: do, "
        "dont, know or worker. Or it takes shared words with “use”. A line that is two of these, "
        "or none, could tell somebody to do what they must not.",
        bad="""\
# bullied.yaml, in told
advice:
  - dont: Don't reply.
    do: Tell someone you trust.
    source: guide
""",
        good="""\
# bullied.yaml, in told
advice:
  - dont: Don't reply.
  - do: Tell someone you trust.
    source: guide
""",
    ),
    Manual(
        "FP115",
        "Another version of the format",
        "A tree says by which version of the format it is written. If this fingerpost does not "
        "know that version, it could show something else than the author meant. There is only "
        "version 1 so far.",
        bad="""\
# bullied.yaml, at its top
fingerpost: 2
""",
        good="""\
# bullied.yaml, at its top
fingerpost: 1
""",
    ),
    Manual(
        "FP116",
        "Two answers where only one can be true",
        "Where a question takes one answer, what a case answers, and what a tree gives or sets "
        "beforehand, is one answer too. With two of them nobody could say which services are "
        "right. Leave one.",
        bad="""\
# cases/first.yaml, in a-friend
answers: {teller: staff, safe: yes, age: [under-18, 18-or-over], known: yes}
""",
        good="""\
# cases/first.yaml, in a-friend
answers: {teller: staff, safe: yes, age: under-18, known: yes}
""",
    ),
    Manual(
        "FP117",
        "The same words twice in “said”",
        "What people type stands in “said” once. Capitals make no difference there. Words that "
        "stand in it twice find nothing more, and hide how much has been thought of. Take one of "
        "the two out.",
        bad="""\
# bullied.yaml, at its top
said: [they laugh at me, They laugh at me]
""",
        good="""\
# bullied.yaml, at its top
said: [they laugh at me, left out of the chat]
""",
    ),
)
"""What the codes mean."""
