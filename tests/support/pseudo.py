"""A language that nobody speaks, made of a library: every word stands in guillemets and accents,
and is longer by a third. What stands outside of them on a screen has not been translated."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from fingerpost.model.library import Library
from fingerpost.model.sentence import Sentence
from fingerpost.page.messages import english
from fingerpost.reading.loader import load
from fingerpost.reading.reading import shipped
from fingerpost.reading.translation import with_sentences

TAG = "qps"
"""For pseudo-translations, as Unicode's CLDR reserves it."""

_ACCENTS = str.maketrans("aeiouyAEIOUYcnszCNSZ", "áéíóúýÁÉÍÓÚÝćńśźĆŃŚŹ")
_KEPT = re.compile(
    r"((?<!\{)\{(?:route:)?[\w-]*(?::,)?\}(?!\})|https?://\S+|\S+@\S+|\b[\w-]+(?:\.[\w-]+)+\b)"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TRANSLATED = re.compile(r"«[^\W\d_]+(?:['’-][^\W\d_]+)*»")


def pseudo(text: str) -> str:
    """A text in this language; names in braces and addresses are as they were."""
    parts = _KEPT.split(text)
    return "".join(each if n % 2 else _WORD.sub(_bracketed, each) for n, each in enumerate(parts))


def _bracketed(found: re.Match[str]) -> str:
    word = found[0]
    if len(word) == 1 and word not in "aAI":  # a key
        return word
    longer = "ó" * max(0, -(-len(word) // 3) - len("«»"))
    return f"«{word.translate(_ACCENTS)}{longer}»"


def left_in_english(text: str) -> set[str]:
    """The words of what is shown that nobody has translated, addresses apart."""
    found = _WORD.findall(_TRANSLATED.sub("", _KEPT.sub("", text)))
    return {word for word in found if len(word) > 1}


def laid_over(library: Library, folder: Path) -> Path:
    """Write the language of a library, to be laid over it."""
    english_of: dict[str, str] = {word: pseudo(word) for word in library.words}

    def note(sentence: Sentence) -> Sentence:
        english_of.update((text, pseudo(text)) for text in sentence.texts)
        return sentence

    with_sentences(library, note)
    messages = {
        key if form is None else f"{key}.{form}": pseudo(words)
        for key, text in english().items()
        for form, words in ({None: text} if isinstance(text, str) else text).items()
    }
    place = folder / "languages" / f"{TAG}.yaml"
    place.parent.mkdir(parents=True)
    whole = {"messages": messages, "sentences": english_of}
    place.write_text(json.dumps(whole, ensure_ascii=False, indent=1), encoding="utf-8")
    return folder


if __name__ == "__main__":
    print(laid_over(load([shipped()], whole=True).library, Path(sys.argv[1])))
