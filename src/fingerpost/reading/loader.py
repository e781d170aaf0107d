"""Finds and reads a library: the only place where files are read.

A library is a folder (see ``docs/format.md``). Folders can be laid over one another; a file of
the same name replaces the whole file below it. A trainer's own cases are added from a folder that
holds nothing else.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TypeVar

from ..model.base import Frozen, field, replace
from ..model.case import Case
from ..model.diagnostics import Diagnostic, Related, Severity, Span, closest, did_you_mean
from ..model.graph import breadth_first
from ..model.library import Library
from ..model.route import Route
from ..model.sentence import Sentence, Source
from ..model.tree import Advice, Always, Tree
from . import cross_references, yaml_reader
from .decode import LARGEST, MOST_MISTAKES, lines
from .files import cases, local, routes, rules, shared, tree, word_lists
from .files.fields import NAME_RULE, Reader, better_name, is_name
from .files.names import Names, Sort, entries_under
from .format import FORMAT
from .located import Node

_FOLDERS = ("", "shared", "routes", "cases")
_FIRST_ROUTES = ("uk", "england", "wales", "scotland", "northern-ireland", "platforms")
_RULES = "rules.yaml"
_OWN_CASES = "cases/own"
_LISTS = ("search", "discreet", "review-questions")
"""Files beside the trees of which a folder laid over another adds to those below, and which a
library without any takes from the shipped one."""

_ENDING = ".yaml"
_NEARLY_ENDINGS = (".yaml", ".yml", ".yaml.txt", ".yml.txt")

_NAMED_IN = {
    "questions": (Sort.QUESTION, Sort.FACT),
    "needs": (Sort.NEED,),
    "words": (Sort.WORD,),
    "advice": (Sort.ADVICE,),
    "outcomes": (Sort.OUTCOME,),
}
"""The sorts of names that each file of ``shared/`` gives."""

_SHARED = tuple(
    dict.fromkeys(
        [*_NAMED_IN, *(k for k, kind in FORMAT.files.items() if kind.files.startswith("shared/"))]
    )
)
"""The kinds of files of ``shared/``, first those that give names."""

_Read = TypeVar("_Read")


class CannotRead(Exception):
    """A folder or a file cannot be read. The message is one sentence for whoever ran us."""


class Reading(Frozen):
    """A library, every mistake in it, and the text of each file by its name in messages.

    ``local_mistakes`` are those of the local file, which is then left out of the library.
    ``files`` maps each tree that is there, readable or not, to its file. ``apart`` are the files
    that no walk reads: rules and cases. ``own_cases`` are those of them that a trainer added.
    """

    library: Library
    mistakes: tuple[Diagnostic, ...]
    local_mistakes: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()
    own_cases: frozenset[str] = frozenset()
    without_local: Library | None = None

    def stopping(self, name: str) -> tuple[Diagnostic, ...]:
        """The errors that keep a tree from being walked: in it, in a tree that it leads into,
        or in what all trees share."""
        trees = self.library.trees
        behind = set(
            breadth_first([name], lambda n: cross_references.doors(trees[n]) if n in trees else ())
        )
        others = {file for other, file in self.files.items() if other not in behind} | self.apart
        return tuple(
            mistake
            for mistake in self.mistakes
            if mistake.severity is Severity.ERROR and mistake.span.file not in others
        )


def shipped() -> Path:
    """The folder of trees that come with fingerpost: in the package, else in a checkout."""
    package = Path(__file__).parents[1]
    for folder in (package / "trees", package.parent.parent / "trees"):
        if folder.is_dir():
            return folder
    raise CannotRead("The trees that come with fingerpost are missing. Install it again.")


def load(
    folders: Sequence[Path],
    trees: Collection[str] | None = None,
    *,
    local_file: Path | None = None,
    own_cases: Path | None = None,
    whole: bool = False,
) -> Reading:
    """Read a library.

    ``folders`` are laid over one another, the last on top. ``trees`` are the trees wanted, with
    those that they lead into; None is all of them. ``whole`` also reads rules and cases, which a
    walk does not need. ``local_file`` is an organisation's own details. ``own_cases`` is a folder
    with files of cases, which are added to those of the library when that is read whole.

    Raises CannotRead if a folder or file cannot be read or there is no tree at all; never for
    what is in a file, and never for the local file.
    """
    files, warnings = _files(folders)
    own, own_warnings = _of_cases(own_cases)
    shelf = _Files({**files, **own}, [*warnings, *own_warnings])
    if not shelf.trees:
        where = " and ".join(str(folder) for folder in folders)
        raise CannotRead(f"There are no trees in {where}. A tree is a file that ends in {_ENDING}.")
    common = _Common.read(shelf)
    found = _trees(shelf, common.names, tuple(shelf.trees) if trees is None else trees)
    library = Library(
        trees=found,
        questions=common.names.questions,
        advice=common.names.advice,
        always=common.always,
        opening=common.opening,
        needs=common.names.needs,
        words=common.words,
        routes=common.routes,
        search=word_lists.together(_listed(shelf, common.names, "search", word_lists.search)),
        harmless=frozenset().union(*_listed(shelf, common.names, "discreet", word_lists.harmless)),
    )
    shelf.mistakes += islice(cross_references.broken_doors(library), MOST_MISTAKES)
    if common.routes_are_whole:
        shelf.mistakes += cross_references.unserved(library)
    if whole:
        library = _with_rules_and_cases(shelf, common.names, library)
    without = library
    library, local_mistakes = _with_local(shelf, common.names, library, local_file)
    return Reading(
        library=library,
        without_local=None if library is without else without,
        mistakes=_in_order(shelf.mistakes),
        local_mistakes=_in_order(local_mistakes),
        texts=shelf.texts,
        files={name: shelf.shown(file) for name, file in shelf.trees.items()},
        apart=frozenset(
            shelf.shown(f)
            for f in shelf.files
            if f == _RULES or f.startswith(("cases/", *(f"{name}/" for name in _LISTS)))
        ),
        own_cases=frozenset(map(shelf.shown, own)),
    )


def read_file(path: Path) -> bytes:
    """The bytes of an ordinary file, and one more than the longest that the reader takes.

    Raises CannotRead, with a sentence, for anything else: a folder, a device, no permission.
    """
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise CannotRead(f"{path} is a folder. It should be a file.")
        if not stat.S_ISREG(found.st_mode):
            raise CannotRead(f"{path} is not an ordinary file.")
        expected = min(found.st_size, LARGEST)
        with path.open("rb") as file:
            data = file.read(expected + 1)  # to make room for LARGEST takes four times as long
            return data if len(data) <= expected else data + file.read(LARGEST - expected)
    except (OSError, ValueError) as error:
        raise CannotRead(f"{path} cannot be read: {_reason(error)}.") from error


def _reason(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError():
            return "it is not there"
        case PermissionError():
            return "you do not have permission"
        case OSError(strerror=str(words)):
            return words.lower()
        case _:
            return str(error)


def _in_order(mistakes: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(mistakes, key=lambda mistake: mistake.order))


# --- which files there are -----------------------------------------------------------------------


def _files(folders: Iterable[Path]) -> tuple[dict[str, Path], list[Diagnostic]]:
    """Every YAML file of the library, by its name inside the folder, upper layers winning; and
    a warning for each that was meant to be one and is not. A list is named by its layer too, as
    ``search/0``, for all of its layers count."""
    found: dict[str, Path] = {}
    warnings: list[Diagnostic] = []
    for layer, folder in enumerate(folders):
        for part in _FOLDERS:
            inside, strays = _sorted_out(_inside(folder, part), part)
            for path in inside:
                is_list = not part and path.stem in _LISTS
                name = f"{path.stem}/{layer:03}" if is_list else path.name
                found[f"{part}/{name}" if part else name] = path
            warnings += strays
    return found, warnings


def _of_cases(folder: Path | None) -> tuple[dict[str, Path], list[Diagnostic]]:
    """The files of a trainer's own folder. They stand beside ours and replace none of them."""
    if folder is None:
        return {}, []
    inside, warnings = _sorted_out(_inside(folder, "", of="cases"), "cases")
    if not inside and not warnings:
        raise CannotRead(f"There are no cases in {folder}. A file of cases ends in {_ENDING}.")
    return {f"{_OWN_CASES}/{path.name}": path for path in inside}, warnings


