"""A made-up case: a person's answers, the ending expected, and what a rehearsal tells."""

from __future__ import annotations

from .base import Frozen
from .facts import Facts
from .sentence import Placed, Sentence, Source, Urgency


class Choice(Frozen):
    """One choice of a judgement: right, wrong or partly right, and why.

    In a scene ``then`` is what the young person says or does next, and ``goto`` names the next
    moment; it is empty where the scene is over.
    """

    name: str
    say: Sentence
    verdict: str
    because: Sentence
    source: Source | None = None
    then: Sentence | None = None
    goto: str = ""


class Judgement(Frozen):
    """A question to the trainee that is not a question of the tree. ``after`` names the fact
    after whose answer it is asked, or is empty for the start.

    A moment of a scene has a ``name`` too. What it asks is what they say or do, and ``says`` has
    that line by line. ``matters``: what is said at this moment matters most.
    """

    ask: Sentence
    choices: tuple[Choice, ...]
    after: str = ""
    name: str = ""
    says: tuple[Sentence, ...] = ()
    matters: bool = False

    @property
    def right(self) -> Choice:
        """The first choice that is right; where none is, the first."""
        return next((each for each in self.choices if each.verdict == "right"), self.choices[0])


class Inject(Frozen):
    """News that arrives after the fact ``after`` is answered, and the facts that it changes."""

    after: str
    say: Sentence
    answers: Facts


RING = "ring"
"""The name of the moment with which each scene ends."""


class Scene(Placed):
    """A case as a scene: the young person speaks, and the trainee answers. ``about`` warns what it
    is about, and ``subject`` in a few words. It ``opens`` with where it is and what is known, and
    begins with the first moment; the last, ``RING``, asks whom to ring."""

    title: Sentence
    about: Sentence
    opens: Sentence
    moments: tuple[Judgement, ...]
    subject: Sentence | None = None

    def moment(self, name: str) -> Judgement | None:
        """The moment of a name; None for the end of the scene."""
        return next((moment for moment in self.moments if moment.name == name), None)

    @property
    def right_way(self) -> tuple[Judgement, ...]:
        """The moments to which what is right leads."""
        way = [self.moments[0]]
        while moment := self.moment(way[-1].right.goto):
            way.append(moment)
        return tuple(way)


class Expected(Frozen):
    """Where a case must end, how urgently, and which routes it must and must not show."""

    outcome: str
    urgency: Urgency | None
    routes: tuple[str, ...]
    never: tuple[str, ...]


class Case(Placed):
    """A made-up case: a golden test, a rehearsal and a sample for sign-off. ``about`` warns of what
    its story is about where the title of its page does not; a scene has its own."""

    name: str
    tree: str
    story: Sentence
    answers: Facts
    expect: Expected
    judgements: tuple[Judgement, ...] = ()
    injects: tuple[Inject, ...] = ()
    scene: Scene | None = None
    about: Sentence | None = None
    title: Sentence | None = None

    @property
    def every_judgement(self) -> tuple[Judgement, ...]:
        """What a trainee is asked beside the tree: the moments of its scene, or its judgements."""
        return self.scene.moments if self.scene else self.judgements
