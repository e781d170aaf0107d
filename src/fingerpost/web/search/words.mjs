// The words of texts and of searches: split, stemmed, and a synonym for another; twin of
// search/words.py.

import { EnglishStemmer } from "../vendor/english_stemmer.mjs";

// As Python's \w but for letters that only a newer version of Unicode has.
const WORD = /[\p{L}\p{N}_£]+/gu;
const APOSTROPHES = /['‘’]/g;

export const MOST_WORDS = 160;

const ASTRAL = /[\u{10000}-\u{10ffff}]/gu;
const STAND_IN = "\ue000"; // of no word

// The sentences of a text, and what is left between their marks.
export const inSentences = (text) => text.split(/[.!?;\n]+/);

// The case-folded words of a text, in order.
export function tokens(text) {
  const plain = text.normalize("NFC").replace(APOSTROPHES, "");
  if (/^[\0-\x7f]*$/.test(plain)) return plain.toLowerCase().match(WORD) ?? [];
  return (plain.match(WORD) ?? []).map(folded);
}

// As Python's casefold, but for Cherokee, which that folds to its capitals.
function folded(word) {
  return [...word].map((letter) => (letter === "ı" ? letter : smallest(letter))).join("");
}

// Letter by letter, since a final sigma is another in a word; in three steps, since ß and ẞ are ss.
function smallest(letter) {
  return letter.toLowerCase().toUpperCase().toLowerCase();
}

// A memoised function to the stem of a word in small letters. The stemmer counts units of UTF-16,
// and Python's counts characters, so that one of two units is replaced. It drops none of those.
export function englishStems() {
  const stemmer = new EnglishStemmer();
  return memoised((word) => {
    const astral = word.match(ASTRAL) ?? [];
    const stem = stemmer.stemWord(word.replace(ASTRAL, STAND_IN));
    return stem.replaceAll(STAND_IN, () => astral.shift());
  });
}

// The function that remembers what another gives for each value, which is never undefined.
export function memoised(make) {
  const known = new Map();
  return (key) => {
    let found = known.get(key);
    if (found === undefined) known.set(key, found = make(key));
    return found;
  };
}

// Normalises the words of a text. `same` maps the stem of a synonym to that of the first of its
// group, `written` text-speak to its word, and `money` is what a sum such as £200 stands for.
export class Vocabulary {
  constructor({ same, written, money }) {
    this.stem = englishStems();
    const first = (stem) => (stem.startsWith("£") ? money : same.get(stem) ?? stem);
    this.word = memoised((token) => first(this.stem(written.get(token) ?? token)));
  }

  // The stems of the words of a text, each replaced by the first of its synonyms.
  words(text) {
    return tokens(text).map(this.word);
  }
}