def _sorted_out(paths: Iterable[Path], part: str) -> tuple[list[Path], list[Diagnostic]]:
    """The YAML files among these, and a warning for each that was meant to be one and is not."""
    found: list[Path] = []
    warnings: list[Diagnostic] = []
    for path in paths:
        warning = _stray(path, part)
        if warning:
            warnings.append(warning)
        elif path.name.endswith(_ENDING) and not path.name.startswith("."):
            found.append(path)
    return found, warnings


def _inside(folder: Path, part: str, of: str = "trees") -> list[Path]:
    """What is in a folder of the library, or nothing if an inner one is not there."""
    inside = folder / part
    if part and not os.path.lexists(inside):
        return []
    try:
        return sorted(inside.iterdir())
    except NotADirectoryError as error:
        raise CannotRead(f"{inside} is a file. It should be a folder of {of}.") from error
    except (OSError, ValueError) as error:
        raise CannotRead(f"{inside} cannot be read: {_reason(error)}.") from error


def _stray(path: Path, part: str) -> Diagnostic | None:
    """A warning for a file or folder that nothing reads, though its name nearly says so."""
    name = path.name
    ending = next((e for e in reversed(_NEARLY_ENDINGS) if name.lower().endswith(e)), "")
    stem = name[: len(name) - len(ending)]
    if name.startswith(".") or not stem:
        return None
    if ending and not name.endswith(_ENDING):
        message = f"this file is not read, because its name does not end in {_ENDING}"
        hint = f"rename it to {stem}{_ENDING}"
        return Diagnostic("FP217", message, _start(path), hint=hint)
    if ending and part == "shared" and stem not in _SHARED:
        known = tuple(f"{kind}{_ENDING}" for kind in _SHARED)
        message, hint = f"no file of shared/ is called “{name}”", did_you_mean(name, known)
        return Diagnostic("FP218", message, _start(path), hint=hint)
    meant = None if part or ending or name in _FOLDERS else closest(name.lower(), _FOLDERS[1:])
    if meant and path.is_dir():
        message = f"this folder is not read, because it is not called “{meant}”"
        hint = f"rename it to {meant}"
        return Diagnostic("FP218", message, _start(path), hint=hint)
    return None


