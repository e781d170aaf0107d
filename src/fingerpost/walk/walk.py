"""A walk: the path of one person through a tree so far, replayed from the answers.

A walk is immutable: ``answer``, ``carry_on``, ``back`` and ``change`` each return a new one. The
known facts follow from the replies alone, in order from the start, so that an answer of a branch
that was left never counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import partial

from ..model.base import Frozen, field, replace
from ..model.facts import NOT_SURE, WROTE, Facts
from ..model.graph import Place, breadth_first, successors
from ..model.library import Library
from ..model.tree import Outcome, Question, Step, Target, Tree


class Reply(Frozen):
    """The reply at a step: the chosen values of a question, or none for a carry-on.

    ``stated``: nobody was asked, as the person's own words had said it.
    """

    tree: str
    step: str
    values: frozenset[str] = frozenset()
    stated: bool = False

    @property
    def place(self) -> Place:
        """The step replied to."""
        return (self.tree, self.step)


class Walk(Frozen):
    """The step where a person is, the path to it, and the known facts.

    ``replies`` are those of the path, in order. ``kept`` are answers to questions that may still
    come, after an earlier answer was changed. ``facts`` are the given and the answered ones.
    ``offered`` is what the person's own words state of what has happened: chosen already where it
    is asked, and asked all the same. ``met`` are the steps before this one. ``beside`` is the walk
    of another trouble of the same person, at its ending, which is shown together with this ending.
    """

    library: Library
    start: Target
    given: Facts
    tree: Tree
    here: Step
    facts: Facts
    replies: tuple[Reply, ...]
    kept: tuple[Reply, ...] = ()
    met: frozenset[Place] = frozenset()
    beside: Walk | None = None
    offered: Facts = field(default_factory=dict)

    @classmethod
    def begin(cls, library: Library, tree: str, given: Facts | None = None) -> Walk:
        """A walk at the first question of a tree that the given facts do not answer.

        Facts that are always asked are not taken from ``given``. Raises KeyError for a tree that
        the library does not have.
        """
        known = {
            fact: values for fact, values in (given or {}).items() if not library.always_asks(fact)
        }
        start = Target(tree, "", span=library.trees[tree].span)
        return _replay(library, start, known, ())

    @property
    def begun(self) -> Tree:
        """The tree that the person chose, whose title stays wherever its answers lead."""
        return self.library.trees[self.start.tree]

    @property
    def of_person(self) -> Facts:
        """What is known of the person, and stays true whatever else has happened to them."""
        questions = self.library.questions
        return {f: v for f, v in self.facts.items() if f in questions and questions[f].of_person}

    def also(self, tree: str, known: Facts | None = None) -> Walk:
        """A walk of a further trouble of the same person, beside this one, which is at its ending.

        ``known`` is what is known of the person, and the kinds of danger that their own words speak
        of; None is ``of_person``. It is kept as far as that tree asks it. What is known of this
        trouble is not, as the other may have been done by others, elsewhere.
        """
        asked = {question.fact for question in self.library.trees[tree].asked} | {WROTE}
        known = self.of_person if known is None else known
        known = {fact: values for fact, values in known.items() if fact in asked}
        start = Target(tree, "", span=self.library.trees[tree].span)
        return replace(_replay(self.library, start, known, ()), beside=self)

    def expecting(self, stated: Facts) -> Walk:
        """This walk, which takes what the person's own words state of themselves for the answer
        where it comes to that question, and offers the rest; but for what is always asked."""
        free = {f: values for f, values in stated.items() if not self.library.always_asks(f)}
        asked = self.library.questions
        replies = (
            Reply(tree.name, question.name, free[question.fact], stated=True)
            for tree in self.library.trees.values()
            for question in tree.asked
            if question.fact in free and asked[question.fact].of_person
        )
        return replace(_go_on(self, {reply.place: reply for reply in replies}), offered=free)

    def answer(self, values: Collection[str]) -> Walk:
        """Answer the question here.

        Raises ValueError at an ending, or if the values are not an answer: one of the question's,
        or of a ``many`` question one or more, and only one if that is ``alone``.
        """
        question = self.here
        if not isinstance(question, Question) or not fits(question, values):
            raise ValueError(f"{set(values)} is no answer to {question.name}")
        return self._with(Reply(self.tree.name, question.name, frozenset(values)))

    def carry_on(self) -> Walk:
        """Carry on from the ending here. Raises ValueError if there is no way on."""
        if not isinstance(self.here, Outcome) or self.here.carry_on is None:
            raise ValueError(f"there is no way on from {self.here.name}")
        return self._with(Reply(self.tree.name, self.here.name))

    def back(self) -> Walk:
        """The walk without its last reply; the same walk if there is none."""
        if not self.replies:
            return self
        earlier, last = self.replies[:-1], self.replies[-1]
        kept = tuple(reply for reply in self.kept if reply.place != last.place)
        return self.replayed((*earlier, *kept))

    def change(self, index: int, values: Collection[str]) -> Walk:
        """Change the answer of ``replies[index]``.

        Later answers are kept where their questions still come. An ending that the user carried on
        from is shown again, as it may have become urgent. Raises ValueError if these values are not
        an answer to that question.
        """
        old = self.replies[index]
        question = self.library.trees[old.tree].questions.get(old.step)
        if question is None or not fits(question, values):
            raise ValueError(f"{set(values)} is no answer to {old.step}")
        new = Reply(old.tree, old.step, frozenset(values))
        after = (reply for reply in (*self.replies[index + 1 :], *self.kept) if reply.values)
        return self.replayed((*self.replies[:index], new, *after))

    def given_anew(self, fact: str, values: Collection[str]) -> Walk:
        """This walk, and the one beside it, with another value of a given fact. Answers are kept as
        ``change`` keeps them. The one beside it stays as it is where its ending is not reached."""
        given = {**self.given, fact: frozenset(values)}
        replies = (reply for reply in (*self.replies, *self.kept) if reply.values)
        beside = self.beside and self.beside.given_anew(fact, values)
        if beside and isinstance(beside.here, Question):
            beside = self.beside
        again = _replay(self.library, self.start, given, replies)
        return replace(again, beside=beside, offered=self.offered)

    @property
    def of_local(self) -> Question | None:
        """The question about the nation, if nobody was asked it and local details answer it."""
        if not self.library.nation or "nation" not in self.given:
            return None
        return next((question for question in self.begun.asked if question.fact == "nation"), None)

    @property
    def teller(self) -> str | None:
        """The reader, or None if unknown."""
        return next(iter(self.facts.get("teller", ())), None)

    @property
    def nation(self) -> str | None:
        """The nation, or None if unknown or not sure."""
        nation = next(iter(self.facts.get("nation", ())), None)
        return None if nation == NOT_SURE else nation

    @property
    def in_cycle(self) -> bool:
        """Whether this step was met before, so that the tree has a cycle."""
        return (self.tree.name, self.here.name) in self.met

    @property
    def unasked(self) -> frozenset[str] | None:
        """The answer that the question here has until it is asked, at the ending: what was offered,
        or not sure. None where somebody is asked, as in a cycle, which a walk must leave; and at an
        ending."""
        if not isinstance(self.here, Question) or not self.here.at_ending or self.in_cycle:
            return None
        return self.offered_here or frozenset({NOT_SURE})

    @property
    def offered_here(self) -> frozenset[str]:
        """What is offered of the answers to the question here."""
        question = self.here
        if not isinstance(question, Question):
            return frozenset()
        offered = self.offered.get(question.fact, frozenset()).intersection(question.values)
        return offered if offered and fits(question, offered) else frozenset()

    def past_unasked(self) -> Walk:
        """This walk past what nobody is asked before the ending."""
        walk = self
        while (values := walk.unasked) is not None:
            walk = walk.answer(values)
        return walk

    def answered(self) -> Iterator[tuple[int, Question, Reply]]:
        """The questions answered so far, each with its index in ``replies``."""
        for index, reply in enumerate(self.replies):
            question = self.library.trees[reply.tree].questions.get(reply.step)
            if question is not None:
                yield index, question, reply

    @property
    def asked_before(self) -> int:
        """The number of questions asked on the path, without those that wait until the ending."""
        return sum(not question.at_ending for _, question, _ in self.answered())

    def waiting(self) -> Iterator[tuple[int, Question, Reply]]:
        """The questions of ``answered`` that are asked at the ending, if this is one."""
        if isinstance(self.here, Outcome):
            yield from (each for each in self.answered() if each[1].at_ending)

    def replayed(self, replies: Iterable[Reply]) -> Walk:
        """This walk from its start, by other replies."""
        again = _replay(self.library, self.start, self.given, replies)
        return replace(again, beside=self.beside, offered=self.offered)

    def _with(self, reply: Reply) -> Walk:
        if reply.place in self.met:  # in a cycle the new answer counts from the first occurrence
            replies = (*self.replies, *self.kept, reply)
            return self.replayed(replies)
        return _go_on(self, {other.place: other for other in (*self.kept, reply)})


def fits(question: Question, values: Collection[str]) -> bool:
    """Whether these values are an answer to a question."""
    chosen = [question.answer(value) for value in set(values)]
    if not chosen or any(answer is None for answer in chosen):
        return False
    if len(chosen) == 1:
        return True
    return question.many and not any(answer.alone for answer in chosen if answer)


def answer_in(facts: Facts, question: Question) -> frozenset[str] | None:
    """The values of a question's fact; None if unknown or not an answer to the question."""
    values = facts.get(question.fact, frozenset())
    return values if fits(question, values) else None


