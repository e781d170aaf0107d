"""The page of an ending as a typical reader sees it: somebody of a made-up case, or who comes there
by the fewest answers."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice, takewhile
from typing import cast

from ..model.base import grouped, replace
from ..model.case import Case
from ..model.facts import TELLERS, Facts
from ..model.graph import Place
from ..model.library import Library
from ..model.tree import Outcome
from ..page.approval import shown_parts
from ..page.messages import say
from ..page.page import page
from ..page.page_text import contact_blocks, page_blocks
from ..page.reach import Kind
from ..page.text_layout import Style
from ..page.visibility import lines
from ..walk.autoplay import case_steps
from ..walk.possible_facts import PossibleFacts
from ..walk.walk import Walk
from .lines import Line
from .marks import Namer, for_one

_FAR = 4000
"""Walks that are looked at, at most, for one that no made-up case has."""

_HEADS = frozenset({Style.TITLE, Style.HEADING, Style.PART, Style.MORE_STEPS, Style.SERVICE})
_TYPICAL = {
    "teller": TELLERS[:1],
    "nation": ("england",),
    "age": ("13-15", "16-17"),
    "suspect": ("online-only", "young-person"),
    "threat": ("money",),
}
"""Answers of the most typical readers, the most telling first."""

_NUMBER = re.compile(r" \([\d ]+\)")
"""The number of a service that stands nowhere else on a page, after its name."""

_FOR_SOME = re.compile(r" \([^)]+\)$")
"""Whom a service is for, after its name."""


class Examples:
    """Typical readers of the pages of a library; of a ``nation``, if it is not empty."""

    def __init__(self, library: Library, possible: PossibleFacts, nation: str = "") -> None:
        self.library = library
        self._possible = possible
        self._typical = {**_TYPICAL, **({"nation": (nation,)} if nation else {})}

    @cached_property
    def _of_cases(self) -> Mapping[Place, list[Facts]]:
        """Who comes to each ending in the made-up cases, and who would by the same answers as a
        more and more typical person."""
        every = (each for case in self.library.cases.values() for each in self._alike(case))
        return grouped(_ends(walk for case in every for walk in case_steps(self.library, case)))

    def _alike(self, case: Case) -> Iterator[Case]:
        """A case, and the same of more and more typical people."""
        yield case
        for fact, (first, *_) in self._typical.items():
            usual, asked = frozenset({first}), self.library.questions.get(fact)
            if asked and first in asked.values and case.answers.get(fact) != usual:
                case = replace(case, answers={**case.answers, fact: usual})
                yield case

    def reader(self, place: Place) -> Facts | None:
        """The most typical reader of a page: a young person if one can come there, and of those of
        that age and nation whoever gives no answer that few give there. None if nobody is found."""
        found = [*self._of_cases.get(place, ())]
        found = found or [*islice(self._near(place), 1)]
        alike = grouped((self._likeness(facts), facts) for facts in found)
        telling = Namer(self.library, place[:1]).telling
        given = Counter(answer for facts in found for answer in telling(facts))

        def usual(facts: Facts) -> tuple[int, int, int]:
            told = [given[answer] for answer in telling(facts)]
            return min(told, default=0), -len(told), sum(told)

        return max(alike[max(alike)], key=usual) if found else None

    def _likeness(self, facts: Facts) -> tuple[int, ...]:
        """How near the front of what is typical each answer of somebody is, with the most telling
        first."""
        every = self._typical.items()
        known = ((values, facts.get(fact, values)) for fact, values in every)  # or it is not asked
        return tuple(
            max((-at for at, each in enumerate(values) if each in told), default=-len(values))
            for values, told in known
        )

    def _near(self, place: Place) -> Iterator[Facts]:
        """Those who come to a page by the fewest answers, as typical as can be there."""
        state, has = self._possible.at(place), self._possible.has
        known = self.library.questions.keys() & self._typical.keys()
        usual = {
            fact: next((x for x in self._typical[fact] if has(state, fact, x)), "")
            for fact in known
        }
        waiting = deque([Walk.begin(self.library, place[0])])
        for _ in range(_FAR):
            if not waiting:
                return
            walk = waiting.popleft()
            yield from (facts for at, facts in _ends([walk]) if at == place)
            if not isinstance(here := walk.here, Outcome):
                told = usual.get(here.fact)
                values = (told,) if told in here.values else here.values
                waiting += (walk.answer([each]) for each in values)


def _ends(walks: Iterable[Walk]) -> Iterator[tuple[Place, Facts]]:
    for walk in walks:
        if isinstance(walk.here, Outcome):
            yield (walk.tree.name, walk.here.name), walk.facts


def finished(
    library: Library, place: Place, facts: Facts, own: Iterable[Line], shared: Sequence[Line]
) -> tuple[list[Line], list[Line], Iterable[str]]:
    """The page of a reader, line by line in its order; of its ``own`` lines those that are not on
    it; and the names of the parts that trees share and it shows."""
    tree = library.trees[place[0]]
    outcome = tree.outcomes[place[1]]
    shown = page(replace(library, approvals=()), tree, outcome, facts)
    services = ((each.need, (*each.contacts, *each.more)) for each in shown.help)
    on_it = shown_parts(outcome, lines(library, outcome, facts), services, shown.words)
    origins = say("page.origins")
    rows = [
        row
        for block in page_blocks(shown, contents=False)
        for row in block
        if row.text and row.style is not Style.QUIET
    ]
    rows = [*takewhile(lambda row: row.text != origins, rows)]
    known: dict[str, Line] = {}
    others: list[Line] = []
    every = {row: _plain(row.text) for row in rows}
    of_routes = {
        _plain(row.text): contact.route
        for contact in shown.contacts
        for block in contact_blocks(contact, brief=True)
        for row in block
    }
    # A page may say before a line what it is about.
    told = {says for text in every.values() for says in (text, text.partition(": ")[2])}
    for line in own:
        says = for_one(line.says, shown.reader)
        if any(group.holds(facts) for group in line.whom) and says in told:
            known.setdefault(says, line)
            others += [line] if says != line.says else []  # others have other words
        else:
            others.append(line)
    for line in shared:
        if any(group.holds(facts) for group in line.whom):
            known.setdefault(for_one(line.says, shown.reader), line)
    made: list[Line] = []
    for row in rows:
        says, route, called = every[row], of_routes.get(every[row]), row.before.strip()
        about, _, rest = says.partition(": ")
        found = [known[says]] if says in known else []
        if not found and rest in known:
            found, says, called = [known[rest]], rest, f"{called} {about}:".strip()
        elif not found and (named := known.get(_FOR_SOME.sub("", says))):
            found = [replace(named, under=named.known_by)]
        elif not found:
            name = f"{Kind.ROUTE} {route}"
            of_it = [line for line in shared if line.part == name]
            texts = ((for_one(x.says, shown.reader), x) for x in of_it if not x.under)
            if details := [*_details(says, texts)]:
                made += details
                continue
            ways = (cast(tuple[str, str], x) for line in of_it for x in line.under)
            there = (x for x in ways if f" {x[1]} " in f" {says} ")
            under = (name, *there) if of_it else ()
            part = name if of_it else "/".join(place)
            found = [Line("", part=part, under=under, again=not of_it)]
        head = row.style in _HEADS
        made += (replace(x, says=says, called=called, head=head, note=False) for x in found)
    return made, others, on_it


def _details(row: str, texts: Iterable[tuple[str, Line]]) -> Iterator[Line]:
    """Those lines of a service of which a row of a page has the words, each after its label."""
    found = {at: each for each in texts if (at := f"{row} ".find(f"{each[0]} ")) >= 0}
    ends = 0
    for at, (says, line) in sorted(found.items()):
        yield replace(line, says=says, called=row[ends:at].strip())
        ends = at + len(says)


def _plain(text: str) -> str:
    """A text as it is written, without the number of a service behind its name."""
    return _NUMBER.sub("", text.replace("\N{NO-BREAK SPACE}", " "))