def _start(path: Path) -> Span:
    """The very beginning of a file or folder."""
    return Span.start_of(_shown(path))


def _shown(path: Path) -> str:
    """A path as it is named in messages: relative to the working folder if it lies below it."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except (OSError, ValueError):
        return str(path)


# --- reading them --------------------------------------------------------------------------------


class _Files:
    """The files of a library, each read once, with the mistakes found on the way.

    ``name`` gives a file's name in messages. ``unread`` are the sorts of names of each tree that
    cannot be known, of those read so far.
    """

    def __init__(self, files: Mapping[str, Path], mistakes: list[Diagnostic]) -> None:
        self.files = files
        self.mistakes = mistakes
        self.name = cache(_shown)
        self.texts: dict[str, str] = {}
        self.nodes: dict[str, Node | None] = {}
        self.unread: dict[str, frozenset[Sort]] = {}
        self.trees = {
            file.removesuffix(_ENDING): file for file in files if "/" not in file and file != _RULES
        }

    def shown(self, file: str) -> str:
        """A file's name in messages."""
        return self.name(self.files[file])

    def node(self, file: str) -> Node | None:
        """A file as located YAML, or None if there is no such file or it cannot be parsed."""
        if file not in self.files:
            return None
        if file not in self.nodes:
            self.nodes[file], mistakes = self.open(self.files[file])
            self.mistakes += mistakes
        return self.nodes[file]

    def open(self, path: Path) -> tuple[Node | None, tuple[Diagnostic, ...]]:
        """Any file as located YAML; its text is kept, for messages."""
        data, name = read_file(path), self.name(path)
        self.texts[name] = lines(data.decode("utf-8", errors="replace"))
        return yaml_reader.read(data, name)

    def reader(self, path: Path, names: Names) -> Reader:
        """Someone who reads a file that has been opened."""
        name = self.name(path)
        text = self.texts[name]
        return Reader(name, names, [], cache(lambda: tuple(text.split("\n"))))

    def parsed(
        self, file: str, names: Names, parse: Callable[[Reader, Node], _Read]
    ) -> _Read | None:
        """A file as what it means; None if it is not there or is not YAML."""
        node = self.node(file)
        if node is None:
            return None
        reader = self.reader(self.files[file], names)
        read = parse(reader, node)
        self.mistakes += reader.mistakes
        return read

    def sources(self, names: Names) -> Iterator[Source]:
        """What the files of ``shared/`` and of cases name at their top. What is wrong with it has
        been said where the file was read."""
        kinds = {_shared(kind): kind for kind in _SHARED}
        kinds |= dict.fromkeys(self.named("cases"), "cases")
        for file, kind in kinds.items():
            has_sources = "sources" in FORMAT.kinds[f"@{kind}"].by_name
            if has_sources and (node := self.node(file)) is not None:
                yield from shared.sources(self.reader(self.files[file], names), node, kind)

    def names_in(self, file: str, kind: str) -> frozenset[str] | None:
        """What a file names that is of this kind, none if it is not there; None if that cannot
        be known."""
        if file not in self.files:
            return frozenset()
        named = entries_under(self.node(file), f"@{kind}", kind)
        return None if named is None else frozenset(named)

    def named(self, folder: str) -> Iterator[str]:
        """The files of a folder, in the order in which they count."""
        inside = [file for file in self.files if file.startswith(f"{folder}/")]
        first = [f"routes/{name}{_ENDING}" for name in _FIRST_ROUTES]

        def place(file: str) -> tuple[int, bool, str]:
            # What a trainer added comes last: of two that have one name, theirs is to be changed.
            last = file.startswith(f"{_OWN_CASES}/")
            return (first.index(file) if file in first else len(first), last, file)

        return iter(sorted(inside, key=place))


