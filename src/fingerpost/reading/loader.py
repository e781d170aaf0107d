"""Read a library: all of its files, in the order in which they need each other's names.

A library is a folder (see ``docs/format.md``). Folders can be layered, and a trainer's own cases
are added from a folder that holds nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from ..model.base import replace
from ..model.diagnostics import Diagnostic, Related, Severity, Span, manual
from ..model.facts import NATIONS
from ..model.graph import breadth_first
from ..model.library import Library, SearchWords, UnsafeLines
from ..model.sentence import Placed, Source
from ..model.tree import Advice, Tree
from . import cross_references, yaml_reader
from .decode import MOST_MISTAKES, readable
from .files import cases, hazards, local, routes, rules, shared, tree, unsafe_lines, word_lists
from .files.fields import NAME_RULE, Reader, better_name, is_name
from .files.names import Names, Sort, entries_under
from .folders import (
    ENDING,
    LISTS,
    OWN_CASES,
    SHARED,
    SHARED_ADVICE,
    CannotRead,
    TooMuch,
    case_files,
    library_files,
    outside,
    read_file,
    refuse_too_much,
    shown,
)
from .format import FORMAT
from .located import Node
from .reading import Reading, shipped

_FIRST_ROUTES = ("uk", *NATIONS, "platforms")
_RULES = f"rules{ENDING}"
_HAZARDS = f"hazards{ENDING}"
_APPROVALS = f"approvals{ENDING}"
_BESIDE = (_RULES, _HAZARDS, _APPROVALS)
"""Files beside the trees that no walk needs: a mistake in them stops none."""

_MOST = {"routes": 2_000, "cases": 20_000}
"""The most of each that a library may have."""

_OUTSIDE = "this is a link out of the folder, so no line of the file is shown"

_NAMED_IN = {
    "questions": (Sort.QUESTION, Sort.FACT),
    "needs": (Sort.NEED,),
    "words": (Sort.WORD,),
    **dict.fromkeys(SHARED_ADVICE, (Sort.ADVICE,)),
    "outcomes": (Sort.OUTCOME,),
}
"""The sorts of names that each file of ``shared/`` gives."""

_Read = TypeVar("_Read")
_Named = TypeVar("_Named", bound=Placed)


def load(
    folders: Sequence[Path],
    trees: Collection[str] | None = None,
    *,
    local_file: Path | None = None,
    own_cases: Path | None = None,
    whole: bool = False,
) -> Reading:
    """Read a library.

    ``folders`` are its layers, the last on top. ``trees`` are the trees wanted, read together
    with those that they link to; None is all of them, and so is it where somebody has approved
    one. ``whole`` also reads rules and cases, which a walk does not need. ``local_file`` is an
    organisation's own details. ``own_cases`` is a folder with files of cases, which are added to
    those of the library when that is read whole.

    Raises CannotRead if a folder or file cannot be read, if there is no tree at all, or more than
    a library may have; never for what a file says, and never for the local file.
    """
    paths, warnings = library_files(folders)
    own, own_warnings = case_files(own_cases)
    files = _Files({**paths, **own}, [*warnings, *own_warnings])
    refuse_too_much(files.paths, len(files.trees))
    if not files.trees:
        where = " and ".join(str(folder) for folder in folders)
        raise CannotRead(f"There are no trees in {where}. A tree is a file that ends in {ENDING}.")
    names, common, routes_are_whole = _common(files)
    if trees is None or _APPROVALS in files.paths:  # a page is approved as all trees lead there
        trees = tuple(files.trees)
    found, unread = _trees(files, names, trees)
    library = replace(
        common,
        trees=found,
        search=word_lists.together(
            [SearchWords(), *_layers(files, names, "search", word_lists.search)]
        ),
        harmless=frozenset().union(*_layers(files, names, "discreet", word_lists.harmless)),
    )
    files.mistakes += islice(cross_references.broken_links(library), MOST_MISTAKES)
    if routes_are_whole:
        files.mistakes += cross_references.unserved(library)
    if _APPROVALS in files.paths:
        library = _with_approvals(files, names, library)
    if whole:
        library = _with_rules_and_cases(files, names, library, unread)
    inside = (*folders, *(() if own_cases is None else (own_cases,)))
    unseen = frozenset(map(shown, outside(files.paths.values(), inside)))
    reading = Reading(
        library=library,
        mistakes=_in_order(_unquoted(each, unseen) for each in files.mistakes),
        texts={name: "" if name in unseen else text for name, text in files.texts.items()},
        files={name: files.shown(file) for name, file in files.trees.items()},
        apart=frozenset(
            files.shown(f)
            for f in files.paths
            if f in _BESIDE or f.startswith(("cases/", *(f"{name}/" for name in LISTS)))
        ),
        own_cases=frozenset(map(files.shown, own)),
    )
    return reading if local_file is None else with_local(reading, names, local_file)


def _unquoted(mistake: Diagnostic, unseen: Collection[str]) -> Diagnostic:
    """A mistake without a word of its file, if that is one of ``unseen``: a link may lead to any
    file of the computer, and whoever reads the mistake may not have the right to read that."""
    if mistake.span.file not in unseen:
        return mistake
    return replace(mistake, message=manual(mistake.code).title, hint=_OUTSIDE, related=())


def _in_order(mistakes: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(mistakes, key=lambda mistake: mistake.order))


# --- reading one file ----------------------------------------------------------------------------


class _Files:
    """The files of a library, parsed at most once each, with the mistakes found so far.

    A file is named by its path inside the library, such as ``shared/needs.yaml``: ``paths`` maps
    these names to places on disk. ``trees`` maps each tree to its file. ``texts`` has the text of
    each file read, by its name in messages.
    """

    def __init__(self, paths: Mapping[str, Path], mistakes: list[Diagnostic]) -> None:
        self.paths = paths
        self.mistakes = mistakes
        self.texts: dict[str, str] = {}
        self.trees = {f.removesuffix(ENDING): f for f in paths if "/" not in f and f not in _BESIDE}
        self._shown = cache(shown)
        self._nodes: dict[str, Node | None] = {}

    def shown(self, file: str) -> str:
        """A file's name in messages."""
        return self._shown(self.paths[file])

    def inside(self, folder: str) -> list[str]:
        """The files of a folder, by precedence: the shipped order of routes, own cases last."""
        first = [f"routes/{name}{ENDING}" for name in _FIRST_ROUTES]

        def precedence(file: str) -> tuple[int, bool, str]:
            # Of two cases with one name the trainer's is to be changed, so it comes last.
            own = file.startswith(f"{OWN_CASES}/")
            return (first.index(file) if file in first else len(first), own, file)

        return sorted((f for f in self.paths if f.startswith(f"{folder}/")), key=precedence)

    def node(self, file: str) -> Node | None:
        """A file as located YAML, or None if it does not exist or cannot be parsed."""
        if file not in self.paths:
            return None
        if file not in self._nodes:
            self._nodes[file], mistakes = self.open(self.paths[file])
            self.mistakes += mistakes
        return self._nodes[file]

    def forget(self, file: str) -> None:
        """Drop the nodes of a file that has been parsed: they are larger than its meaning."""
        del self._nodes[file]

    def open(self, path: Path) -> tuple[Node | None, tuple[Diagnostic, ...]]:
        """Any file as located YAML, with its mistakes."""
        data, name = read_file(path), self._shown(path)
        self.texts[name] = readable(data)
        return yaml_reader.read(data, name)

    def reader(self, path: Path, names: Names) -> Reader:
        """A reader of a file that has been opened."""
        name = self._shown(path)
        text = self.texts[name]
        return Reader(name, names, [], cache(lambda: tuple(text.split("\n"))))

    def parse(
        self, file: str, names: Names, parse: Callable[[Reader, Node], _Read]
    ) -> _Read | None:
        """The meaning of a file; None if it does not exist or is not YAML."""
        node = self.node(file)
        if node is None:
            return None
        reader = self.reader(self.paths[file], names)
        read = parse(reader, node)
        self.mistakes += reader.mistakes
        return read

    def parse_all(
        self, folder: str, names: Names, parse: Callable[[Reader, Node], Mapping[str, _Named]]
    ) -> dict[str, _Named]:
        """The contents of all files of ``routes`` or ``cases`` by name, the first of each name."""
        found: dict[str, _Named] = {}
        for file in self.inside(folder):
            for name, each in (self.parse(file, names, parse) or {}).items():
                first = found.setdefault(name, each)
                if len(found) > _MOST[folder]:
                    raise _too_many(folder)
                if first is not each:
                    self.mistakes.append(_duplicate(folder.removesuffix("s"), name, each, first))
        return found

    def names_in(self, file: str, kind: str) -> frozenset[str] | None:
        """The names of this kind in a file, none if it does not exist; None if unknowable."""
        if file not in self.paths:
            return frozenset()
        named = entries_under(self.node(file), f"@{kind}", kind)
        return None if named is None else frozenset(named)