def _replay(library: Library, start: Target, given: Facts, replies: Iterable[Reply]) -> Walk:
    """Replay replies from the start, each at its step, to the first step without one."""
    tree = library.trees[start.tree]
    first = tree.step(start.step)
    assert first is not None  # the library has been read without mistakes
    begun = Walk(library, start, given, tree, first, {**given, **library.gives(tree)}, ())
    return _go_on(begun, {reply.place: reply for reply in replies})


def _go_on(walk: Walk, waiting: dict[Place, Reply]) -> Walk:
    """Continue a walk, using each waiting reply at its step, to the first step without one.
    Removes the used replies from ``waiting``."""
    library, tree, here = walk.library, walk.tree, walk.here
    facts, taken, met = dict(walk.facts), list(walk.replies), set(walk.met)
    while True:
        place = (tree.name, here.name)
        # A cycle is a mistake, and still must not hang: a step met twice is asked again.
        reply = waiting.get(place) if place not in met else None
        past = here.passed_to(facts) if isinstance(here, Question) else None
        target: Target | None
        if past is not None and place not in met:
            target = past
        elif reply is not None and isinstance(here, Outcome) and here.carry_on is not None:
            facts |= here.carry_on.sets
            target = here.carry_on.goto
            taken.append(waiting.pop(place))
        elif reply is not None and isinstance(here, Question) and fits(here, reply.values):
            facts[here.fact] = reply.values
            target = next(a.goto for a in here.answers if a.value in reply.values)
            taken.append(waiting.pop(place))
        else:
            break
        met.add(place)
        assert target is not None  # the library has been read without mistakes
        tree = library.trees[target.tree]
        onward = tree.step(target.step)
        assert onward is not None
        here = onward
        facts |= library.gives(tree)
    ahead = _ahead(library, (tree.name, here.name)) if waiting else frozenset()
    return replace(
        walk,
        tree=tree,
        here=here,
        facts=facts,
        replies=tuple(taken),
        kept=tuple(reply for place, reply in waiting.items() if place in ahead),
        met=frozenset(met),
    )


def _ahead(library: Library, here: Place) -> frozenset[Place]:
    """The steps reachable from this one."""
    onward = partial(successors, library)
    return frozenset(breadth_first(onward(here), onward))
