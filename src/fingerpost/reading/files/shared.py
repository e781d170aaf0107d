"""Read the files of ``shared/``: questions, advice, endings, additions, needs and words."""

from __future__ import annotations

from collections.abc import Collection

from ...model.base import replace
from ...model.diagnostics import Related
from ...model.facts import NATIONS, NOT_SURE, TELLERS
from ...model.sentence import Sentence, Source, Urgency
from ...model.tree import (
    ALWAYS,
    Advice,
    Always,
    Answer,
    Door,
    Kind,
    Need,
    NeedWords,
    Outcome,
    Question,
    Response,
)
from ..located import Entry, Mapping, Node, Scalar, Sequence
from .fields import OTHERWISE, Fields, Reader
from .names import Sort, by_key, entries_under, values_asked

_KIND_OF = {kind.value: kind for kind in Kind}
_KINDS = tuple(_KIND_OF)

_LINES = {"advice": "shared-advice", "first-aid": "first-aid-line", "law": "law-line"}
"""What a line is called in ``FORMAT``, by the kind of its file."""

_HELP = {"999": "{route:police-999}", "a-and-e": "A&E"}
"""What the words of a line of first aid name, by the help that it needs."""

_BUILT_IN_VALUES = {"teller": TELLERS, "nation": (*NATIONS, NOT_SURE)}
"""Facts whose values the program knows; no other value means anything to it."""


def _top(reader: Reader, node: Node, kind: str) -> Fields:
    """The top keys of a file of ``shared/``; their reader knows the sources of the file."""
    return with_sources(reader.top(node, kind))


def with_sources(top: Fields) -> Fields:
    """The same keys, with a reader that knows the sources at the top of the file."""
    names = top.reader.names
    found = {**names.sources, **_sources(top)}
    unread = names.unread | unread_sources(top.entries)
    return replace(top, reader=top.reader.knowing(sources=found, unread=unread))


def sources(reader: Reader, node: Node, kind: str) -> tuple[Source, ...]:
    """The sources at the top of a file whose other keys are read elsewhere."""
    return tuple(_sources(reader.top(node, kind)).values())


def unread_sources(keys: dict[str, Entry]) -> frozenset[Sort]:
    """``Sort.SOURCE`` if the names of the sources of a file with these keys are unknowable."""
    sources = keys.get("sources")
    is_unread = sources is not None and not isinstance(sources.value, Mapping)
    return frozenset({Sort.SOURCE} if is_unread else ())


def _sources(top: Fields) -> dict[str, Source]:
    """The sources that a file names, by name."""
    read: dict[str, Source] = {}
    for entry in top.listed("sources"):
        fields = top.reader.inside(entry, "source")
        read[entry.text] = Source(
            name=entry.text,
            title=fields.text("title"),
            publisher=fields.text("publisher"),
            published=fields.published("date"),
            url=fields.text("url"),
            span=entry.span,
        )
    return read


def facts(node: Node | None) -> dict[str, tuple[Collection[str], bool]]:
    """The facts of ``shared/questions.yaml``: the values of each, and whether it may have many."""
    asked = entries_under(node, "@questions", "questions") or {}
    return {n: values_asked(by_key(e.value, "shared-question")) for n, e in asked.items()}


def questions(reader: Reader, node: Node) -> dict[str, Question]:
    """The wording of questions that many trees ask, by the fact they set."""
    read: dict[str, Question] = {}
    for entry in _top(reader, node, "questions").listed("questions"):
        name = entry.text
        fields = reader.inside(entry, "shared-question")
        many = fields.flag("many")
        answers: list[Answer] = []
        for inner in fields.listed("answers"):
            each = reader.inside(inner, "shared-answer")
            say, excludes = each.need_sentence("say"), alone(each, many)
            told = _response(each.inner("response", "response"))
            answers.append(Answer(inner.text, say, None, excludes, told, span=inner.span))
        look_at_answers(fields, answers)
        for answer in answers:
            if answer.value not in (known := _BUILT_IN_VALUES.get(name, (answer.value,))):
                message = f"“{name}” has no answer “{answer.value}”"
                reader.error("FP204", message, answer.span, f"known here: {', '.join(known)}")
        read[name] = Question(
            name=name,
            fact=name,
            ask=fields.need_sentence("ask"),
            why=fields.sentence("why"),
            note=fields.sentence("note"),
            answers=tuple(answers),
            many=many,
            always_ask=fields.flag("always-ask"),
            at_ending=_at_ending(fields, name, answers),
            in_danger=_answers(fields, "in-danger", name, answers),
            unticked=_unticked(fields, name, answers, many=many),
            as_urgent_as=_as_urgent_as(fields, name, answers),
            shared=True,
            span=entry.span,
        )
    return read


