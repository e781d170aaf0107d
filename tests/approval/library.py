"""A library of two trees with one of everything that an approval covers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from fingerpost.approval.file import as_yaml
from fingerpost.approval.signing import Signature, a_year_after, sign
from fingerpost.approval.status import Standing, standings
from fingerpost.model.diagnostics import Severity
from fingerpost.model.library import Library
from fingerpost.page.approval import Fingerprints
from fingerpost.reading.loader import load

DAY = date(2026, 11, 27)
SIGNED = Signature("Jo Field", "Safeguarding lead", DAY, a_year_after(DAY))

FILES: Mapping[str, str] = {
    # Else the long lists that ship would be read each time.
    "search.yaml": "same: [one 1]",
    "discreet.yaml": "harmless: one",
    "one.yaml": """
fingerpost: 1
title: One
about: One thing
review-by: 2027-05-31
sources: {paper: {title: A paper, publisher: A press, url: "https://www.example.org/p"}}
start: teller
questions:
  teller: {use: teller, goto: safe}
  safe: {use: safe, goto: {no: danger, yes: where, not-sure: calm}}
  where:
    ask: Where is it?
    why: So that the help fits.
    when: {teller: young-person, safe: yes}
    otherwise: calm
    answers: {here: {say: Here, goto: calm}, there: {say: There, goto: rude},
      not-sure: {say: No idea, goto: calm}}
outcomes:
  danger:
    {title: Ring now, urgency: now, open: Do it., needs: [talk],
      advice: [{do: Run out., source: paper}]}
  calm:
    title: Talk
    urgency: soon
    open: You can.
    worse: Ring.
    needs: [{need: talk, because: It helps.}]
    advice:
      - {do: Ring a friend., when: {teller: young-person, safe: yes}}
      - {do: "Read about {{grooming}}."}
      - use: breathe
  rude:
    {title: Rude, urgency: info, open: "It is rude. You said: {where}.", needs: [talk],
      advice: [{do: Look away.}]}
""",
    "two.yaml": """
fingerpost: 1
title: Two
about: Two things
given: {teller: staff}
review-by: 2027-05-31
sources: {paper: {title: A paper, publisher: A press, url: "https://www.example.org/p"}}
start: safe
questions:
  safe: {use: safe, goto: {no: stop, yes: go, not-sure: stop}}
outcomes:
  stop:
    {title: Stop, urgency: today, open: Stop it., needs: [talk],
      advice: [{do: Sit down.}, {do: Drink., source: paper}]}
  go:
    {title: Go, urgency: soon, open: "On. Or ask {route:far}.", needs: [talk],
      advice: [{do: Get up.}, {use: breathe}]}
""",
    "shared/questions.yaml": """
questions:
  teller:
    ask: Who are you?
    answers: {young-person: {say: Me}, parent: {say: A parent}, staff: {say: A worker}}
  safe: {ask: "Safe?", answers: {yes: {say: "Yes"}, no: {say: "No"}, not-sure: {say: Not sure}}}
""",
    "shared/needs.yaml": "needs: {talk: {say: Talk}, other: {say: Other}}",
    "shared/words.yaml": "words: {grooming: Making a child trust you to harm them.}",
    "shared/advice.yaml": """
advice:
  breathe: {do: Breathe out.}
  hold-on: {do: "Hold on, help comes."}
  for-staff: {know: Write it down.}
""",
    "shared/always.yaml": """
always:
  - when: {safe: no}
    urgency: now
    advice: [{use: hold-on}]
  - when: {teller: staff}
    after: true
    advice: [{use: for-staff}]
""",
    "shared/opening.yaml": "opening: [{say: Say this first.}]",
    "routes/uk.yaml": """
routes:
  line: {name: Line, serves: [talk], phone: "0800 1111", hours: {phone: "24/7"}, cost: Free.}
  desk: {name: Desk, serves: [talk], phone: "0808 808 4994", when: {teller: staff}}
  far: {name: Far desk, serves: [other], phone: "0808 801 0302", cost: Ask for Ann.}
""",
}


def written(folder: Path, files: Mapping[str, str] = FILES) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def sound(folder: Path) -> Library:
    reading = load([folder])
    assert [m for m in reading.mistakes if m.severity is Severity.ERROR] == []
    return reading.library


def signed(folder: Path, *trees: str) -> Library:
    """The library of a folder with approvals of all its trees, or some, as it stands."""
    library = sound(folder)
    fingerprints = Fingerprints(library)
    approvals = [sign(fingerprints, name, SIGNED) for name in trees or library.trees]
    (folder / "approvals.yaml").write_text(as_yaml(approvals), encoding="utf-8")
    return sound(folder)


def standing(folder: Path, on: date = DAY) -> dict[str, Standing]:
    library = sound(folder)
    found = standings(Fingerprints(library), library.trees, on)
    return {each.tree: each for each in found}


def voided(folder: Path) -> dict[str, set[str]]:
    """The names of the parts that have changed, by tree; only trees with some."""
    found = {name: {part.name for part in each.parts} for name, each in standing(folder).items()}
    return {name: parts for name, parts in found.items() if parts}
