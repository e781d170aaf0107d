"""Read a library: all of its files, in the order in which they need each other's names.

A library is a folder (see ``docs/format.md``). Folders can be layered, and a trainer's own cases
are added from a folder that holds nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import Any

from ..model.base import replace
from ..model.diagnostics import Diagnostic, Related, Severity, Span, manual
from ..model.facts import NATIONS
from ..model.graph import breadth_first
from ..model.library import NO_BUDGETS, Language, Library, SearchWords, UnsafeLines
from ..model.tree import Advice, Outcome, Rule, Tree
from . import cross_references, yaml_reader
from .decode import MOST_MISTAKES, readable
from .files import tree, values, word_lists
from .files.file import File
from .files.names import NAME_RULE, Names, Sort, better_name, is_name, names_of
from .folders import (
    BESIDE,
    ENDING,
    LANGUAGES,
    LISTS,
    OWN_CASES,
    SHARED_ADVICE,
    CannotRead,
    Layers,
    TooMuch,
    case_files,
    library_files,
    outside,
    read_file,
    refuse_too_much,
    shown,
)
from .located import Mapping as YamlMapping
from .located import Node, laid_over
from .reading import Reading, shipped

_FIRST_ROUTES = ("uk", *NATIONS, "platforms")
_RULES, _HAZARDS = BESIDE

_MOST = {"routes": 2_000, "cases": 20_000}
"""The most of each that a library may have."""

_OUTSIDE = "this is a link out of the folder, so no line of the file is shown"


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
    common, outcomes = _common(files)
    names = names_of(common, outcomes, files.trees)
    files.shared_is_sound = files.are_sound(files.paths)
    files.look_up(tuple(files.read), names)
    approved = files.inside("approvals")
    if trees is None or approved:  # a page is approved as all trees lead there
        trees = tuple(files.trees)
    found = _trees(files, names, trees)
    library = replace(
        common,
        trees=found,
        search=word_lists.together([SearchWords(), *_layers(files, names, "search")]),
        harmless=frozenset().union(*_layers(files, names, "discreet")),
        front_pages=tuple(_layers(files, names, "front-pages")),
        budgets=(_layers(files, names, "budgets") or [NO_BUDGETS])[-1],
        record=(_layers(files, names, "record") or [None])[-1],
    )
    files.mistakes += islice(cross_references.broken_links(library), MOST_MISTAKES)
    if whole:
        library = _with_rules_and_cases(files, names, library)
    layers = _layers(files, names, "approvals") if approved else []
    if files.are_right(approved):
        library = replace(
            library,
            approvals=tuple(each for approvals, _ in layers for each in approvals),
            comments=tuple(each for _, comments in layers for each in comments),
        )
    if files.shared_is_sound and files.are_right(files.inside("routes")):
        files.mistakes += cross_references.unserved(library)
    inside = (*folders, *(() if own_cases is None else (own_cases,)))
    unseen = frozenset(map(shown, outside(chain.from_iterable(files.paths.values()), inside)))
    reading = Reading(
        library=library,
        mistakes=_in_order(_unquoted(each, unseen) for each in files.all_mistakes),
        texts={name: "" if name in unseen else text for name, text in files.texts.items()},
        files={name: files.shown(file) for name, file in files.trees.items()},
        apart=frozenset(
            shown(path)
            for f, paths in files.paths.items()
            for path in paths
            if f in BESIDE
            or f.startswith(tuple(f"{name}/" for name in ("cases", LANGUAGES, *LISTS)))
        ),
        own_cases=frozenset(map(files.shown, own)),
    )
    if local_file is None:
        return reading
    return with_local(reading, names if files.shared_is_sound else None, local_file)


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
    these names to places on disk, one a layer. ``trees`` maps each tree to its file. ``texts`` has
    the text of each file read, by its name in messages. ``mistakes`` are those that are in no
    ``File``. While ``shared_is_sound`` is false, names are not looked up.
    """

    def __init__(self, paths: Mapping[str, Layers], mistakes: list[Diagnostic]) -> None:
        self.paths = paths
        self.mistakes = mistakes
        self.texts: dict[str, str] = {}
        self.trees = {f.removesuffix(ENDING): f for f in paths if "/" not in f and f not in BESIDE}
        self.read: dict[str, File] = {}
        self._shown = cache(shown)
        self._lines = cache(lambda file: tuple(self.texts[file].split("\n")))
        self._broken: set[str] = set()
        self._counted = dict.fromkeys(_MOST, 0)
        self.shared_is_sound = False

    def shown(self, file: str) -> str:
        """A file's name in messages; of layers, that of the top one."""
        return self._shown(self.paths[file][-1])

    def inside(self, folder: str) -> list[str]:
        """The files of a folder, by precedence: the shipped order of routes, own cases last."""
        first = [f"routes/{name}{ENDING}" for name in _FIRST_ROUTES]

        def precedence(file: str) -> tuple[int, bool, str]:
            # Of two cases with one name the trainer's is to be changed, so it comes last.
            own = file.startswith(f"{OWN_CASES}/")
            return (first.index(file) if file in first else len(first), own, file)

        return sorted((f for f in self.paths if f.startswith(f"{folder}/")), key=precedence)

    def open(self, path: Path) -> tuple[Node | None, tuple[Diagnostic, ...]]:
        """Any file as located YAML, with its mistakes."""
        data, name = read_file(path), self._shown(path)
        self.texts[name] = readable(data)
        return yaml_reader.read(data, name)

    def parse(self, file: str, kind: str, names: Names, tree: str = "", **given: Any) -> Any:
        """The meaning of a file of this kind; None if it does not exist or is not YAML."""
        if file not in self.paths:
            return None
        node: Node | None = None
        for path in self.paths[file]:
            above, mistakes = self.open(path)
            self.mistakes += mistakes
            if any(mistake.severity is Severity.ERROR for mistake in mistakes):
                self._broken.add(file)
            if above is None:
                return None
            node = laid_over(node, above) if node else above
        if node is None:
            return None
        if kind in _MOST:
            self._count(node, kind)
        self.read[file] = File(self.shown(file), names, self._lines, tree, given)
        read = values.bind(self.read[file], node, kind)
        if self.read[file].wrong:
            self._broken.add(file)
        return read

    def parse_all(self, folder: str, names: Names, **given: Any) -> dict[str, Any]:
        """The contents of all files of ``routes`` or ``cases`` by name, the first of each name."""
        found: dict[str, Any] = {}
        for file in self.inside(folder):
            read = self.parse(file, folder, names, **given)
            self.add(found, read, folder.removesuffix("s"))
        return found

    def add(self, found: dict[str, Any], read: Mapping[str, Any] | None, what: str) -> None:
        """Add what a file has by name to what is found; the first of each name counts."""
        for name, each in (read or {}).items():
            first = found.setdefault(name, each)
            if first is not each:
                message = f"the {what} “{name}” is in two files"
                hint, related = "give one of them another name", "the first is here"
                twice = Diagnostic("FP211", message, each.span, hint=hint)
                self.mistakes.append(replace(twice, related=(Related(related, first.span),)))

    def are_sound(self, names: Iterable[str]) -> bool:
        """Whether some files, so far as they were read, have the right shape."""
        return self._broken.isdisjoint(names)

    def are_right(self, names: Iterable[str]) -> bool:
        """Whether there is no mistake in some files, in their names neither."""
        every = tuple(names)
        return self.are_sound(every) and not any(
            self.read[f].wrong for f in every if f in self.read
        )

    def all_are_read(self, library: Library) -> bool:
        """Whether every tree of the folders is in a library, and whole."""
        return self.trees.keys() == library.trees.keys() and self.are_sound(self.trees.values())

    def look_up(self, files: Iterable[str], names: Names) -> None:
        """Look up the names in some files, if all are known; in one that is not sound, only those
        that other files give."""
        for name in files if self.shared_is_sound else ():
            if name in self.read:
                self.read[name].look_up(names, is_sound=self.are_sound([name]))

    @property
    def all_mistakes(self) -> Iterator[Diagnostic]:
        """The mistakes of all files."""
        return chain(self.mistakes, *(file.mistakes for file in self.read.values()))

    def _count(self, node: Node, kind: str) -> None:
        """Raise TooMuch for more of something than a library may have, before it is read."""
        entry = node.by_text.get(kind) if isinstance(node, YamlMapping) else None
        inside = entry.value if entry else None
        self._counted[kind] += len(inside.by_text) if isinstance(inside, YamlMapping) else 0
        if self._counted[kind] > _MOST[kind]:
            raise TooMuch(f"A library may have {_MOST[kind]:,} {kind}. This one has more.")