def _response(fields: Fields | None) -> Response | None:
    """What is said after an answer."""
    if fields is None:
        return None
    return Response(
        say=fields.need_sentence("say"),
        needs=fields.names("needs", Sort.NEED),
        talk=fields.need_sentence("talk"),
        open=fields.need_sentence("open"),
        span=fields.span,
    )


def _at_ending(fields: Fields, fact: str, answers: Collection[Answer]) -> bool:
    """Whether a question is asked at the ending; before that its answer is “not sure”."""
    waits = fields.flag("at-ending")
    if waits:
        values = [answer.value for answer in answers]
        fields.reader.must_be_value(NOT_SURE, fields.entries["at-ending"].key, fact, values)
    return waits


def _unticked(fields: Fields, fact: str, answers: Collection[Answer], *, many: bool) -> str:
    """The answer of those who tick nothing; empty if it is not named. It stands alone."""
    value = fields.text("unticked")
    if not value:
        return ""
    alone_ones = [answer.value for answer in answers if answer.alone]
    fields.reader.must_be_value(value, fields.entries["unticked"].key, fact, alone_ones)
    if not many:
        message = "“unticked” means something only where the question says “many: true”"
        fields.reader.error("FP113", message, fields.key_span("unticked"), "take it out")
    return value if many and value in alone_ones else ""


def _answers(fields: Fields, key: str, fact: str, answers: Collection[Answer]) -> frozenset[str]:
    """The answers of the same question that a key names."""
    named = fields.words(key, f"an answer in “{key}”")
    for value, at in named:
        fields.reader.must_be_value(value, at, fact, [answer.value for answer in answers])
    return frozenset(value for value, _ in named)


def _as_urgent_as(
    fields: Fields, fact: str, answers: Collection[Answer]
) -> tuple[tuple[str, frozenset[str]], ...]:
    """For an answer those than which its endings may not be less urgent."""
    values = [answer.value for answer in answers]
    found: list[tuple[str, frozenset[str]]] = []
    listed = fields.listed("as-urgent-as")
    if not listed and isinstance(node := fields.node("as-urgent-as"), Mapping):
        hint = "name an answer, or take the key out"
        fields.reader.error("FP104", "“as-urgent-as” is empty", node.span, hint)
    for entry in listed:
        named = fields.reader.words(entry.value, "an answer in “as-urgent-as”")
        for value, at in ((entry.text, entry.key), *named):
            fields.reader.must_be_value(value, at, fact, values)
        found.append((entry.text, frozenset(value for value, _ in named)))
    return tuple(found)


def look_at_answers(fields: Fields, answers: Collection[Answer]) -> None:
    """Report a question with fewer than two answers, and an answer with a reserved name."""
    if len(answers) < 2 and isinstance(fields.node("answers"), Mapping):
        fields.reader.error(
            "FP110",
            "a question needs two answers or more",
            fields.key_span("answers"),
            "“not-sure” is nearly always a fair one",
        )
    for answer in answers:
        if answer.value == OTHERWISE:
            message = f"in a “goto” the word “{OTHERWISE}” stands for all other answers"
            fields.reader.error("FP106", message, answer.span, "give this answer another name")


def alone(fields: Fields, many: bool) -> bool:
    """Whether an answer excludes the others, which needs a question with many answers."""
    if "alone" not in fields.entries:
        return False
    excludes = fields.flag("alone")
    if excludes and not many:
        fields.reader.error(
            "FP113",
            "“alone” means something only where the question says “many: true”",
            fields.key_span("alone"),
            "take it out, or let the question have many answers",
        )
    return excludes


