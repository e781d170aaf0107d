"""FP121, FP421 and FP422: translations that cannot be used, that are missing, and that are of
nothing any more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...model.base import grouped
from ...model.diagnostics import Diagnostic, Span
from ...model.library import Language, Library
from ...model.sentence import Sentence
from ...page import messages
from ...reading.translation import fits, is_words, with_sentences


def find(library: Library) -> Iterator[Diagnostic]:
    """What is wrong with each language: of what is missing, one notice for each file."""
    english: dict[str, Sentence] = {}

    def note(sentence: Sentence) -> Sentence:
        english.update((text, sentence) for text in sentence.texts if text not in english)
        return sentence

    if library.languages:
        with_sentences(library, note)
    for language in library.languages.values():
        yield from _sentences(language, english, library)
        yield from _messages(language)


def _sentences(
    language: Language, english: Mapping[str, Sentence], library: Library
) -> Iterator[Diagnostic]:
    missing = grouped(
        (sentence.span.file, (text, sentence.span))
        for text, sentence in english.items()
        if is_words(text) and text not in language.sentences
    )
    for found in missing.values():
        yield _missing(found[0][0], len(found), found[0][1], language)
    for text, words in language.sentences.items():
        if text not in english and text not in library.words:
            hint = "translate the English as it is now, or take this out"
            yield Diagnostic("FP422", f"nothing says “{text}”", words.span, hint=hint)
        elif not all(fits(text, each) for each in words.texts):
            hint = "name in braces what the English names"
            yield Diagnostic("FP121", f"this does not fit “{text}”", words.span, hint=hint)


def _messages(language: Language) -> Iterator[Diagnostic]:
    for key, words in language.messages.items():
        if not messages.fits(key, words):
            hint = "keys, and the values that each has in braces, are those of messages.en.json"
            span = language.spans[key]
            yield Diagnostic("FP121", f"this does not fit the message “{key}”", span, hint=hint)
    if missing := messages.lacking(language.messages):
        yield _missing(missing[0], len(missing), Span.start_of(language.file), language)


def _missing(first: str, count: int, at: Span, language: Language) -> Diagnostic:
    others = f" and {count - 1:,} more here have" if count > 1 else " has"
    message = f"“{first}”{others} no translation in {language.file}"
    return Diagnostic(
        "FP421", message, at, hint="until then people read the English, marked as such"
    )