def _too_many(what: str) -> TooMuch:
    return TooMuch(f"A library may have {_MOST[what]:,} {what}. This one has more.")


def _shared(kind: str) -> str:
    return f"shared/{kind}{ENDING}"


def _duplicate(what: str, name: str, second: Placed, first: Placed) -> Diagnostic:
    return Diagnostic(
        "FP211",
        f"the {what} “{name}” is in two files",
        second.span,
        hint="give one of them another name",
        related=(Related("the first is here", first.span),),
    )


# --- reading the parts of a library --------------------------------------------------------------


def _common(files: _Files) -> tuple[Names, Library, bool]:
    """What all trees share: all names but theirs, and a library that has no trees yet.

    The flag is false while a file of routes has a mistake, so that what they serve is unknown.
    """
    names = _names_ahead(files)
    words = files.parse(_shared("words"), names, shared.words) or {}
    names = replace(names, needs=files.parse(_shared("needs"), names, shared.needs) or {})
    questions = files.parse(_shared("questions"), names, shared.questions) or {}
    names = replace(names, questions=questions)
    before = len(files.mistakes)
    found = files.parse_all("routes", names, routes.routes)
    whole = before == len(files.mistakes) and Sort.ROUTE not in names.unread
    names = replace(names, advice=_shared_advice(files, names))
    outcomes = files.parse(_shared("outcomes"), names, shared.outcomes) or {}
    names = replace(names, outcomes=outcomes)
    library = Library(
        trees={},
        questions=questions,
        advice=names.advice,
        always=files.parse(_shared("always"), names, shared.always) or (),
        opening=files.parse(_shared("opening"), names, shared.opening) or (),
        doors=files.parse(_shared("doors"), names, shared.doors) or (),
        needs=names.needs,
        words=words,
        routes=found,
    )
    return names, library, whole


