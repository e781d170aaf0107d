"""The catalogue of cases to rehearse: by topic or words, with their minutes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import chain, groupby
from math import ceil
from typing import TYPE_CHECKING

from ..model.base import Frozen, grouped, replace
from ..model.case import Case
from ..model.facts import NOT_SURE
from ..model.graph import Place, breadth_first, successors
from ..model.inline_markup import hard_words
from ..model.library import Library
from ..model.sentence import Sentence
from ..model.spelling import closest
from ..model.tree import Outcome, Question
from ..page import visibility
from ..page.messages import as_sentence, listed, say
from ..page.speaker import Speaker
from ..search.crisis import CrisisSearch
from ..search.index import Sentences
from ..search.stories import StorySearch
from ..search.words import english_stems, in_sentences, split
from ..walk.autoplay import play_case
from ..walk.doors import entrances
from ..walk.walk import Walk
from .rehearsal import JudgementStep, NewsStep, QuestionStep, Rehearsal, UrgencyStep
from .review import page_at_end, titled
from .services import vital_needs

if TYPE_CHECKING:
    from ..search.trees import TreeSearch

_READ_A_MINUTE, _ALOUD_A_MINUTE = 200, 130
"""Words: read silently, and read aloud."""

_DENIED = re.compile(r"(?i)\b(?:not|no|never|nor|dont)\b|n't\b")

_A_SENTENCE = 4
"""The fewest words that say what has happened, rather than what to look for."""

_MOST_OF_A_TREE, _LEAST_OF_A_TREE = 8.0, -2.0
"""The scores of a tree that count: one alone must not outweigh what a story says."""

_NEARLY = 0.75
"""The least share of the score of the best story for one that is found beside it."""

_NOWHERE = "zzzz"
"""A word of no story, for which all of each is read."""

_A_CHOICE, _AN_ANSWER = 0.75, 0.3
"""Minutes, alone: to think about what to say, and to fill in what has been told."""

_A_QUESTION, _A_JUDGEMENT, _NEWS, _AT_THE_END, TALK = 0.5, 3, 2, 3, 5
"""Minutes in a room: for a question of the tree, a judgement with a vote, news and what it changes,
how soon and who to turn to, and to talk when all is known."""


class Lesson(Frozen):
    """A case to rehearse. ``title`` and ``about`` say what its story is about, so that users may
    decline it; of an exercise the ``title`` says that, which is its own or how its story begins.
    ``subject`` is what a scene is about in a few words; empty for another story."""

    case: Case
    title: str
    about: str = ""
    subject: str = ""


class Topic(Frozen):
    """The cases of one tree."""

    tree: str
    title: str
    lessons: tuple[Lesson, ...]


def syllabus(library: Library) -> tuple[Topic, ...]:
    """Every case, by the tree that it begins in, in the order in which workers choose a tree:
    the scenes first, and the exercises by their titles.

    Every case should be one that can be rehearsed: see ``checks.runner.rehearsable``.
    """
    topics = []
    behind = chain.from_iterable(trees for _, trees in entrances(library, "staff", library.trees))
    for name in dict.fromkeys((*behind, *library.trees)):
        lessons = [lesson(library, case) for case in library.cases.values() if case.tree == name]
        lessons.sort(
            key=lambda each: (True, each.title) if each.case.scene is None else (False, "")
        )
        if lessons:
            topics.append(Topic(name, _title(library, name), tuple(lessons)))
    return tuple(topics)


class Search:
    """Full-text search in the stories of some topics of one library."""

    def __init__(self, library: Library, topics: Sequence[Topic]) -> None:
        self._library = library
        self._topics = tuple(topics)
        self._trees = cache(partial(_tree_search, library))
        self._trade = tuple(library.search.trade)
        spoken_of = SpokenOf(library)

        played = cache(lambda name: play_case(library, library.cases[name]))

        def titles(name: str) -> Iterator[str]:
            yield from _titles(library, library.cases[name], played(name))
            yield from spoken_of(library.cases[name], denied=False)

        self._stories = StorySearch(
            library.search,
            [each.case.name for topic in topics for each in topic.lessons],
            [titles, lambda name: _hard_words(library, played(name)), partial(_story, library)],
        )

    @classmethod
    def prepared(cls, library: Library, topics: Sequence[Topic]) -> Search:
        """A search that has read every story: the first words wait for nothing."""
        made = cls(library, topics)
        made._stories.find(_NOWHERE)
        made._stories.corrected(_NOWHERE)
        made._trees()
        return made

    def among(self, lessons: Iterable[Lesson], words: str) -> tuple[Lesson, ...]:
        """The scenes that match these words best, those whose title or subject has them first, then
        the exercises; none if nothing matches. Of a trainer's word they are those for which it
        stands, in its order.

        The fields are tried in turn until one matches every word: names and titles of the tree, of
        the ending and of the only ending reachable from there, all that a scene begins with, and
        the kinds of danger that a story speaks of; then the hard words of the page; then the story
        and what follows it. Of a sentence not every word must be there: the best fit comes first.
        """
        places = self._stories.stood_for(words)
        some = places or self._stories.stood_for(words, part=True)

        def place(each: Lesson) -> int:
            case, last = each.case, len(some)
            return min(some.get(at, last) for at in (case.name, case.tree, case.expect.outcome))

        def is_aside(each: Lesson) -> bool:
            return not self._stories.says(words, f"{each.title} {each.subject}")

        def order(each: Lesson) -> tuple[bool, bool, int]:
            is_scene = each.case.scene is not None
            return not is_scene, is_scene and is_aside(each), place(each)

        lessons = sorted(lessons, key=order)
        if not some and len(split(words)) >= _A_SENTENCE:
            return self._fitting(lessons, words)
        kinds = groupby(() if places else lessons, key=lambda each: each.case.scene is None)
        names = ([each.case.name for each in kind] for _, kind in kinds)
        found = frozenset[str]().union(*(self._stories.find(words, kind) for kind in names))
        named = [each for each in lessons if place(each) < len(some)]
        both = [each for each in named if each.case.name in found]
        return tuple(both or named or (each for each in lessons if each.case.name in found))

    def _fitting(self, lessons: Iterable[Lesson], words: str) -> tuple[Lesson, ...]:
        """The stories that fit a sentence nearly as well as the best one, which comes first: by its
        words, and by how well their trees fit it as they would for a visitor."""
        fits = {each.tree: each.score for each in self._trees().find(words)}

        def likely(name: str) -> float:
            score = fits.get(self._library.cases[name].tree, _LEAST_OF_A_TREE)
            return min(_MOST_OF_A_TREE, max(score, _LEAST_OF_A_TREE))

        scores = self._stories.scores(words, likely)
        known = [each for each in lessons if each.case.name in scores]
        known.sort(key=lambda each: -scores[each.case.name])
        least = _NEARLY * scores[known[0].case.name] if known else 0.0
        return tuple(each for each in known if scores[each.case.name] >= least)

    def topics(self, words: str) -> tuple[Topic, ...]:
        """The topics with matching stories, reduced to those: that of the best fit comes first."""
        every = (each for topic in self._topics for each in topic.lessons)
        found = grouped((each.case.tree, each) for each in self.among(every, words))
        known = {each.tree: each for each in self._topics}
        return tuple(replace(known[at], lessons=tuple(some)) for at, some in found.items())

    def mended(self, words: str) -> str:
        """The words with typos corrected, or as many of them as find something; or else the
        trainer's word nearest to them, or empty."""
        if self.topics(said := self._stories.corrected(words)):
            return said
        return (closest(words.casefold(), self._trade) or "").replace("-", " ")