def words(reader: Reader, node: Node) -> dict[str, Sentence]:
    """The glossary: one plain sentence for each hard word."""
    read: dict[str, Sentence] = {}
    found = _top(reader, node, "words").node("words")
    for entry in () if found is None else reader.entries_by_word(found, "words"):
        word = entry.text
        if word != word.lower().strip() or not word:
            message, hint = "a hard word is listed in small letters", f"write “{word.lower()}”"
            reader.error("FP106", message, entry.span, hint)
        read[word] = reader.sentence(entry.value, f"the meaning of “{word}”")
    return read


def needs(reader: Reader, node: Node) -> dict[str, NeedWords]:
    """The needs that an ending may name, with their words on a page."""
    read: dict[str, NeedWords] = {}
    for entry in _top(reader, node, "needs").listed("needs"):
        name, span = entry.text, entry.span
        fields = reader.inside(entry, "need-words")
        read[name] = NeedWords(name, fields.need_sentence("say"), fields.flag("live"), span=span)
    return read


def advice(reader: Reader, node: Node, kind: str) -> dict[str, Advice]:
    """Advice that many trees give, by name, from a file of this kind of ``SHARED_ADVICE``."""
    top = _top(reader, node, kind)
    read: dict[str, Advice] = {}
    for entry in top.listed(kind):
        fields = top.reader.inside(entry, _LINES[kind])
        verb, say = _kind(fields, tuple(key for key in _KINDS if key in fields.keys.by_name))
        help_ = _help(fields, say) if kind == "first-aid" else ""
        read[entry.text] = Advice(
            kind=verb,
            say=say,
            whens=fields.whens(),
            unless=fields.unless(),
            name=entry.text,
            source=fields.source(),
            first=fields.flag("first") or help_ == "999",
            help=help_,
            span=entry.span,
        )
    return read


def _help(fields: Fields, say: Sentence) -> str:
    """The help that a symptom needs. A line that names it to some readers only is reported."""
    fields.text("symptom")
    help_ = fields.one_of("help")
    wanted = _HELP.get(help_)
    for text in say.texts if wanted else ():
        if wanted and wanted not in text:
            message = f"this first aid does not say “{wanted}” to every reader"
            fields.reader.error("FP119", message, say.span, "say it in the words of each reader")
            break
    return help_


def outcomes(reader: Reader, node: Node) -> dict[str, Outcome]:
    """Endings that many trees use; each tree adds its own way on."""
    top = _top(reader, node, "outcomes")
    return {
        entry.text: outcome(top.reader.inside(entry, "shared-ending"), entry.text)
        for entry in top.listed("outcomes")
    }


def outcome(fields: Fields, name: str) -> Outcome:
    """An ending without a way on."""
    needed = fields.node("needs")
    if isinstance(needed, Sequence) and not needed.items:
        fields.reader.error(
            "FP111",
            "an ending names at least one need, so that nobody is left without help",
            fields.key_span("needs"),
            "name what this person needs most, such as someone-to-talk-to",
        )
    return Outcome(
        name=name,
        title=fields.need_sentence("title"),
        urgency=fields.urgency("urgency") or Urgency.INFO,
        open=fields.need_sentence("open"),
        advice=tuple(_advice_line(fields.reader, item) for item in fields.items("advice")),
        needs=tuple(_need(fields.reader, item) for item in fields.items("needs")),
        worse=fields.sentence("worse"),
        way_on=fields.sentence("way-on"),
        span=fields.span,
    )


def always(reader: Reader, node: Node) -> tuple[Always, ...]:
    """What is added to every ending, on condition."""
    top = _top(reader, node, "always")
    read: list[Always] = []
    for item in top.items("always"):
        fields = top.reader.fields(item, "always-entry")
        read.append(
            Always(
                when=fields.when("when") or ALWAYS,
                unless=fields.unless(),
                urgency=fields.urgency("urgency"),
                advice=tuple(_advice_line(top.reader, line) for line in fields.items("advice")),
                needs=tuple(_need(top.reader, each) for each in fields.items("needs")),
                after=fields.flag("after"),
                span=item.span,
            )
        )
    return tuple(read)


