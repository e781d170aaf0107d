"""What the lists of words beside the trees hold, which a safeguarding lead keeps."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar, cast

from ...model.base import Frozen, field_names, grouped
from ...model.facts import WROTE
from ...model.library import (
    CrisisWords,
    FrontPages,
    Grammar,
    Language,
    ReviewQuestion,
    SearchWords,
    Stated,
    UnsafeKind,
    UnsafeLines,
)
from ..located import Node, Scalar
from .bound import Bound
from .file import File
from .names import Names, Sort

_Layer = TypeVar("_Layer")

_OWN_GROUPS = frozenset(("verb", "comma"))
"""Groups that a phrase may name without their being written."""


def together(layers: Sequence[_Layer]) -> _Layer:
    """Several layers as one, the lowest first: one adds to the lists below it and to what has a
    name there, and says anew what is neither."""
    every: Sequence[Any] = layers
    match every[0]:
        case tuple():
            one: Any = tuple(dict.fromkeys(each for layer in every for each in layer))
        case Mapping():
            named = grouped(item for layer in every for item in layer.items())
            one = {name: together(found) for name, found in named.items()}
        case Frozen() as lowest:
            fields = field_names(lowest)
            one = type(lowest)(*(together([getattr(e, f) for e in every]) for f in fields))
        case lowest:
            one = next(filter(None, reversed(every)), lowest)
    return cast(_Layer, one)


# --- search --------------------------------------------------------------------------------------


def search(at: Bound) -> SearchWords:
    """The words by which people find a tree, a story or a service. A word in two groups of
    synonyms is a mistake: it would make one group of both."""
    seen: dict[str, Node] = {}
    for text, place in at.words("same"):
        for word in dict.fromkeys(text.casefold().split()):
            at.file.must_be_first(f"“same” has “{word}” twice", place, seen.setdefault(word, place))
    return SearchWords(
        written=at["written"],
        same=at["same"],
        small=at["small"],
        trade=at["trade"],
        warned_of=at["warned-of"],
        whom=at["whom"] or {},
        said=_said(at, "said"),
        in_doubt=_said(at, "in-doubt"),
        crisis=at["crisis"] or CrisisWords(),
        stated=at["stated"],
    )


def stated(at: Bound) -> Stated:
    """What people say of a fact in so many words."""
    for value, entry in at.entries("means"):
        at.file.later(File.has_value, value, entry.key, at.name)
    return at.made(Stated, says=at["says"])


def _said(at: Bound, key: str) -> dict[str, tuple[str, ...]]:
    """Sentences by the tree that is for them."""
    for tree, entry in at.entries(key):
        at.file.must_know(Sort.TREE, tree, entry.value)
    found: dict[str, tuple[str, ...]] = at[key]
    return found


def crisis(at: Bound) -> CrisisWords:
    """The words that may speak of danger. Kinds that may be for later are values of ``wrote``."""
    for value, entry in at.entries("later"):
        at.file.later(File.has_value, value, entry.key, WROTE)
    return at.made(CrisisWords, theirs=at["theirs"] or {})


def harmless(at: Bound) -> frozenset[str]:
    """The words that a discreet sheet may show, in small letters; phrases have spaces."""
    return frozenset(word.casefold().replace("-", " ") for word in at["harmless"])


def front_pages(at: Bound) -> FrontPages:
    """The sites whose front page is no address of a service."""
    return FrontPages(frozenset(at["many-purposes"]), frozenset(at["one-purpose"]))


def language(at: Bound) -> Language:
    """The words of a language."""
    return at.made(
        Language,
        file=at.file.name,
        spans={name: each.span for name, each in at.entries("messages")},
    )


def review_question(at: Bound) -> ReviewQuestion:
    """A question for reviewers. It may be about trees, routes and lines of shared advice."""
    for name, place in at.words("about"):
        at.file.later(_has_any, name, place)
    return at.made(ReviewQuestion)


def _has_any(file: File, names: Names, name: str, place: Scalar) -> None:
    known = {*names.trees, *names.routes, *names.advice}
    if name not in known:
        message = f"there is no tree, route or shared advice “{name}”"
        file.error("FP210", message, place.span, file.meant(name, sorted(known)))


# --- lines that could harm -----------------------------------------------------------------------


def unsafe_lines(at: Bound) -> UnsafeLines:
    """The kinds of unsafe lines of one layer, with their words; a phrase may name the groups of
    words of the layers below it too."""
    below: tuple[UnsafeLines, ...] = at.file.given["below"]
    groups = _OWN_GROUPS.union(*(layer.words for layer in below))
    groups |= {name for name, _ in at.entries("words")}
    words = {name: tuple(text.split()) for name, text in at["words"].items()}
    for _, entry in at.entries("words"):
        _must_be_groups(at.file, entry.value, groups)
    for name, _ in at.entries("kinds"):
        for key in ("orders", "states", "says"):
            for _, place in at.words("kinds", name, key):
                _must_be_groups(at.file, place, groups)
    return UnsafeLines(at["grammar"] or Grammar(), words, at["kinds"])


def _must_be_groups(file: File, node: Node, groups: Collection[str]) -> None:
    """The words in capitals name a group, which must be known: a phrase with another would never
    be found."""
    words = node.text.split() if isinstance(node, Scalar) else ()
    for name in (word.strip(",").lower() for word in words if word.isupper()):
        if name not in groups:
            hint = file.meant(name, sorted(groups)) or "write it in “words”"
            file.error("FP220", f"there is no group of words “{name}”", node.span, hint)


def unsafe_kind(at: Bound) -> UnsafeKind:
    """A kind of line that could harm its reader."""
    phrases = {k: tuple(" ".join(p.split()) for p in at[k]) for k in ("orders", "states", "says")}
    return at.made(UnsafeKind, **phrases)