def _tree_search(library: Library) -> TreeSearch:
    """A search of all trees, whose index takes seconds: few rehearsals begin with a sentence."""
    from ..search.indexing import index_of
    from ..search.trees import TreeSearch

    return TreeSearch(index_of(library))


def lesson(library: Library, case: Case) -> Lesson:
    """A case with its title, and of a scene what it is about."""
    speaker = Speaker(library, {"teller": frozenset({"staff"})}, case.tree)
    if case.scene is None:
        return Lesson(case, titled(library, case))
    about = speaker.say(case.scene.about)
    subject = speaker.say(case.scene.subject) if case.scene.subject else ""
    return Lesson(case, titled(library, case), about, subject)


def warning(heard: SpokenOf, case: Case) -> str:
    """What an exercise is about, before it is read: the danger in its story, its ``about`` or else
    the title of its tree, for that of its page would answer it, and what else it speaks of, such as
    suicide, even where nobody is in danger."""
    library = heard.library
    *_, done = Rehearsal.begin(library, case).played_by_the_story()
    speaker = Speaker(library, {"teller": frozenset({"staff"})}, case.tree)
    told = [
        speaker.answers(fact, done.expected.get(fact, frozenset()) & asked.in_danger - {NOT_SURE})
        for fact, asked in library.questions.items()
    ]
    told.append(speaker.say(case.about) if case.about else _title(library, case.tree))
    page, spoken_of = page_at_end(done.told), heard(case)
    for need in vital_needs(library).intersection(each.need for each in page.help) if page else ():
        kinds = [each for each in library.search.crisis.kinds.values() if need in each.needs]
        warns = [each.warns for each in kinds if each.warns]
        if not {*spoken_of}.intersection(warns):
            spoken_of += warns[:2]  # the worst
    if spoken_of:
        told.append(say("rehearsal.speaks-of", what=listed(spoken_of)))
    return " ".join(map(as_sentence, filter(None, told)))


