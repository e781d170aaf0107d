"""A library: trees, routes, needs, rules, cases, word lists and local details."""

from __future__ import annotations

from collections.abc import Mapping

from .approval import Approval, Comment
from .base import Frozen, field, replace
from .case import Case
from .diagnostics import Span
from .facts import TELLERS, Facts
from .route import Route
from .sentence import Formed, Sentence
from .tree import Advice, Always, Door, Hazard, NeedWords, Outcome, Question, Rule, Target, Tree


class CrisisKind(Frozen):
    """A kind of danger: the trees and the needs that are for it, and what may speak of it: phrases,
    those that count in any text, and sentences of people who may be in it. ``advice`` are names of
    shared advice, of which a phrase of it shows the first line that holds. ``warns`` is what is
    said that a story about it speaks of, or empty. ``first``: its door stands before any other;
    ``own``: that of whoever looks after somebody does."""

    doors: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    warns: str = ""
    first: bool = False
    own: bool = False


class CrisisWords(Frozen):
    """The words of ``search.yaml`` that may speak of suicide, self-harm or danger now.

    ``needs`` are those whose services are shown at once, for a kind that has none. ``theirs`` has
    the tree of those who speak of somebody else, by the keys of ``whom``. ``words`` are groups of
    words, by the name that stands for any of them in a phrase. ``instead`` are words in a row that
    are read as another, in their order: ipad for "on his tablet". ``kinds`` come the worst first.
    ``later`` are kinds of danger that may be for later, by the values of the fact ``wrote``: they
    have phrases only. ``usual`` are sentences of people who are in none, and ``said`` of all trees
    are such too: a text is compared with them and with those of the kinds.
    """

    needs: tuple[str, ...] = ()
    theirs: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    instead: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kinds: Mapping[str, CrisisKind] = field(default_factory=dict)
    later: Mapping[str, CrisisKind] = field(default_factory=dict)
    usual: tuple[str, ...] = ()


class Stated(Frozen):
    """What people say of a fact in so many words.

    ``means`` has the words for each value, ``says`` by who is reading the phrases in which ``ANY``
    is any of these. Beside one of ``unless`` it is something else: "I'm 12 weeks pregnant".
    ``several``: more than one value may be said of it.
    """

    means: Mapping[str, tuple[str, ...]]
    says: Mapping[str, tuple[str, ...]]
    unless: tuple[str, ...] = ()
    several: bool = False


class SearchWords(Frozen):
    """The words of ``search.yaml``.

    ``written`` has text-speak by the word for which it is written; ``same`` are groups of synonyms,
    each represented by its first word; ``small`` are stop words;
    ``trade`` has by a trainer's word what it stands for: trees, endings, stories or such words;
    of those in ``warned_of`` people are warned before they read a story;
    ``whom`` has words that tell whom a text is about, by the keys of the format. Words are as
    written; a hyphen joins the words of a phrase. ``said`` are sentences of people in no danger, by
    the tree that is for them; ``in_doubt`` are such of people who may be in danger. ``stated`` has
    what people say in so many words, by the fact.
    """

    written: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    same: tuple[tuple[str, ...], ...] = ()
    small: tuple[str, ...] = ()
    trade: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    warned_of: tuple[str, ...] = ()
    whom: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    said: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    in_doubt: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    crisis: CrisisWords = CrisisWords()
    stated: Mapping[str, Stated] = field(default_factory=dict)

    @property
    def without_sentences(self) -> SearchWords:
        """What a search reads beside its index: words, groups and phrases."""
        kinds = {name: replace(kind, heard=()) for name, kind in self.crisis.kinds.items()}
        return SearchWords(
            written=self.written,
            same=self.same,
            small=self.small,
            trade=self.trade,
            warned_of=self.warned_of,
            whom=self.whom,
            crisis=replace(self.crisis, kinds=kinds, usual=()),
            stated=self.stated,
        )


