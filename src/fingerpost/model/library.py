"""Everything that was read, together: trees, routes, needs, rules, cases and local details."""

from __future__ import annotations

from collections.abc import Mapping

from .base import Frozen, field
from .case import Case
from .facts import Facts
from .route import Route
from .rule import Rule
from .sentence import Sentence, Source
from .tree import Advice, Always, NeedWords, Question, Target, Tree


class Library(Frozen):
    """Everything that was read, and what it means together.

    ``questions`` is the shared wording by fact name, ``words`` the glossary by the word in small
    letters, ``opening`` what is said before the first question. ``sources`` are those at the top of
    the files of ``shared/`` and of cases. ``nation`` is what the local file says of where we are,
    or None.
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
