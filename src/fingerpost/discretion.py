"""Which texts would tell whoever finds a paper what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .model import Library

_WORD = re.compile(r"[^\W_]+")

_SHORTEST_STEM = 4
"""Letters; a shorter word that tells, such as "ex", is matched whole."""


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_CONCERNS = _listed(
    """
    abuse abusive account addict adult alcohol app arrest assault bail ban beat bill bitcoin
    blackmail bleed block body boyfriend bruise bulli bully cash chat child clip coerc comment
    contact control counsel court creep crime criminal crisis crypto cut cyber danger date dead
    debt deepfake delet die digital disclos dm domestic download drink drug edit email exploit
    explicit extort extrem face fake family fight file film follow footage force forward fraud
    friend gambl game gang gift girlfriend group groom hack harass harm hash hate helpline hit hurt
    illegal image indecen inject internet intimate jail kill kiss knife law legal lesbian gay trans
    link livestream love mental message money murder naked network nude offence offend offline
    online overdos page paid pain parent partner password pay photo pic picture pill platform
    police porn post predator pregnan prison private profile punish racis radical rape record relat
    remove report safeguard save scam scar scare screenshot search secret seen self-harm send sent
    settings sex share site skin slap slur snap social stalk stolen stop stranger stream suicid
    surviv suspect take-down terror text threat touch track traffick trick trouble upload upset
    username video victim violen virgin watch weapon web webcam whisper wound
    """
)
"""Stems and short words that tell, whatever tree they stand in."""

_EVERYDAY = _listed(
    """
    a able about after again all also an and any anyone anything are as ask at away be because been
    before begin being best better between both but by came can come could day did do does done
    don down each else even ever every find first for from get give go going good had happen
    happened happens has have he help her here him his hour how i if in into is it its just keep
    know last lead led left less let like line listen live long look lot made make many may me mean
    might more most much must my near need never new next night no not nothing now of off often on
    once one only or other our out over own people perhaps person place please put rather read
    ready right said same say says see service set she should so some someone something soon speak
    start still sure talk tell than that the their them then there these they thing things think
    this those time to today together told tonight too trust turn two until up us use very wait
    want was way we week well were what when where which while who whom whose why will with without
    word work would year yes yet you young your yours
    """
)
"""Words of titles that are in any letter home, and so tell nothing by themselves."""


@dataclass(frozen=True, slots=True)
class Discretion:
    """What must not be read on a discreet sheet: services, apps, and what has happened.

    ``words`` tell as they stand, ``stems`` at the beginning of any word.
    """

    words: frozenset[str]
    stems: tuple[str, ...]

    @classmethod
    def of(cls, library: Library) -> Discretion:
        """For a library: the words of its services, titles and glossary, and those of ours."""
        telling = _CONCERNS | (set(_words(_names(library))) - _EVERYDAY)
        stems = {_stem(word) for word in telling}
        return cls(
            words=frozenset(stem for stem in stems if len(stem) < _SHORTEST_STEM),
            stems=tuple(sorted(stem for stem in stems if len(stem) >= _SHORTEST_STEM)),
        )

    def tells(self, text: str) -> bool:
        """Whether a text holds a word that tells, or the address of a page."""
        if "://" in text or "www." in text.casefold() or "@" in text:
            return True
        found = list(_words([text]))
        return any(_stem(word) in self.words or word in self.words for word in found) or any(
            word.startswith(self.stems) for word in found
        )


def _names(library: Library) -> Iterator[str]:
    """Every text that names a service, a situation or a hard word."""
    for route in library.routes.values():
        yield route.name
        yield from route.title.texts
    yield from library.words
    for tree in library.trees.values():
        yield tree.name
        for text in (tree.title, tree.about):
            yield from text.texts
        for outcome in tree.outcomes.values():
            yield from outcome.title.texts


def _words(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for word in _WORD.findall(text):
            if not word.isdigit():
                yield word.casefold()


def _stem(word: str) -> str:
    """The word without the s of a plural, so that one form finds the other."""
    return word.removesuffix("s") if len(word) > _SHORTEST_STEM else word