def _shared_advice(files: _Files, names: Names) -> dict[str, Advice]:
    """The lines that any advice may use, by name, the first of each name."""
    found: dict[str, Advice] = {}
    for kind in SHARED_ADVICE:
        parse = partial(shared.advice, kind=kind)
        for name, each in (files.parse(_shared(kind), names, parse) or {}).items():
            first = found.setdefault(name, each)
            if first is not each:
                files.mistakes.append(_duplicate("line of advice", name, each, first))
    return found


def _names_ahead(files: _Files) -> Names:
    """The names that a sentence of any file may hold, found before any file is parsed; and the
    sorts of names that are unknowable because a file cannot be read."""
    unread = {
        sort
        for kind, sorts in _NAMED_IN.items()
        if files.names_in(_shared(kind), kind) is None
        for sort in sorts
    }
    named: list[frozenset[str] | None] = []
    for file in files.inside("routes"):
        named.append(files.names_in(file, "routes"))
        if sum(len(names or ()) for names in named) > _MOST["routes"]:
            raise _too_many("routes")
    if None in named:
        unread.add(Sort.ROUTE)
    words = files.names_in(_shared("words"), "words") or ()
    facts = shared.facts(files.node(_shared("questions")))
    return Names(
        facts={fact: values for fact, (values, _) in facts.items()},
        many=frozenset(fact for fact, (_, has_many) in facts.items() if has_many),
        routes=frozenset(name for names in named for name in names or ()),
        words=frozenset(word.lower() for word in words),
        trees=frozenset(files.trees),
        unread=frozenset(unread),
    )


def _layers(
    files: _Files, names: Names, kind: str, parse: Callable[[Reader, Node], _Read]
) -> list[_Read]:
    """The meaning of each layer of one of ``LISTS``, the lowest first."""
    inside = files.inside(kind)
    if not inside:  # the shipped list: another library is in the same language
        inside, names = [f"{kind}/000"], Names(unread=frozenset(Sort))  # and has other names
        files = _Files({inside[0]: shipped() / f"{kind}{ENDING}"}, [])
    return [read for file in inside if (read := files.parse(file, names, parse)) is not None]


def _trees(
    files: _Files, names: Names, wanted: Iterable[str]
) -> tuple[dict[str, Tree], dict[str, frozenset[Sort]]]:
    """Some trees with all that they link to; and for every tree of the library the sorts of its
    own names that are unknowable."""
    found: dict[str, Tree] = {}
    unread = dict.fromkeys(files.trees, tree.unread(None))

    def links(name: str) -> Iterator[str]:
        linked = cross_references.links(found[name]) if name in found else ()
        return (other for other in linked if other in files.trees)

    for name in breadth_first((each for each in wanted if each in files.trees), links):
        file = files.trees[name]
        if not is_name(name):
            top = Span.start_of(files.shown(file))
            hint = f"rename it to {better_name(name) or 'a-tree'}{ENDING}"
            message = f"a tree has the name of its file, which {NAME_RULE}"
            files.mistakes.append(Diagnostic("FP106", message, top, hint=hint))
        unread[name] = tree.unread(files.node(file))
        read = files.parse(file, names, partial(tree.tree, name=name, unread=unread[name]))
        files.forget(file)
        if read is not None:
            found[name] = read
    return found, unread