class Grammar(Frozen):
    """The small words by which an order is told from what only tells of something.

    Rows of words, in small letters. After one of ``telling`` nobody is told to do anything, after
    one of ``against`` they are told not to, unless one of ``still`` follows. ``anew`` begins a new
    part of a sentence, ``openings`` one that is a condition, ``asking`` a question that is an
    order. ``pronouns`` stand for what has been named, ``verbs`` are things to do, and after one of
    ``dial`` comes a number.
    """

    telling: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    still: tuple[str, ...] = ()
    anew: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    asking: tuple[str, ...] = ()
    pronouns: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    dial: tuple[str, ...] = ()


class UnsafeKind(Frozen):
    """A kind of line that could harm its reader: how, and what to do about it.

    ``orders`` are phrases that tell somebody to do the harm, ``states`` such that harm unless they
    are asked or denied, ``says`` such that harm wherever they stand. A sentence with one of ``but``
    is safe. ``it`` is the group for which a pronoun may stand. With ``numbers``, a number that no
    route has is one. In the files of ``only_in`` it is no harm.
    """

    harm: str
    hint: str
    orders: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    it: str = ""
    numbers: bool = False
    only_in: tuple[str, ...] = ()


class UnsafeLines(Frozen):
    """The words of ``unsafe-lines.yaml``. ``words`` are groups, by the name that stands in
    capitals for any of them in a phrase."""

    grammar: Grammar = Grammar()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kinds: Mapping[str, UnsafeKind] = field(default_factory=dict)


class ReviewQuestion(Frozen):
    """A question that only a person can answer, to a kind of person.

    ``known`` is what is known of the answer, and how. ``about`` has the names of trees, routes and
    lines of shared advice; an empty one means the program.
    """

    to: str
    ask: str
    known: str
    about: tuple[str, ...] = ()

    def concerns(self, library: Library) -> bool:
        """Whether a library has any of the names in ``about``."""
        names = library.trees.keys() | library.routes.keys() | library.advice.keys()
        return not self.about or not names.isdisjoint(self.about)


class FrontPages(Frozen):
    """Sites whose front page tells nobody where to go: the hosts of those for many things, each
    with all hosts below it but those that are for one thing."""

    many_purposes: frozenset[str]
    one_purpose: frozenset[str]


class Budgets(Frozen):
    """The most that a question or a page may ask of its reader, as ``budgets.yaml`` says.

    ``steps`` are those on a first screen; ``first_screen`` and ``whole_page`` are words. Each is by
    reader, of whom a young person ``under-13`` is one apart. No page has more steps, but for those
    that are there to save a life and one that would be left alone; the others are checked.
    """

    answers: int
    answer_words: int
    parts: int
    steps: Mapping[str, int]
    first_screen: Mapping[str, int]
    whole_page: Mapping[str, int]


ANY = 10_000
"""The most of anything, where no file says it."""

_ANY = dict.fromkeys(("under-13", *TELLERS), ANY)
NO_BUDGETS = Budgets(ANY, ANY, ANY, _ANY, _ANY, _ANY)


class RecordBlank(Frozen):
    """Something to write down by hand, on so many ``lines``."""

    ask: Sentence
    lines: int = 1


class Record(Frozen):
    """The page on which a worker writes down what they were told, as ``record.yaml`` says."""

    title: Sentence
    say: tuple[Sentence, ...]
    blanks: tuple[RecordBlank, ...]


class Language(Frozen):
    """What a ``file`` of ``languages/`` says: ``messages`` of the program by key, each plural form
    by its own, and ``sentences`` by the English. ``spans`` are the places of messages."""

    file: str
    messages: Mapping[str, str] = field(default_factory=dict)
    sentences: Mapping[str, Sentence] = field(default_factory=dict)
    spans: Mapping[str, Span] = field(default_factory=dict)

    def under(self, upper: Language) -> Language:
        """This language, with what another layer adds to it or says in other words."""
        return Language(
            upper.file,
            messages={**self.messages, **upper.messages},
            sentences={**self.sentences, **upper.sentences},
            spans={**self.spans, **upper.spans},
        )


