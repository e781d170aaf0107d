"""Everything that was read, together: trees, routes, needs, rules, cases and local details."""

from __future__ import annotations

from collections.abc import Mapping

from .base import Frozen, field
from .case import Case
from .facts import Facts
from .route import Route
from .sentence import Sentence, Source
from .tree import Advice, Always, NeedWords, Question, Rule, Target, Tree


class SearchWords(Frozen):
    """What ``search.yaml`` says of the words by which people search.

    ``same`` are groups of words for one thing, of each of which the first stands for all; ``small``
    are words that say nothing; ``whom`` has words that tell of whom somebody speaks, by the keys of
    the format. Words are as written; a hyphen joins those that stand in a row.
    """

    same: tuple[tuple[str, ...], ...] = ()
    small: tuple[str, ...] = ()
    whom: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class ReviewQuestion(Frozen):
    """What only a person can judge, as a question to a kind of person.

    ``known`` is all that we know of the answer, and how we know it. ``about`` has the names of
    trees, routes and lines of shared advice; without any it is about the program.
    """

    to: str
    ask: str
    known: str
    about: tuple[str, ...] = ()

    def concerns(self, library: Library) -> bool:
        """Whether a library has any of what this is about."""
        names = library.trees.keys() | library.routes.keys() | library.advice.keys()
        return not self.about or not names.isdisjoint(self.about)


class Library(Frozen):
    """Everything that was read, and what it means together.

    ``questions`` is the shared wording by fact name, ``words`` the glossary by the word in small
    letters, ``opening`` what is said before the first question. ``sources`` are those at the top of
    the files of ``shared/`` and of cases. ``nation`` is what the local file says of where we are,
    or None. ``harmless`` are the words, and words in a row, that a discreet sheet may show, in
    small letters. Rules, cases, ``sources`` and ``review_questions`` are there only if the library
    was read whole.
    """

    trees: Mapping[str, Tree]
    questions: Mapping[str, Question]
    advice: Mapping[str, Advice]
    always: tuple[Always, ...]
    needs: Mapping[str, NeedWords]
    words: Mapping[str, Sentence]
    routes: Mapping[str, Route]
    opening: tuple[Advice, ...] = ()
    rules: tuple[Rule, ...] = ()
    cases: Mapping[str, Case] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    nation: str | None = None
    search: SearchWords = SearchWords()
    harmless: frozenset[str] = frozenset()
    review_questions: tuple[ReviewQuestion, ...] = ()

    def always_asks(self, fact: str) -> bool:
        """Whether only a person's own answer counts for a fact, and never a given one."""
        question = self.questions.get(fact)
        return question is not None and question.always_ask

    def gives(self, tree: Tree) -> Facts:
        """What a tree fixes for all who are in it. Where only one's own answer counts it cannot."""
        return {f: values for f, values in tree.given.items() if not self.always_asks(f)}

    def place(self, target: Target) -> tuple[str, str] | None:
        """The step that is meant, by its tree and its name; None if it is not there."""
        tree = self.trees.get(target.tree)
        step = tree.step(target.step) if tree else None
        return (target.tree, step.name) if step else None

    def question_of(self, fact: str, tree: str) -> Question | None:
        """The question that says what the values of a fact mean in a tree."""
        shared = self.questions.get(fact)
        if shared is not None:
            return shared
        own = self.trees[tree].questions.values() if tree in self.trees else ()
        return next((q for q in own if q.fact == fact), None)