class SpokenOf:
    """Finds what the stories of a library speak of, in a word each: kinds of danger, those that a
    question on a way to the ending asks about, and what the library warns of. Each is read once."""

    def __init__(self, library: Library) -> None:
        self.library = library
        known = library.search.crisis
        self._kinds = known.kinds
        nothing = Sentences((), "", dict.fromkeys(known.kinds, ""))  # phrases are enough
        self._kinds_in = cache(CrisisSearch(known, nothing, english_stems(), ()).kinds)
        self._asked = cache(self._asked_on_a_way)

    def __call__(self, case: Case, *, denied: bool = True) -> list[str]:
        """Those of one story; ``denied``: also where it says that somebody is not in it, and what
        is only asked about."""
        found: set[str] = set()
        for told in in_sentences(case.story.otherwise):
            kinds = set(self._kinds_in(told))
            if not denied and _DENIED.search(told):
                kinds -= {kind for kind in kinds if "no" in case.answers.get(kind, ())}
            found |= kinds
        found |= self._asked(case.tree, case.expect.outcome) if denied else set()
        named, words = {case.name, case.expect.outcome}, self.library.search
        warned_of = (w for w in words.warned_of if named.intersection(words.trade.get(w, ())))
        warned = [word.replace("-", " ") for word in warned_of]
        dangers = [each.warns for kind, each in self._kinds.items() if kind in found and each.warns]
        return warned + dangers

    def _asked_on_a_way(self, tree: str, ending: str) -> frozenset[str]:
        """The kinds of danger about which questions from the start of a tree to an ending ask."""
        onward = partial(successors, self.library)
        ways = breadth_first([(tree, self.library.trees[tree].start)], onward)
        steps = ((at, self.library.trees[at[0]].step(at[1])) for at in ways)
        asked = ((at, step.fact) for at, step in steps if isinstance(step, Question))
        return frozenset(
            fact
            for at, fact in asked
            if fact in self._kinds and ending in {name for _, name in breadth_first([at], onward)}
        )


def in_a_list(heard: SpokenOf, lesson: Lesson, *, far: bool) -> str:
    """A story wherever it is listed: its title, the minutes that it takes, and its subject or what
    it speaks of."""
    taken = minutes(heard.library, lesson.case, far=far)
    speaks_of = [lesson.subject] if lesson.subject else heard(lesson.case)
    warns = "".join(f"; {each}" for each in speaks_of)
    return say("scene.item", title=lesson.title, minutes=taken, warns=warns)


