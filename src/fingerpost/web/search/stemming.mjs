// Stems of English words: "blackmailed" and "blackmailing" have one; twin of search/words.py.

import { EnglishStemmer } from "../vendor/english_stemmer.mjs";

const ASTRAL = /[\u{10000}-\u{10ffff}]/gu;
const STAND_IN = "\ue000"; // of no word

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