def _with_approvals(files: _Files, names: Names, library: Library) -> Library:
    """A library with its approvals; without any of them if their file has an error."""
    from .files.approvals import approvals  # few have any, and a user is waiting

    before = len(files.mistakes)
    read = files.parse(_APPROVALS, names, approvals)
    if read is None or len(files.mistakes) > before:
        return library
    return replace(library, approvals=read)


def _with_rules_and_cases(
    files: _Files, names: Names, library: Library, unread: Mapping[str, frozenset[Sort]]
) -> Library:
    endings = frozenset(name for t in library.trees.values() for name in t.outcomes)
    names = replace(names, endings=endings)
    # Rules, and cases that follow a link, name the endings and the facts of any tree.
    of_any = frozenset().union(*unread.values()) & {Sort.ENDING, Sort.FACT}
    of_cases = replace(names, unread=names.unread | of_any)
    in_cases = cases.with_facts(of_cases, library.trees)
    in_rules = replace(names, unread=names.unread | of_any & {Sort.ENDING})
    found = files.parse_all(
        "cases", in_cases, partial(cases.cases, trees=library.trees, unread=unread)
    )
    all_rules = files.parse(_RULES, in_rules, rules.rules_file) or ()
    known = _rule_names(files, library)
    read_hazards = partial(hazards.hazards, rules=known)
    found_hazards, tried = files.parse(_HAZARDS, names, read_hazards) or ((), ())
    sources = tuple(_sources(files, names))
    asked = _layers(files, names, "review-questions", word_lists.questions)
    read_unsafe = partial(unsafe_lines.unsafe_lines, groups=set(unsafe_lines.OWN_GROUPS))
    unsafe = _layers(files, names, "unsafe-lines", read_unsafe)
    return replace(
        library,
        rules=all_rules,
        hazards=found_hazards,
        tried=tried,
        cases=found,
        sources=sources,
        front_pages=tuple(_layers(files, names, "front-pages", word_lists.front_pages)),
        review_questions=tuple(question for layer in asked for question in layer),
        unsafe_lines=word_lists.together([UnsafeLines(), *unsafe]),
    )


def _rule_names(files: _Files, library: Library) -> frozenset[str] | None:
    """The names of the rules of all files, or None if one of them is not there to be asked."""
    shared = files.names_in(_RULES, "rules")
    if shared is None or library.trees.keys() != files.trees.keys():
        return None
    of_trees = (rule.name for each in library.trees.values() for rule in each.rules)
    return shared.union(of_trees)


def _sources(files: _Files, names: Names) -> Iterator[Source]:
    """The sources at the top of the files of ``shared/`` and of cases. Their mistakes have been
    reported with the rest of the file."""
    kinds = {_shared(kind): kind for kind in SHARED}
    kinds |= dict.fromkeys(files.inside("cases"), "cases")
    for file, kind in kinds.items():
        has_sources = "sources" in FORMAT.kinds[f"@{kind}"].by_name
        if has_sources and (node := files.node(file)) is not None:
            yield from shared.sources(files.reader(files.paths[file], names), node, kind)


def with_local(reading: Reading, names: Names, path: Path) -> Reading:
    """A reading with local details laid over it; without any of them if they have an error."""
    files = _Files({}, [])
    try:
        node, found = files.open(path)
    except CannotRead as cannot:
        top, hint = Span.start_of(shown(path)), "“fingerpost local” says where it is looked for"
        node = None
        found = (Diagnostic("FP013", str(cannot).removesuffix("."), top, hint=hint),)
    library, mistakes = reading.library, list(found)
    if node is not None:
        own = entries_under(node, "@local", "routes") or {}
        reader = files.reader(path, replace(names, routes=names.routes | own.keys()))
        nation, name, added = local.local(reader, node, library.routes)
        mistakes += reader.mistakes
        if not any(mistake.severity is Severity.ERROR for mistake in mistakes):
            routes = {**library.routes, **added}
            library = replace(library, routes=routes, nation=nation, organisation=name)
    return replace(
        reading,
        library=library,
        without_local=None if library is reading.library else reading.library,
        local_mistakes=_in_order(mistakes),
        texts={**reading.texts, **files.texts},
    )