def _shared(kind: str) -> str:
    return f"shared/{kind}{ENDING}"


# --- reading the parts of a library --------------------------------------------------------------


def _common(files: _Files) -> tuple[Library, dict[str, Outcome]]:
    """What all trees share: a library that has no trees yet, and the endings."""
    questions = files.parse(_shared("questions"), "questions", Names()) or {}
    library = Library(
        trees={},
        questions=questions,
        advice={},
        always=(),
        needs=files.parse(_shared("needs"), "needs", Names()) or {},
        words=files.parse(_shared("words"), "words", Names()) or {},
        routes={},
    )
    library = replace(library, routes=files.parse_all("routes", names_of(library)))
    advice: dict[str, Advice] = {}
    for kind in SHARED_ADVICE:
        files.add(advice, files.parse(_shared(kind), kind, names_of(library)), "line of advice")
    names = names_of(replace(library, advice=advice))
    outcomes = files.parse(_shared("outcomes"), "outcomes", names) or {}
    library = replace(
        library,
        advice=advice,
        **{
            kind: found
            for kind in ("always", "opening", "doors")
            if (found := files.parse(_shared(kind), kind, names))
        },
    )
    return library, outcomes


def _layers(files: _Files, names: Names, kind: str) -> list[Any]:
    """The meaning of each layer of one of ``LISTS``, the lowest first."""
    inside = files.inside(kind)
    if not inside:  # the shipped list: another library is in the same language, with other names
        inside = [f"{kind}/000"]
        files = _Files({inside[0]: (shipped() / f"{kind}{ENDING}",)}, [])
    found: list[Any] = []
    for file in inside:
        read = files.parse(file, kind, names, below=tuple(found))
        files.look_up([file], names)
        found += () if read is None else (read,)
    return found


