// Counts the sentences of an index that have a term; twin of search/sentences.py. Places are lists,
// since here a number has few bits.

import { lettered } from "./letters.mjs";
import { memoised } from "./words.mjs";

export const NEAR = 6; // other words from one of a pair to the other
export const DANGER = 0, USUAL = 1; // sets of sentences; then come those of each kind of danger
const UNSEEN = 0.1, TELLS = 0.4;
const EXACT = 1e9; // steps of a likeness: finer ones depend on the order of a sum

// Sentences with which a text is compared. `groups` are the stems of groups of words. A term is a
// sense, a run of letters after a ~, or two senses with a space between them, or with " .. ".
export class Compared {
  constructor({ words, usual = "", heard }, groups) {
    this.letters = lettered(words.map(([word]) => word));
    this.bearers = new Map();
    for (const [word, stem] of words) put(this.bearers, stem, this.letters.get(word));
    this.ended = words.map(([word]) => `<${word}>`).join("");
    this.groups = groups;
    this.text = [];
    this.sentenceAt = [];
    this.setOf = [];
    const places = new Map();
    for (const [at, text] of [usual, ...heard.values()].entries()) {
      for (const letter of text) {
        put(places, letter, this.text.length);
        this.text.push(letter);
        this.sentenceAt.push(this.setOf.length);
        if (letter === "\n") this.setOf.push(USUAL + at);
      }
    }
    this.sizes = [0, ...Array.from(heard, () => 0), 0];
    for (const set of this.setOf) this.sizes[set] += 1;
    this.sizes[DANGER] = this.setOf.length - this.sizes[USUAL];
    const where = (letters) => [...letters].flatMap((letter) => places.get(letter) ?? []);
    this.bearing = memoised((sense) => this.#bearing(sense));
    this.places = memoised((sense) => where(this.bearing(sense)));
    this.counts = memoised((term) => this.#counts(term));
  }

  // How much more these terms are like those of one set of sentences than like those of another.
  likeness(terms, one, other) {
    if (!this.sizes[one] || !this.sizes[other]) return 0;
    const share = (count, set) => (count + UNSEEN) / (this.sizes[set] + 2 * UNSEEN);
    let sum = 0;
    for (const term of terms) {
      const counts = this.counts(term);
      if (counts[one] || counts[other]) {
        const ratio = Math.log(share(counts[one], one) / share(counts[other], other));
        if (Math.abs(ratio) >= TELLS) sum += ratio;
      }
    }
    return Math.round(sum / Math.sqrt(Math.max(1, terms.size)) * EXACT) / EXACT;
  }

  // In how many sentences of each set a term stands.
  #counts(term) {
    const [one, ...others] = term.split(" "), found = new Set();
    const at = others.length ? this.#pairs(one, ...others) : this.places(one);
    for (const each of at) found.add(this.sentenceAt[each]);
    const counts = this.sizes.map(() => 0);
    for (const sentence of found) counts[this.setOf[sentence]] += 1;
    counts[DANGER] = found.size - counts[USUAL];
    return counts;
  }

  // The letters of the words that have a sense, or a run of letters.
  #bearing(sense) {
    if (sense.startsWith("~")) return new Set(this.#withRun(sense.slice(1)));
    const stems = [...(this.groups.get(sense) ?? [sense])];
    return new Set(stems.flatMap((stem) => this.bearers.get(stem) ?? []));
  }

  *#withRun(run) {
    for (let at = this.ended.indexOf(run); at >= 0; at = this.ended.indexOf(run, at)) {
      const from = this.ended.lastIndexOf("<", at) + 1;
      at = this.ended.indexOf(">", at + run.length - 1);
      yield this.letters.get(this.ended.slice(from, at));
    }
  }

  // The places of the rarer half of a pair where the other is near.
  *#pairs(one, ...rest) {
    const [first, last] = rest.length > 1 ? [2, NEAR - 1] : [1, 1], other = rest.at(-1);
    const isForward = this.places(one).length < this.places(other).length;
    const wanted = this.bearing(isForward ? other : one);
    for (const at of this.places(isForward ? one : other)) {
      for (let apart = 1; apart <= last; apart++) {
        const letter = this.text[isForward ? at + apart : at - apart] ?? "\n";
        if (letter === "\n") break;
        if (apart >= first && wanted.has(letter)) yield at;
      }
    }
  }
}

function put(lists, key, value) {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
