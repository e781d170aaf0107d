// Stems, synonyms and stop words: a pic and a photograph are one word; twin of search/words.py.

import { englishStems, memoised } from "./stemming.mjs";
import { tokens } from "./tokens.mjs";

// Normalises the words of a text. `same` maps the stem of a synonym to that of the first of its
// group, and `money` is what a sum such as £200 stands for.
export class Vocabulary {
  constructor({ same, money }) {
    this.stem = englishStems();
    const first = (stem) => (stem.startsWith("£") ? money : same.get(stem) ?? stem);
    this.word = memoised((token) => first(this.stem(token)));
  }

  // The stems of the words of a text, each replaced by the first of its synonyms.
  words(text) {
    return tokens(text).map(this.word);
  }
}