def _trees(files: _Files, names: Names, wanted: Iterable[str]) -> dict[str, Tree]:
    """Some trees with all that they link to."""
    found: dict[str, Tree] = {}

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
        known, read = names, files.parse(file, "tree", names, tree=name)
        if read is not None:
            found[name] = read
            known = replace(tree.with_facts(names, [read]), endings=frozenset(read.outcomes))
        files.look_up([file], known)
    return found


def _with_rules_and_cases(files: _Files, names: Names, library: Library) -> Library:
    """A library with what no walk needs. Rules, and cases that follow a link, name the endings and
    the facts of any tree: while one cannot be read, those are unknowable."""
    trees = library.trees.values()
    unread = frozenset() if files.all_are_read(library) else frozenset({Sort.ENDING, Sort.FACT})
    endings = frozenset(name for each in trees for name in each.outcomes)
    names = replace(names, endings=endings, unread=unread)
    found = files.parse_all("cases", names, trees=library.trees)
    files.look_up(files.inside("cases"), tree.with_facts(names, trees))
    all_rules = files.parse(_RULES, "rules", names) or ()
    files.look_up([_RULES], replace(names, unread=unread - {Sort.FACT}))
    known = _rule_names(files, library, all_rules)
    hazards, tried = files.parse(_HAZARDS, "hazards", names, rules=known) or ((), ())
    asked = _layers(files, names, "review-questions")
    unsafe = _layers(files, names, "unsafe-lines")
    return replace(
        library,
        rules=all_rules,
        hazards=hazards,
        tried=tried,
        cases=found,
        review_questions=tuple(question for layer in asked for question in layer),
        unsafe_lines=word_lists.together([UnsafeLines(), *unsafe]),
        formed=tuple(each for file in files.read.values() for each in file.formed),
        languages=_languages(files, tree.with_facts(names, trees)),
    )


def _languages(files: _Files, names: Names) -> dict[str, Language]:
    """Every language by its tag, of all layers."""
    found: dict[str, Language] = {}
    for file in files.inside(LANGUAGES):
        tag = file.split("/")[1]
        read: Language | None = files.parse(file, LANGUAGES, names)
        said = read.sentences.items() if read else ()
        own = frozenset(each.otherwise.lower() for text, each in said if text in names.words)
        files.look_up([file], replace(names, words=names.words | own))
        if read is not None:
            found[tag] = found[tag].under(read) if tag in found else read
    return found


def languages(folders: Sequence[Path]) -> Reading:
    """A library of which nothing but the languages is read. Names are not looked up."""
    paths, _ = library_files(folders)
    files = _Files({f: path for f, path in paths.items() if f.startswith(f"{LANGUAGES}/")}, [])
    nothing = Library({}, {}, {}, (), {}, {}, {})
    found = replace(nothing, languages=_languages(files, Names()))
    return Reading(found, _in_order(files.all_mistakes), texts=files.texts)


def _rule_names(files: _Files, library: Library, shared: Iterable[Rule]) -> frozenset[str] | None:
    """The names of the rules of all files, or None if one of them is not there to be asked."""
    if not (files.all_are_read(library) and files.are_sound([_RULES])):
        return None
    of_trees = (rule for each in library.trees.values() for rule in each.rules)
    return frozenset(rule.name for rule in chain(shared, of_trees))


def with_local(reading: Reading, names: Names | None, path: Path) -> Reading:
    """A reading with local details laid over it; without any of them if they have an error.
    ``names`` are those that they may use, or None if they are unknowable."""
    files = _Files({"local": (path,)}, [])
    library, read = reading.library, None
    try:
        read = files.parse("local", "local", names or Names(), shipped=library.routes)
    except CannotRead as cannot:
        top, hint = Span.start_of(shown(path)), "“fingerpost local” says where it is looked for"
        message = str(cannot).removesuffix(".")
        files.mistakes.append(Diagnostic("FP013", message, top, hint=hint))
    if read is not None and names is not None:
        own = replace(names, routes={**names.routes, **read.routes})
        files.read["local"].look_up(own)
    mistakes = _in_order(files.all_mistakes)
    if read is not None:
        # Held to their form even where the file is left out, so that all mistakes come at once.
        library = replace(library, formed=(*library.formed, *files.read["local"].formed))
    laid = read is not None and not any(each.severity is Severity.ERROR for each in mistakes)
    if read is not None and laid:
        library = replace(
            library,
            routes={**library.routes, **read.routes},
            nation=read.nation,
            organisation=read.name,
        )
    return replace(
        reading,
        library=library,
        without_local=reading.library if laid else None,
        local_mistakes=mistakes,
        local_file=files.shown("local"),
        texts={**reading.texts, **files.texts},
    )
