"""The page of an ending as a typical reader sees it: somebody of a made-up case, or who comes there
by the fewest answers."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice, takewhile

from ..model.base import grouped, replace
from ..model.facts import TELLERS, Facts
from ..model.graph import Place
from ..model.library import Library
from ..model.tree import Outcome
from ..page.messages import say
from ..page.page import page
from ..page.page_text import contact_blocks, page_blocks
from ..page.reach import Kind
from ..page.text_layout import Style
from ..walk.autoplay import case_steps
from ..walk.walk import Walk
from .lines import Line
from .marks import for_one

_FAR = 4000
"""Walks that are looked at, at most, for one that no made-up case has."""

_HEADS = frozenset({Style.TITLE, Style.HEADING, Style.PART, Style.MORE_STEPS, Style.SERVICE})
_TYPICAL = {"teller": ("young-person",), "age": ("13-15", "16-17"), "nation": ("england",)}

_NUMBER = re.compile(r" \([\d ]+\)")
"""The number of a service that stands nowhere else on a page, after its name."""


class Examples:
    """Typical readers of the pages of a library; of a ``nation``, if it is not empty."""

    def __init__(self, library: Library, nation: str = "") -> None:
        self.library = library
        self._nation = nation

    @cached_property
    def _of_cases(self) -> Mapping[Place, list[Facts]]:
        """Who comes to each ending in the made-up cases."""
        cases = self.library.cases.values()
        return grouped(_ends(walk for case in cases for walk in case_steps(self.library, case)))

    def reader(self, place: Place) -> Facts | None:
        """The most typical reader of a page; None if nobody is found who comes there."""
        found = self._of_cases.get(place) or [*islice(self._near(place), 1)]
        own = self.library.trees[place[0]].outcomes[place[1]].advice

        def likeness(facts: Facts) -> tuple[int, ...]:
            same = (not facts.get(f, frozenset()).isdisjoint(v) for f, v in _TYPICAL.items())
            return (*same, sum(line.shown(facts) for line in own))

        best = max(found, key=likeness, default=None)
        lives = self._nation and best is not None and "nation" in best
        return {**best, "nation": frozenset({self._nation})} if best and lives else best

    def _near(self, place: Place) -> Iterator[Facts]:
        """Those who come to a page by the fewest answers."""
        tellers = self.library.trees[place[0]].given.get("teller", TELLERS)
        waiting = deque([Walk.begin(self.library, place[0])])
        for _ in range(_FAR):
            if not waiting:
                return
            walk = waiting.popleft()
            yield from (facts for at, facts in _ends([walk]) if at == place)
            if not isinstance(here := walk.here, Outcome):
                given = tellers if here.fact == "teller" else here.values
                waiting += (walk.answer([each]) for each in here.values if each in given)


def _ends(walks: Iterable[Walk]) -> Iterator[tuple[Place, Facts]]:
    for walk in walks:
        if isinstance(walk.here, Outcome):
            yield (walk.tree.name, walk.here.name), walk.facts


def finished(
    library: Library, place: Place, facts: Facts, own: Iterable[Line], shared: Iterable[Line]
) -> tuple[list[Line], list[Line]]:
    """The page of a reader, line by line in its order; and of its ``own`` lines those that are not
    on it. What is no line of the page or of what it shares has been read elsewhere, as all that
    stands of a service."""
    tree = library.trees[place[0]]
    shown = page(replace(library, approvals=()), tree, tree.outcomes[place[1]], facts)
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
        _plain(row.text): f"{Kind.ROUTE} {contact.route}"
        for contact in shown.contacts
        for block in contact_blocks(contact, brief=True)
        for row in block
    }
    told = frozenset(every.values())
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
    made = []
    for row in rows:
        of_page = Line("", part="/".join(place), again=True)
        line, first = known.get(every[row], of_page), of_routes.get(every[row], "")
        if not line.of:  # the words of services alone have no value
            line, first = of_page, first or ("" if line is of_page else line.part)
        head = row.style in _HEADS
        called = row.before.strip()
        made.append(
            replace(line, says=every[row], called=called, head=head, note=False, first=first)
        )
    return made, others


def _plain(text: str) -> str:
    """A text as it is written, without the number of a service behind its name."""
    return _NUMBER.sub("", text.replace("\N{NO-BREAK SPACE}", " "))