class Library(Frozen):
    """Everything read from the files of a library.

    ``questions`` is the shared wording by fact name, ``words`` the glossary by the word in small
    letters, ``opening`` what is shown before the first question, ``doors`` the lines behind which
    trees are offered together. ``nation`` and ``organisation``, the name of it, are those of the
    local file, or None and empty. ``harmless`` are the words and phrases that a discreet sheet may
    show, in small letters. ``tried`` says what was tried beside the proofs. ``approvals`` and
    ``comments`` are in the order in which they were made. ``formed`` are the texts of all files
    whose form is checked. Rules, hazards, ``tried``, cases, ``review_questions``, ``unsafe_lines``,
    ``formed`` and ``languages``, by IETF tag, are empty unless the library was read whole.
    """

    trees: Mapping[str, Tree]
    questions: Mapping[str, Question]
    advice: Mapping[str, Advice]
    always: tuple[Always, ...]
    needs: Mapping[str, NeedWords]
    words: Mapping[str, Sentence]
    routes: Mapping[str, Route]
    opening: tuple[Advice, ...] = ()
    doors: tuple[Door, ...] = ()
    rules: tuple[Rule, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    tried: tuple[Sentence, ...] = ()
    cases: Mapping[str, Case] = field(default_factory=dict)
    nation: str | None = None
    organisation: str = ""
    search: SearchWords = SearchWords()
    harmless: frozenset[str] = frozenset()
    budgets: Budgets = NO_BUDGETS
    record: Record | None = None
    front_pages: tuple[FrontPages, ...] = ()
    review_questions: tuple[ReviewQuestion, ...] = ()
    unsafe_lines: UnsafeLines = UnsafeLines()
    approvals: tuple[Approval, ...] = ()
    comments: tuple[Comment, ...] = ()
    formed: tuple[Formed, ...] = ()
    languages: Mapping[str, Language] = field(default_factory=dict)

    def always_asks(self, fact: str) -> bool:
        """Whether a fact is always asked, so that a given value never counts."""
        question = self.questions.get(fact)
        return question is not None and question.always_ask

    @property
    def asked_everywhere(self) -> frozenset[str]:
        """The facts that every tree asks, or gives; of a lone tree only who is reading."""
        known = [{q.fact for q in tree.asked} | tree.given.keys() for tree in self.trees.values()]
        return frozenset(set.intersection(*known) if len(known) > 1 else {"teller"})

    @property
    def shows(self) -> tuple[Outcome | Always, ...]:
        """All that has lines and needs: what is always added, and the endings of each tree."""
        trees = self.trees.values()
        return (*self.always, *(each for tree in trees for each in tree.outcomes.values()))

    @property
    def lines(self) -> tuple[Advice, ...]:
        """Every line of advice, as often as it stands somewhere, the shared ones first."""
        return (*self.advice.values(), *(line for each in self.shows for line in each.advice))

    @property
    def every_rule(self) -> tuple[tuple[Rule, str | None], ...]:
        """The rules of all trees together, and then those of each tree with its name."""
        own = ((rule, tree.name) for tree in self.trees.values() for rule in tree.rules)
        return (*((rule, None) for rule in self.rules), *own)

    def gives(self, tree: Tree) -> Facts:
        """The facts that a tree gives, except those that are always asked."""
        return {f: values for f, values in tree.given.items() if not self.always_asks(f)}

    def place(self, target: Target) -> tuple[str, str] | None:
        """The step that a target names, by its tree and its name; None if it does not exist."""
        tree = self.trees.get(target.tree)
        step = tree.step(target.step) if tree else None
        return (target.tree, step.name) if step else None

    def question_of(self, fact: str, tree: str) -> Question | None:
        """The question that defines the values of a fact in a tree, or None."""
        shared = self.questions.get(fact)
        if shared is not None:
            return shared
        own = self.trees[tree].asked if tree in self.trees else ()
        return next((q for q in own if q.fact == fact), None)