def opening(reader: Reader, node: Node) -> tuple[Advice, ...]:
    """The lines shown before the first question: what is private, and what is passed on."""
    read: list[Advice] = []
    for item in _top(reader, node, "opening").items("opening"):
        fields = reader.fields(item, "opening-line")
        read.append(
            Advice(
                kind=Kind.KNOW,
                say=fields.need_sentence("say"),
                whens=fields.whens(),
                unless=fields.unless(),
                span=item.span,
            )
        )
    return tuple(read)


def doors(reader: Reader, node: Node) -> tuple[Door, ...]:
    """The lines behind which several trees stand, in the order offered. A tree behind two of them
    for one reader is a mistake: it would be offered twice."""
    read: list[Door] = []
    seen: dict[tuple[str, str], Node] = {}
    for entry in _top(reader, node, "doors").listed("doors"):
        fields = reader.inside(entry, "door")
        door = Door(
            name=entry.text,
            say=fields.need_sentence("say"),
            trees=fields.names("trees", Sort.TREE),
            whens=fields.whens(),
            span=entry.span,
        )
        tellers = [each for each in TELLERS if door.shown({"teller": frozenset({each})})]
        for tree, at in fields.words("trees", "the name of a tree"):
            earlier = [seen.setdefault((tree, teller), at) for teller in tellers]
            if (before := next((each for each in earlier if each is not at), None)) is not None:
                first = Related("it is here already", before.span)
                message, hint = f"“{tree}” is behind two doors", "take one of them out"
                reader.error("FP117", message, at.span, hint, first)
        read.append(door)
    return tuple(read)


def _advice_line(reader: Reader, node: Node) -> Advice:
    """One line of advice: its own words, or shared ones with a further condition."""
    fields = reader.fields(node, "advice-line")
    whens = fields.whens()
    if "use" not in fields:
        kind, say = _kind(fields, (*_KINDS, "use"))
        source, screen = fields.source(), fields.flag("screen")
        return Advice(kind, say, whens, source=source, screen=screen, span=node.span)
    for own in _KINDS:
        if own in fields.entries:
            message = f"this line has both “use” and “{own}”"
            hint = "take shared words or write your own, not both"
            reader.error("FP114", message, fields.key_span(own), hint)
    name = fields.name("use", Sort.ADVICE)
    shared, source = reader.names.advice.get(name), fields.source()
    if shared is None:
        return Advice(Kind.KNOW, Sentence("", span=node.span), whens, span=node.span)
    return Advice(
        kind=shared.kind,
        say=shared.say,
        whens=shared.whens + whens,
        unless=shared.unless,
        name=name,
        source=source or shared.source,
        screen=fields.flag("screen"),
        first=shared.first,
        help=shared.help,
        span=node.span,
    )


def _need(reader: Reader, node: Node) -> Need:
    """A need: its name alone, or with a reason and a condition."""
    if isinstance(node, Scalar):
        name = reader.text_of(node, "a need")
        if name:
            reader.must_know(name, node, Sort.NEED)
        return Need(name, span=node.span)
    fields = reader.fields(node, "need-for")
    return Need(
        need=fields.name("need", Sort.NEED),
        because=fields.sentence("because"),
        when=fields.when("when") or ALWAYS,
        span=node.span,
    )


def _kind(fields: Fields, known: tuple[str, ...]) -> tuple[Kind, Sentence]:
    """The kind of a line of advice, and its words: exactly one of the four."""
    found = [kind for kind in _KINDS if kind in fields.entries]
    if not found:
        if fields.readable:
            message, hint = "a line of advice needs its words", f"one of: {', '.join(known)}"
            fields.reader.error("FP114", message, fields.at.span, hint)
        return Kind.KNOW, Sentence("", span=fields.span)
    if len(found) > 1:
        found.sort(key=fields.key_span)
    for extra in found[1:]:
        fields.reader.error(
            "FP114",
            f"this line has both “{found[0]}” and “{extra}”",
            fields.key_span(extra),
            "make two lines of it",
            Related("the first is here", fields.key_span(found[0])),
        )
    return _KIND_OF[found[0]], fields.need_sentence(found[0])
