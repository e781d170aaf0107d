"""The manuals of FP0: a file that cannot be read, or not as its author meant it.

Most of these are found in ``source``, and the slips behind FP001 in ``slips``.
"""

from __future__ import annotations

from .manuals import Manual

MANUALS = (
    Manual(
        "FP001",
        "A line that cannot be read",
        "A tree is written in YAML: names, colons, and spaces that say what belongs to what. Here "
        "one of them is not as it should be, so nobody can use this file. The message says which "
        "slip it most likely is. Often it is in the line above.",
        bad="""\
# shared/words.yaml
words:
  grooming: A trick: being kind to someone to hurt them later.
""",
        good="""\
# shared/words.yaml
words:
  grooming: "A trick: being kind to someone to hurt them later."
""",
    ),
    Manual(
        "FP002",
        "A file that is not saved as UTF-8",
        "Letters such as é and ŵ turn into other signs if a file is saved in another encoding, "
        "and somebody would have to guess what they read. Save the file again as UTF-8. In "
        "Notepad that is under “Save as”, at “Encoding”.",
        bad="""\
# shared/words.yaml, saved as Windows-1252
words:
  fiancé: Someone whom you are going to marry.
""",
        good="""\
# shared/words.yaml, saved as UTF-8
words:
  fiancé: Someone whom you are going to marry.
""",
    ),
    Manual(
        "FP003",
        "A key that is written twice",
        "Only one of the two could count, and the other would be lost without a word. It may be "
        "the one that somebody needs. Keep one of them, or make one of both.",
        bad="""\
# bullied.yaml, in told
open: Thank you for telling me.
open: It is not your fault.
""",
        good="""\
# bullied.yaml, in told
open: Thank you for telling me. It is not your fault.
""",
    ),
    Manual(
        "FP004",
        "A sign that YAML keeps for itself",
        "YAML takes &, * or ! at the start of a text for a command, and so it does << before a "
        "colon and % at the start of a line. Then a file could mean something else than it seems "
        "to say, so none of them is used here. A text that begins with one goes in quotation "
        "marks.",
        bad="""\
# bullied.yaml, in told
worse: *Come back* at any time.
""",
        good="""\
# bullied.yaml, in told
worse: "*Come back* at any time."
""",
    ),
    Manual(
        "FP005",
        "A character that nobody can see",
        "Some characters are invisible, and some turn the text round, so that a number or an "
        "address reads other than it is. They mostly come with words pasted from a chat or a web "
        "page. Delete them there, and type the words again.",
        bad=r"""# bullied.yaml, in told
worse: "Come back\u200b at any time."  # \u200b stands for one of them
""",
        good="""\
# bullied.yaml, in told
worse: "Come back at any time."
""",
    ),
    Manual(
        "FP006",
        "A tab instead of spaces",
        "How far in a line begins says what it belongs to, and a tab is of another width in every "
        "editor. So only spaces count: two for each step further in.",
        bad="""\
# bullied.yaml, in told
advice:  # the next line begins with a tab
\t- do: Tell someone you trust.
""",
        good="""\
# bullied.yaml, in told
advice:  # the next lines begin with two spaces
  - do: Tell someone you trust.
    source: guide
""",
    ),
    Manual(
        "FP007",
        "A second document in a file",
        "To YAML a line of three dashes ends one document and begins another. What stands below "
        "it would be read by nobody. Take the line out, or make two files.",
        bad="""\
# shared/words.yaml
words:
  grooming: Being kind to someone to hurt them later.
---
  phishing: A message that pretends to be from someone you trust.
""",
        good="""\
# shared/words.yaml
words:
  grooming: Being kind to someone to hurt them later.
  phishing: A message that pretends to be from someone you trust.
""",
    ),
    Manual(
        "FP008",
        "Brackets too deep in one another",
        "No tree needs lists and keys that stand more than 40 deep in one another. Mostly a "
        "bracket was never closed, or this is another kind of file. It is refused, so that no "
        "file can tie up the laptop beside which somebody waits.",
        bad=f"""\
# bullied.yaml, in told
worse: {"[" * 40}Come back.{"]" * 40}
""",
        good="""\
# bullied.yaml, in told
worse: Come back.
""",
    ),
    Manual(
        "FP009",
        "A file that is too large",
        "A file may have 8 MB and 200,000 keys and values, and after 1,000 mistakes no more are "
        "listed. What is larger is mostly not the file that was meant, and would keep somebody "
        "waiting. Make several files of it.",
        bad="""\
# shared/words.yaml
words:
  grooming: Being kind to someone to hurt them later.
  # and 200,000 more like it
""",
        good="""\
# shared/words.yaml
words:
  grooming: Being kind to someone to hurt them later.
  # and 20 more like it
""",
    ),
    Manual(
        "FP010",
        "A file without keys",
        "Every file begins with its keys, such as “title:” in a tree and “words:” in the "
        "glossary. This file is empty, or has a list or a text where they should be. So nobody "
        "can tell what it is.",
        bad="""\
# shared/words.yaml
- grooming: Being kind to someone to hurt them later.
""",
        good="""\
# shared/words.yaml
words:
  grooming: Being kind to someone to hurt them later.
""",
    ),
    Manual(
        "FP011",
        "A key that is not plain text",
        "Before the colon stands a plain name. A bracket or a question mark at its start makes "
        "something else of it, and then nothing can find what it holds. Write the name alone, or "
        "put it in quotation marks.",
        bad="""\
# shared/words.yaml
words:
  [grooming]: Being kind to someone to hurt them later.
""",
        good="""\
# shared/words.yaml
words:
  grooming: Being kind to someone to hurt them later.
""",
    ),
    Manual(
        "FP012",
        "A text that # cuts short",
        "After a space, # begins a comment: nobody is shown what follows it. If it belongs to the "
        "text, put the whole text in quotation marks. If it is a comment, write a space after the "
        "#.",
        bad="""\
# bullied.yaml, in told
worse: Come to room #2 at any time.
""",
        good="""\
# bullied.yaml, in told
worse: "Come to room #2 at any time."
""",
    ),
    Manual(
        "FP013",
        "Local details that cannot be read",
        "The file of your organisation's own details is not there, or may not be read. Walks go "
        "on without it, and your safeguarding lead is missing from every page. “fingerpost local” "
        "says where the file is looked for.",
        bad="""\
# fingerpost check --local our-detials.yaml
""",
        good="""\
# fingerpost check --local our-details.yaml
""",
    ),
)
"""What the codes mean."""
