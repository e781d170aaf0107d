"""FP408: hard words that a young person reads and that are not explained on the page.

The glossary lists a word once, and a sentence may have it in another form: “blackmails”,
“helplines”, “groomed”. In the title of a tree only forms that begin with the word count, since no
other can be marked there. Of a route its name is left out, and so are words in quotation marks,
words with a capital inside a sentence and names such as Example.org: what an app calls its buttons
needs no explanation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import chain
from typing import TypeAlias

from ...model import inline_markup
from ...model.base import grouped
from ...model.diagnostics import Diagnostic
from ...model.text_index import Passage, PassageKind, Wording, free_text

_Met: TypeAlias = tuple[tuple[str, str], ...]
"""Unmarked hard words of a text, each in the form that it has there and as it is listed."""

_Forms: TypeAlias = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
"""By its first word each form of a hard word, with the word as it is listed; longest first."""

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_CALLED_SO = re.compile(r"“[^”]*”|(?<=[\w,] )[A-Z][a-z][\w'’-]*|\w+\.\w[\w.]*")


def find(wording: Wording) -> Iterator[Diagnostic]:
    """Every passage for young people that has a word of the glossary and does not mark it."""
    met = cache(partial(_met, _forms(wording.library.words)))
    marked = cache(_marked)
    for passage, texts in wording.to_young_person:
        hard: dict[str, str] = {}
        for form, word in _said(passage, texts, met):
            hard.setdefault(word, form)
        if hard:
            explained = frozenset[str]().union(*map(marked, texts))
            left = {word: form for word, form in hard.items() if word not in explained}
            if left:
                yield _mistake(passage, left)


def _said(
    passage: Passage, texts: Sequence[str], met: Callable[[str], _Met]
) -> Iterable[tuple[str, str]]:
    """The hard words of a passage that would have to be marked in it."""
    if passage.place in (PassageKind.QUESTION, PassageKind.ENDING, PassageKind.ALWAYS):
        return chain.from_iterable(map(met, texts))
    if passage.place is PassageKind.ROUTE:
        plain = (_CALLED_SO.sub(" ", text) for text in texts[1:] if met(text))
        return chain.from_iterable(map(met, plain))
    if passage.place is PassageKind.TREE:
        return ((form, word) for form, word in met(texts[0]) if form.startswith(word))
    return ()


def _met(forms: _Forms, text: str) -> _Met:
    words = _words(free_text(text))
    return () if forms.keys().isdisjoint(words) else tuple(_among(words, forms))


def _among(words: tuple[str, ...], forms: _Forms) -> Iterator[tuple[str, str]]:
    """The hard words among these; of those that begin at one word the longest."""
    at = 0
    while at < len(words):
        begun = forms.get(words[at], ())
        here = ((form, word) for form, word in begun if words[at : at + len(form)] == form)
        form, word = next(here, ((), ""))
        if form:
            yield " ".join(form), word
        at += len(form) or 1


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower().replace("’", "'")))


def _marked(text: str) -> frozenset[str]:
    """The hard words that are marked in a text."""
    return frozenset(word.lower() for word in inline_markup.hard_words(text))


def _forms(listed: Iterable[str]) -> _Forms:
    """All forms of these words. Of several words the last is changed: “gift cards”."""
    forms = {parts: word for word in listed if (parts := _words(word))}
    for (*before, last), word in tuple(forms.items()):
        for form in _inflected(last):
            forms.setdefault((*before, form), word)
    longest = sorted(forms, key=len, reverse=True)
    return grouped((parts[0], (parts, forms[parts])) for parts in longest)


def _inflected(word: str) -> Iterator[str]:
    """The plural, the possessive and the forms of a verb; some of them are no English words."""
    stem = re.sub(r"(?<=\w{4})(?:ing|ed)$", "", word)
    for root in dict.fromkeys((word, stem)):
        silent = root.removesuffix("e")
        short = re.sub("y$", "i", root)
        doubled = root + root[-1:]
        yield from (root, f"{root}s", f"{root}'s", f"{short}es", f"{short}ed", f"{root}ing")
        yield from (f"{silent}ing", f"{silent}ed", f"{doubled}ing", f"{doubled}ed")


def _mistake(passage: Passage, words: Mapping[str, str]) -> Diagnostic:
    """``words`` are the hard words as they are listed, each with the form that it has here."""
    word, form = next(iter(words.items()))
    hint = f"mark it where it comes first: {{{{{word}}}}}{form.removeprefix(word)}"
    if not form.startswith(word):
        hint = f"say the word itself too, and mark it: {{{{{word}}}}}"
    return Diagnostic(
        "FP408",
        f"the {passage} does not explain to a young person: {', '.join(words.values())}",
        passage.span,
        hint=hint,
    )