class _Common(Frozen):
    """What all trees share. ``routes_are_whole`` is false while a file of routes has a mistake,
    and nobody can say what they serve."""

    names: Names
    routes: Mapping[str, Route]
    routes_are_whole: bool
    words: Mapping[str, Sentence]
    always: tuple[Always, ...]
    opening: tuple[Advice, ...]

    @classmethod
    def read(cls, shelf: _Files) -> _Common:
        """Read ``shared/`` and ``routes/``, each file once the names that it may use are known."""
        names = _names_ahead(shelf)
        words = shelf.parsed(_shared("words"), names, shared.words) or {}
        names = replace(names, needs=shelf.parsed(_shared("needs"), names, shared.needs) or {})
        questions = shelf.parsed(_shared("questions"), names, shared.questions) or {}
        names = replace(names, questions=questions)
        before = len(shelf.mistakes)
        found: dict[str, Route] = {}
        for file in shelf.named("routes"):
            for name, route in (shelf.parsed(file, names, routes.routes) or {}).items():
                if name in found:
                    shelf.mistakes.append(_twice("route", name, route.span, found[name].span))
                else:
                    found[name] = route
        whole = before == len(shelf.mistakes) and Sort.ROUTE not in names.unread
        names = replace(names, advice=shelf.parsed(_shared("advice"), names, shared.advice) or {})
        outcomes = shelf.parsed(_shared("outcomes"), names, shared.outcomes) or {}
        names = replace(names, outcomes=outcomes)
        always = shelf.parsed(_shared("always"), names, shared.always) or ()
        opening = shelf.parsed(_shared("opening"), names, shared.opening) or ()
        return cls(names, found, whole, words, always, opening)


def _shared(kind: str) -> str:
    return f"shared/{kind}{_ENDING}"


def _names_ahead(shelf: _Files) -> Names:
    """The names that a sentence of any file may hold, found before any file is read for what it
    means; and the sorts of names that a file that cannot be read keeps from us."""
    unread = {
        sort
        for kind, sorts in _NAMED_IN.items()
        if shelf.names_in(_shared(kind), kind) is None
        for sort in sorts
    }
    named = [shelf.names_in(f, "routes") for f in shelf.named("routes")]
    if None in named:
        unread.add(Sort.ROUTE)
    words = shelf.names_in(_shared("words"), "words") or ()
    facts = shared.facts(shelf.node(_shared("questions")))
    return Names(
        facts={fact: values for fact, (values, _) in facts.items()},
        many=frozenset(fact for fact, (_, has_many) in facts.items() if has_many),
        routes=frozenset(name for names in named for name in names or ()),
        words=frozenset(word.lower() for word in words),
        trees=frozenset(shelf.trees),
        unread=frozenset(unread),
    )


