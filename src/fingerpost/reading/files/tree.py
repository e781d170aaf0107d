"""Read the file of a tree: its questions with their routing, its endings and its own rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from ...model.base import Frozen, replace
from ...model.diagnostics import Related, Span
from ...model.sentence import Sentence, Urgency
from ...model.tree import ALWAYS, Answer, CarryOn, Outcome, Question, Target, Tree, When
from ..located import Entry, Node, Placed, Scalar
from ..located import Mapping as YamlMapping
from . import rules, shared
from .fields import OTHERWISE, Fields, Reader, is_known
from .names import Names, Sort, by_key, entries_under, plain_text, values_asked

_VERSION = "1"

_BUILT_IN = ("teller", "age", "nation")
"""Facts that the program itself knows: their wording is always shared."""

_NEVER = date(1970, 1, 1)

_FORK = "Depends on what is known"
"""What a drawing says of a step that asks nothing."""


def tree(reader: Reader, node: Node, name: str, unread: frozenset[Sort]) -> Tree:
    """One tree; ``name`` is the name of its file without the extension, and ``unread`` the result
    of the function of that name."""
    top = shared.with_sources(reader.top(node, "tree"))
    top = _with_own_names(top, node, unread)
    steps = _Steps.of(name, top)
    _look_at_version(top)
    start = top.text("start")
    steps.must_have(start, top.value_at("start"))
    return Tree(
        name=name,
        title=top.need_sentence("title"),
        about=top.need_sentence("about"),
        review_by=top.day("review-by") or _NEVER,
        reviewed=top.checked("reviewed"),
        sources=top.reader.names.sources,
        given=top.settled("given"),
        start=start,
        questions={
            **{e.text: steps.question(e) for e in top.listed("questions")},
            **{e.text: steps.fork(e) for e in top.listed("forks")},
        },
        outcomes={e.text: steps.outcome(e) for e in top.listed("outcomes")},
        rules=rules.rules(top),
        said=_said(top),
        catch_all=top.flag("catch-all"),
        span=top.span,
    )


def unread(node: Node | None) -> frozenset[Sort]:
    """The sorts of a tree's own names that are unknowable because of a mistake in it."""
    if node is None:
        return frozenset({Sort.SOURCE, Sort.FACT, Sort.ENDING})
    missing = shared.unread_sources(by_key(node, "@tree"))
    questions = entries_under(node, "@tree", "questions")
    if questions is None or any(_hides_its_fact(entry.value) for entry in questions.values()):
        missing |= {Sort.FACT}
    if entries_under(node, "@tree", "outcomes") is None:
        missing |= {Sort.ENDING}
    return missing


def _hides_its_fact(question: Node) -> bool:
    keys = by_key(question, "question")
    return "fact" in keys and not plain_text(keys["fact"])


def _with_own_names(top: Fields, node: Node, unread: frozenset[Sort]) -> Fields:
    """The same keys, with a reader that knows the facts and the endings of this tree."""
    names = top.reader.names
    facts, many = _own_facts(names, top.node("questions"))
    inside = top.reader.knowing(
        facts={**names.facts, **facts},
        many=names.many | many,
        endings=frozenset(entries_under(node, "@tree", "outcomes") or ()),
        unread=names.unread | unread,
    )
    return replace(top, reader=inside)


def _said(top: Fields) -> tuple[Sentence, ...]:
    """What people type. It is only searched: it has no markup and is the same for all readers, and
    a duplicate is a mistake."""
    node = top.node("said")
    lines = () if node is None else top.reader.phrases(node, "said")
    return tuple(Sentence(text, span=at.span) for text, at in lines)


def _look_at_version(top: Fields) -> None:
    if top.text("fingerpost") not in ("", _VERSION):
        message = "this version of the format cannot be read"
        hint = f"write “fingerpost: {_VERSION}”"
        top.reader.error("FP115", message, top.value_span("fingerpost"), hint)


def _own_facts(
    names: Names, questions: Node | None
) -> tuple[dict[str, Collection[str]], frozenset[str]]:
    """The facts that only this tree's questions set: their values, and which may have many.

    They are collected before anything is read, for a condition may stand above its question. A
    fact that several questions set has the values of all of them.
    """
    facts: dict[str, Collection[str]] = {}
    many: set[str] = set()
    for name, entry in questions.by_text.items() if isinstance(questions, YamlMapping) else ():
        keys = by_key(entry.value, "question")
        use = plain_text(keys.get("use"))
        fact = plain_text(keys.get("fact")) or use or name
        if fact in names.facts:
            continue
        words = names.questions.get(use)
        values, has_many = (words.values, words.many) if words else values_asked(keys)
        known = facts.get(fact)
        facts[fact] = dict.fromkeys([*known, *values]) if known else values
        if has_many:
            many.add(fact)
    return facts, frozenset(many)


