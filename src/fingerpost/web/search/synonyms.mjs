// Stems, synonyms and stop words: a pic and a photograph are one word; twin of search/words.py.

import { englishStems, memoised } from "./stemming.mjs";
import { tokens } from "./tokens.mjs";

// Normalises the words of a text by the words of `search.yaml`. `same` maps the stem of a synonym
// to that of the first of its group; `small` are the stems of stop words.
export class Vocabulary {
  constructor(known) {
    this.stem = englishStems();
    this.same = firstOfEach(known.same.map((group) => this.stems(group.join(" "))));
    this.small = new Set(this.stems(known.small.join(" ")));
    const [money] = this.stems("money");
    const sum = this.same.get(money) ?? money;
    const first = (stem) => (stem.startsWith("£") ? sum : this.same.get(stem) ?? stem);
    this.word = memoised((token) => first(this.stem(token)));
  }

  stems(text) {
    return tokens(text).map(this.stem);
  }

  // The stems, each replaced by the first of its synonyms. A sum such as £200 is money.
  words(text) {
    return tokens(text).map(this.word);
  }
}

// For each word of a group the first. Groups with a word in common are merged.
function firstOfEach(groups) {
  const firsts = new Map(), members = new Map();
  for (const group of groups.filter((each) => each.length)) {
    const joined = new Set(group.map((word) => firsts.get(word) ?? word));
    const [first] = joined;
    const all = [...joined].flatMap((each) => members.get(each) ?? [each]);
    for (const each of joined) members.delete(each);
    members.set(first, all);
    for (const word of all) firsts.set(word, first);
  }
  return new Map([...firsts].filter(([word, first]) => word !== first));
}