def _listed(
    shelf: _Files, names: Names, kind: str, parse: Callable[[Reader, Node], _Read]
) -> list[_Read]:
    """What each file of one of ``_LISTS`` means, the lowest layer first."""
    files = list(shelf.named(kind))
    if not files:  # whoever has trees of their own has the same language
        files, names = [f"{kind}/000"], replace(names, unread=frozenset(Sort))
        shelf = _Files({files[0]: shipped() / f"{kind}{_ENDING}"}, [])
    return [read for file in files if (read := shelf.parsed(file, names, parse)) is not None]


def _twice(what: str, name: str, second: Span, first: Span) -> Diagnostic:
    return Diagnostic(
        "FP211",
        f"the {what} “{name}” is in two files",
        second,
        hint="give one of them another name",
        related=(Related("the first is here", first),),
    )


def _trees(shelf: _Files, names: Names, wanted: Iterable[str]) -> dict[str, Tree]:
    found: dict[str, Tree] = {}
    waiting = [name for name in wanted if name in shelf.trees]
    seen = set(waiting)
    for name in waiting:  # which grows as doors are found
        if not is_name(name):
            top = Span.start_of(shelf.shown(shelf.trees[name]))
            hint = f"rename it to {better_name(name) or 'a-tree'}{_ENDING}"
            message = f"a tree has the name of its file, which {NAME_RULE}"
            shelf.mistakes.append(Diagnostic("FP106", message, top, hint=hint))

        def named(reader: Reader, node: Node, name: str = name) -> Tree:
            shelf.unread[name] = unread = tree.unread(node)
            return tree.tree(reader, node, name, unread)

        read = shelf.parsed(shelf.trees[name], names, named)
        del shelf.nodes[shelf.trees[name]]  # they are larger than what they mean
        if read is not None:
            found[name] = read
            new = [d for d in cross_references.doors(read) if d in shelf.trees and d not in seen]
            waiting += new
            seen.update(new)
    return found


def _with_rules_and_cases(shelf: _Files, names: Names, library: Library) -> Library:
    endings = frozenset(name for t in library.trees.values() for name in t.outcomes)
    names = replace(names, endings=endings)
    unread = {name: shelf.unread.get(name, tree.unread(None)) for name in shelf.trees}
    # Rules, and cases that go through a door, speak of the endings and the facts of any tree.
    of_any = frozenset().union(*unread.values()) & {Sort.ENDING, Sort.FACT}
    of_cases = replace(names, unread=names.unread | of_any)
    in_cases = cases.with_facts(of_cases, library.trees)
    in_rules = replace(names, unread=names.unread | of_any & {Sort.ENDING})

    def all_cases(reader: Reader, node: Node) -> dict[str, Case]:
        return cases.cases(reader, node, library.trees, unread)

    found: dict[str, Case] = {}
    for file in shelf.named("cases"):
        for name, case in (shelf.parsed(file, in_cases, all_cases) or {}).items():
            if name in found:
                shelf.mistakes.append(_twice("case", name, case.span, found[name].span))
            else:
                found[name] = case
    all_rules = shelf.parsed(_RULES, in_rules, rules.rules_file) or ()
    named = tuple(shelf.sources(names))
    asked = _listed(shelf, names, "review-questions", word_lists.questions)
    return replace(
        library,
        rules=all_rules,
        cases=found,
        sources=named,
        review_questions=tuple(question for layer in asked for question in layer),
    )


def _with_local(
    shelf: _Files, names: Names, library: Library, path: Path | None
) -> tuple[Library, list[Diagnostic]]:
    """Lay local details over the library, or leave them out whole if anything in them is wrong."""
    if path is None:
        return library, []
    try:
        node, found = shelf.open(path)
    except CannotRead as cannot:
        top, hint = Span.start_of(_shown(path)), "“fingerpost local” says where it is looked for"
        return library, [Diagnostic("FP013", str(cannot).removesuffix("."), top, hint=hint)]
    mistakes = list(found)
    if node is None:
        return library, mistakes
    own = entries_under(node, "@local", "routes") or {}
    reader = shelf.reader(path, replace(names, routes=names.routes | own.keys()))
    nation, added = local.local(reader, node, library.routes)
    mistakes += reader.mistakes
    if any(mistake.severity is Severity.ERROR for mistake in mistakes):
        return library, mistakes
    return replace(library, routes={**library.routes, **added}, nation=nation), mistakes