class _Steps(Frozen):
    """Reads the steps of one tree, each with its ways on.

    ``names`` are those of all steps, or None if they are unknowable because the questions or the
    endings are missing. ``asked`` has the entry of each question.
    """

    reader: Reader
    tree: str
    names: Collection[str] | None
    asked: dict[str, Entry]

    @classmethod
    def of(cls, tree: str, top: Fields) -> _Steps:
        questions, outcomes = top.node("questions"), top.node("outcomes")
        forks = top.node("forks")
        asked = questions.by_text if isinstance(questions, YamlMapping) else {}
        if isinstance(forks, YamlMapping):
            asked = {**asked, **forks.by_text}
        names = None
        if isinstance(questions, YamlMapping) and isinstance(outcomes, YamlMapping):
            names = dict.fromkeys((*asked, *outcomes.by_text))
        return cls(top.reader, tree, names, asked)

    def question(self, entry: Entry) -> Question:
        """A question: in words of its own, or in shared ones."""
        fields = self.reader.inside(entry, "question")
        read = self._with_shared_words if "use" in fields else self._with_own_words
        return read(entry.text, fields, entry)

    def fork(self, entry: Entry) -> Question:
        """A question that nobody is asked: those for whom its condition holds have answered it."""
        fields = self.reader.inside(entry, "fork")
        goto, otherwise = fields.node("goto"), fields.node("otherwise")
        when = fields.when("when") or ALWAYS
        fact, values = next(iter(when.tests), (entry.text, frozenset()))
        words = Sentence(_FORK, span=entry.span)
        target = self._unknown(entry.span) if goto is None else self._target(goto)
        return Question(
            name=entry.text,
            fact=fact,
            ask=words,
            why=None,
            note=None,
            answers=tuple(
                Answer(value, words, target, span=entry.span) for value in sorted(values)
            ),
            many=fact in self.reader.names.many,
            when=when,
            otherwise=None if otherwise is None else self._target(otherwise),
            shared=True,
            fork=True,
            span=entry.span,
        )

    def outcome(self, entry: Entry) -> Outcome:
        """An ending: its own, or a shared one, with this tree's way on."""
        name = entry.text
        if name in self.asked:
            self.reader.error(
                "FP214",
                f"“{name}” is both a question and an ending",
                entry.span,
                "give one of them another name",
                Related("the question is here", self.asked[name].span),
            )
        fields = self.reader.inside(entry, "ending")
        if "use" not in fields:
            hint = "write a “carry-on” with words of its own"
            self._refuse(fields, fields.keys.used, "an ending in its own words has no", hint)
            own, carry_on = shared.outcome(fields, name), self._carry_on(fields, name)
            return replace(own, carry_on=carry_on) if carry_on else own
        hint = "only the way on is this tree's own"
        self._refuse(fields, fields.keys.own, "an ending that uses shared words has no", hint)
        found = self.reader.names.outcomes.get(fields.name("use", Sort.OUTCOME))
        if found is None:
            nothing = Sentence("", span=fields.span)
            found = Outcome(name, nothing, Urgency.INFO, nothing, (), (), span=fields.span)
        carry_on = self._carry_on(fields, name)
        if carry_on is None:
            carry_on = self._shared_way_on(fields, name, found)
        elif "goto" in fields:
            message, hint = f"“{name}” has two ways on", "keep one of the two"
            self.reader.error("FP112", message, fields.key_span("goto"), hint)
        return replace(found, name=name, carry_on=carry_on, way_on=None, span=fields.span)

    def must_have(self, step: str, at: Placed) -> None:
        """Report a step that does not exist."""
        if step and self.names is not None and not is_known(step, self.names):
            hint = (
                self.reader.meant(step, self.names) or "name a question or an ending of this tree"
            )
            self.reader.error("FP201", f"nothing here is called “{step}”", at.span, hint)

    def _with_own_words(self, name: str, fields: Fields, entry: Entry) -> Question:
        hint = "it names the answers of shared words that are offered; here, take the others out"
        self._refuse(fields, fields.keys.used, "a question in its own words has no", hint)
        many = fields.flag("many")
        said: dict[str, tuple[Sentence, bool, Span]] = {}
        own: dict[str, Target | None] = {}
        for inner in fields.listed("answers"):
            each = self.reader.inside(inner, "answer")
            goto = each.node("goto")
            target = None if each.readable else self._unknown(each.span)
            if goto is not None:
                target = self._target(goto)
                if many:
                    self._only_one_way(each)
            own[inner.text] = target
            said[inner.text] = (each.need_sentence("say"), shared.alone(each, many), inner.span)
        ways = self._ways(name, fields, own, many=many)
        answers = tuple([Answer(v, say, ways[v], a, span=at) for v, (say, a, at) in said.items()])
        shared.look_at_answers(fields, answers)
        when, otherwise = self._asked_when(fields)
        return Question(
            name=name,
            fact=self._fact(fields, entry, name),
            ask=fields.need_sentence("ask"),
            why=fields.sentence("why"),
            note=fields.sentence("note"),
            answers=answers,
            many=many,
            when=when,
            otherwise=otherwise,
            span=entry.span,
        )

    def _with_shared_words(self, name: str, fields: Fields, entry: Entry) -> Question:
        hint = "change it in shared/questions.yaml, or ask in words of your own"
        self._refuse(fields, fields.keys.own, "a question that uses shared words has no", hint)
        use = fields.name("use", Sort.QUESTION)
        words = self.reader.names.questions.get(use)
        fact = self._fact(fields, entry, use) if fields.text("fact") not in ("", use) else use
        why, note = fields.sentence("why"), fields.sentence("note")
        if words is None:
            nothing = Sentence("", span=fields.span)
            words = Question(name, fact, nothing, None, None, (), span=entry.span)
        answers = self._only(fields, words)
        own = {answer.value: answer.goto for answer in answers}
        ways = self._ways(name, fields, own, many=words.many or words.at_ending)
        when, otherwise = self._asked_when(fields)
        return replace(
            words,
            name=name,
            fact=fact,
            why=why or words.why,
            note=note or words.note,
            answers=tuple([replace(answer, goto=ways[answer.value]) for answer in answers]),
            when=when,
            otherwise=otherwise,
            span=entry.span,
        )

    def _fact(self, fields: Fields, entry: Entry, otherwise: str) -> str:
        """The fact that a question sets; not one that shared words already ask for."""
        fact, node, names = fields.text("fact") or otherwise, fields.node("fact"), self.reader.names
        if fact in names.questions or (fact in _BUILT_IN and Sort.QUESTION not in names.unread):
            self.reader.error(
                "FP213",
                f"“{fact}” has shared words, so that it means the same everywhere",
                entry.span if node is None else node.span,
                f"write “use: {fact}”, or settle a fact of another name",
            )
        elif isinstance(node, Scalar) and node.text:
            self.reader.name(node, "the name of a fact")
        return fact

    def _only(self, fields: Fields, words: Question) -> list[Answer]:
        """The answers of shared words that this tree offers, in its order; all if it names none."""
        named = fields.words("only", "an answer in “only”")
        for value, at in named:
            self.reader.must_be_value(value, at, words.fact, dict.fromkeys(words.values))
        kept = dict.fromkeys(value for value, _ in named)
        offered = (*kept, *([words.unticked] if kept and words.unticked not in kept else ()))
        answers = [answer for value in offered if (answer := words.answer(value))]
        if "only" in fields and words.answers and len(kept) < 2:
            message, hint = "this leaves fewer than two answers", "name two or more"
            self.reader.error("FP110", message, fields.key_span("only"), hint)
        return answers or list(words.answers)

    def _asked_when(self, fields: Fields) -> tuple[When, Target | None]:
        """Who is asked a question, and where others go: where all its answers go, if not said."""
        when = fields.when("when")
        node = fields.node("otherwise")
        if when is None:
            if node is not None:
                message = "“otherwise” means something only beside “when”"
                hint = "take it out, or say with “when” who is asked"
                self.reader.error("FP113", message, fields.key_span("otherwise"), hint)
            return ALWAYS, None
        goto = fields.node("goto") if node is None else node
        if goto is None or isinstance(goto, YamlMapping):
            message = "those who are not asked are led nowhere"
            hint = "add “otherwise” with the step to which they go"
            self.reader.error("FP112", message, fields.key_span("when"), hint)
            return when, self._unknown(fields.span)
        return when, self._target(goto)

    def _ways(
        self, name: str, fields: Fields, own: Mapping[str, Target | None], *, many: bool
    ) -> dict[str, Target | None]:
        """The way on from each answer: its own, or the question's."""
        written, otherwise = self._goto(name, fields, own, many=many)
        ways = {value: goto or written.get(value, otherwise) for value, goto in own.items()}
        missing = [value for value, goto in ways.items() if goto is None]
        has_said_so = many and len(missing) < len(ways)
        if missing and not has_said_so:
            self.reader.error(
                "FP112",
                f"these answers lead nowhere: {', '.join(missing)}",
                self._place_of_way(fields, missing[0] if len(missing) < len(ways) else None),
                f"give each a “goto”, or add “{OTHERWISE}”",
            )
        return ways

    def _place_of_way(self, fields: Fields, value: str | None) -> Span:
        """The place of a missing way on: an answer if others have their own, else the question's
        ``goto``."""
        answers = fields.node("answers")
        if value and fields.node("goto") is None and isinstance(answers, YamlMapping):
            return answers.by_text[value].span
        return fields.key_span("goto")

    def _goto(
        self, name: str, fields: Fields, own: Mapping[str, Target | None], *, many: bool
    ) -> tuple[Mapping[str, Target], Target | None]:
        """The ways on beside a question: by answer, and for all other answers."""
        node = fields.node("goto")
        if node is None:
            return {}, None
        if not isinstance(node, YamlMapping):
            return {}, self._target(node)
        if many:
            self._only_one_way(fields)
        targets: dict[str, Target] = {}
        for value, entry in node.by_text.items():
            targets[value] = self._target(entry.value)
            if value == OTHERWISE:
                continue
            self.reader.must_be_value(value, entry.key, name, own)
            if own.get(value) is not None:
                message, hint = f"“{value}” has two ways on", "keep one of the two"
                self.reader.error("FP112", message, entry.span, hint)
        otherwise = targets.pop(OTHERWISE, None)
        if many and otherwise is None:
            otherwise = self._unknown(node.span)
        return targets, otherwise

    def _only_one_way(self, fields: Fields) -> None:
        self.reader.error(
            "FP112",
            "where many answers may hold, the question leads on as one",
            fields.key_span("goto"),
            "put one “goto” beside “answers” that names one step",
        )

    def _target(self, node: Node) -> Target:
        """A step of this tree, or ``tree/`` or ``tree/step`` of another."""
        text = self.reader.text_of(node, "“goto”")
        if not text:
            return self._unknown(node.span)
        tree, slash, step = text.rpartition("/")
        if not slash or tree == self.tree:
            self.must_have(step, node)
            return Target(self.tree, step, span=node.span)
        self.reader.must_know(tree, node, Sort.TREE)
        return Target(tree, step, span=node.span)

    def _unknown(self, span: Span) -> Target:
        """The target of an unreadable way on, which has been reported: no step has this name."""
        return Target(self.tree, "?", span=span)

    def _shared_way_on(self, fields: Fields, ending: str, words: Outcome) -> CarryOn | None:
        """The way on in shared words, to this tree's step."""
        goto = fields.node("goto")
        if goto is None:
            return None
        if words.way_on is None:
            hint = "write a “carry-on”, or a “way-on” in shared/outcomes.yaml"
            message = "these shared words have no way on"
            self.reader.error("FP103", message, fields.key_span("goto"), hint)
            return None
        return CarryOn(words.way_on, self._onward(goto, ending), {}, span=goto.span)

    def _onward(self, goto: Node, ending: str) -> Target:
        """The target of the way on of an ending: not that ending."""
        target = self._target(goto)
        if (target.tree, target.step) == (self.tree, ending):
            message = "this leads back to the ending that it comes from"
            self.reader.error("FP215", message, target.span, "lead on to another step")
        return target

    def _carry_on(self, fields: Fields, ending: str) -> CarryOn | None:
        inner = fields.inner("carry-on", "carry-on")
        if inner is None:
            return None
        goto = inner.node("goto")
        target = self._unknown(inner.at.span) if goto is None else self._onward(goto, ending)
        settled = inner.node("sets")
        for entry in settled.entries if isinstance(settled, YamlMapping) else ():
            if entry.text == "suicide":
                message = "nothing but the person's own answer may change “suicide”"
                self.reader.error("FP216", message, entry.span, "take it out")
        say, sets = inner.need_sentence("say"), inner.settled("sets")
        return CarryOn(say, target, sets, span=inner.span)

    def _refuse(self, fields: Fields, keys: Iterable[str], why: str, hint: str) -> None:
        for key in keys:
            if key in fields:
                self.reader.error("FP103", f"{why} “{key}”", fields.key_span(key), hint)