def _title(library: Library, tree: str) -> str:
    speaker = Speaker(library, {"teller": frozenset({"staff"})}, tree)
    return speaker.say(library.trees[tree].title)


# --- minutes ------------------------------------------------------------------------------------


def minutes(library: Library, case: Case, *, far: bool) -> int:
    """The minutes that a story takes whoever chooses rightly, in a room if ``far``, rounded up."""
    return (in_room if far else alone)(library, case)


def alone(library: Library, case: Case) -> int:
    """The minutes that a story and its review take one person who chooses rightly, rounded up."""
    speaker = Speaker(library, case.answers, case.tree)
    words, taken = _words(speaker, [case.scene.opens if case.scene else case.story]), 0.0
    for each in Rehearsal.begin(library, case).played_by_the_story():
        match each.here:
            case JudgementStep(moment):
                right = moment.right
                shown = [*(moment.says or [moment.ask]), *(each.say for each in moment.choices)]
                # The last two stand in the review.
                words += _words(speaker, [*shown, right.then, right.say, right.because])
                taken += _A_CHOICE
            case QuestionStep(Walk(here=Question() as asked)):
                words += _words(speaker, [asked.ask, *(each.say for each in asked.answers)])
                taken += _AN_ANSWER
            case NewsStep(inject):
                words += _words(speaker, [inject.say])
            case UrgencyStep():
                taken += _AN_ANSWER + _A_CHOICE  # how soon, and who to
    return ceil(words / _READ_A_MINUTE + taken)


def in_room(library: Library, case: Case) -> int:
    """The minutes that a story takes in a room that chooses rightly, rounded up."""
    speaker = Speaker(library, case.answers, case.tree)
    steps = [type(each.here) for each in Rehearsal.begin(library, case).played_by_the_story()]
    asked = _A_QUESTION * steps.count(QuestionStep) + _A_JUDGEMENT * steps.count(JudgementStep)
    news = _NEWS * steps.count(NewsStep)
    read = _words(speaker, [case.scene.opens if case.scene else case.story]) / _ALOUD_A_MINUTE
    return ceil(read + asked + news + (0 if case.scene else _AT_THE_END) + TALK)


def _words(speaker: Speaker, sentences: Iterable[Sentence | None]) -> int:
    return sum(len(speaker.say(each).split()) for each in sentences if each)


# --- search fields -------------------------------------------------------------------------------


def _titles(library: Library, case: Case, walk: Walk) -> Iterator[str]:
    tree = library.trees[case.tree]
    yield from (tree.name, *tree.title.texts)
    if scene := case.scene:
        yield case.name
        begins = (scene.title, scene.subject, scene.about, scene.opens, case.story)
        yield from (text for sentence in begins if sentence for text in sentence.texts)
    here = walk.here
    if isinstance(here, Outcome):
        for ending in (here, *_goes_on_to(library, (walk.tree.name, here.name))):
            yield from (ending.name, *ending.title.texts)


def _hard_words(library: Library, walk: Walk) -> Iterator[str]:
    """The hard words of the page."""
    if isinstance(walk.here, Outcome):
        says = (line.say for line in visibility.lines(library, walk.here, walk.facts))
        for sentence in (walk.here.open, *says):
            yield from (word for text in sentence.texts for word in hard_words(text))


def _story(library: Library, name: str) -> Iterator[str]:
    """The texts of the case."""
    case = library.cases[name]
    yield from (name, titled(library, case))
    sentences = [case.story, *(inject.say for inject in case.injects)]
    for judgement in case.every_judgement:
        sentences += (judgement.ask, *(choice.say for choice in judgement.choices))
    yield from (text for sentence in sentences for text in sentence.texts)


def _goes_on_to(library: Library, at: Place) -> tuple[Outcome, ...]:
    """The only ending reachable from here, or none if there are several."""
    onward = partial(successors, library)
    ahead = [library.trees[tree].step(name) for tree, name in breadth_first(onward(at), onward)]
    endings = tuple(step for step in ahead if isinstance(step, Outcome))
    return endings if len(endings) == 1 else ()
