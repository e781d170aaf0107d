// Words that may speak of suicide, self-harm or danger now; twin of search/crisis.py, which says
// how and why.

import { meant } from "./spelling.mjs";
import { memoised } from "./stemming.mjs";
import { tokens } from "./tokens.mjs";

const NEAR = 6; // other words among those of a phrase, and from one word of a pair to the other
const WIDE = 32, NARROW = 10; // words searched at once, and the few that count as much as all
const MOST_WORDS = 1000;
const DRAWN_OUT = /(.)\1{2,}/gu;
const RUNS = [3, 4];
const UNSEEN = 0.1;
const LIKE = 1.3;
const AT_ONCE = 100; // sentences read in one step of building

// Finds the kinds of danger that a text may speak of. `stem` stems a word, and `spelt` are stems of
// words that are no typos. `build` is to be run to its end first.
export class CrisisSearch {
  constructor(words, stem, spelt) {
    this.words = words;
    this.stem = stem;
    this.spelt = spelt;
    const known = words.crisis, kinds = [...known.kinds];
    const part = memoised((word) => this.#alternatives(known.words.get(word) ?? [word]));
    const phrases = (lines) => lines.flatMap((line) => line.split(",")).map(split)
      .filter((phrase) => phrase.length).map((phrase) => phrase.map(part));
    this.kindsOf = new Map(kinds.map(([name, kind]) => [name, phrases(kind.says)]));
    this.plain = new Map(kinds.map(([name, kind]) => [name, phrases(kind.plain)]));
    const all = [...this.kindsOf.values(), ...this.plain.values()].flat(2);
    this.parts = new Set(all);
    this.byFirst = new Map();
    this.byLetter = new Map();
    for (const row of new Set(all.flatMap((rows) => [...rows]))) {
      const stems = row.split(" ");
      added(this.byFirst, stems[0], row);
      for (const each of stems) added(this.byLetter, [...each][0], each);
    }
    this.named = new Map();
    for (const [name, group] of known.words) {
      for (const word of group) added(this.named, stem(word), `[${name}]`);
    }
    this.understood = memoised((word) => this.#meant(word));
    this.said = memoised((word) => this.#senses(word));
  }

  // Reads the sentences that a text is compared with, some in each step.
  *build() {
    const { crisis, said } = this.words;
    this.heard = new Map();
    this.danger = new Sentences();
    this.usual = new Sentences();
    for (const [name, kind] of crisis.kinds) {
      this.heard.set(name, new Sentences());
      yield* this.#read(kind.heard, [this.heard.get(name), this.danger]);
    }
    yield* this.#read([crisis.usual, ...said.values()].flat(), [this.usual]);
  }

  *#read(sentences, into) {
    for (const [at, sentence] of sentences.entries()) {
      const terms = this.#terms(tokens(sentence));
      for (const some of into) some.add(terms);
      if (at % AT_ONCE === AT_ONCE - 1) yield;
    }
  }

  // The kinds of danger of which a text has a phrase, in their order: a plain one, or any in a
  // passage of which a few words are no more like usual sentences.
  kinds(said) {
    const found = new Set();
    for (const words of passages(firstTokens(said), WIDE)) {
      const places = this.#places(words.map(this.understood));
      const phrased = (kinds) => {
        for (const [kind, phrases] of kinds) {
          if (phrases.some((phrase) => isFound(phrase, places))) found.add(kind);
        }
      };
      phrased(this.plain);
      if (this.#ofFew(words) >= 0) phrased(this.kindsOf);
    }
    return [...this.kindsOf.keys()].filter((kind) => found.has(kind));
  }

  // The kind of danger that a text is most like, if it may speak of danger though it has no phrase
  // of it; else null.
  unforeseen(said) {
    const words = firstTokens(said);
    const likeness = (passage) => (this.#ofAll(passage) + this.#ofFew(passage)) / 2;
    if (Math.max(...passages(words, WIDE).map(likeness)) <= LIKE) return null;
    const terms = this.#terms(greatest(passages(words, NARROW), (each) => this.#ofAll(each)));
    const like = (kind) => likenessOf(terms, this.heard.get(kind), this.danger);
    return greatest([...this.heard.keys()], like);
  }

  // How much more the few words that are most like danger are like it than like usual sentences.
  #ofFew(words) {
    return Math.max(...passages(words, NARROW).map((each) => this.#ofAll(each)));
  }

  #ofAll(words) {
    return likenessOf(this.#terms(words), this.danger, this.usual);
  }

  // The terms of each word, and the pairs of words near one another by their senses.
  #terms(words) {
    const said = words.map(this.said), terms = new Set();
    for (const [at, { senses }] of said.entries()) {
      for (let apart = 0; apart < NEAR - 1 && at + 1 + apart < said.length; apart++) {
        for (const one of senses) {
          for (const other of said[at + 1 + apart].senses) {
            terms.add(`${one}${apart ? ".." : " "}${other}`);
          }
        }
      }
    }
    for (const each of said) for (const term of each.terms) terms.add(term);
    return terms;
  }

  // The stem of a word and the groups in which it stands; and these with its runs of letters.
  #senses(drawnOut) {
    const word = drawnOut.replace(DRAWN_OUT, "$1");
    const stem = this.stem(word);
    const senses = [stem, ...(this.named.get(stem) ?? [])];
    const ends = ["<", ...word, ">"];
    const run = (n) => ends.slice(n - 1).map((_, at) => `~${ends.slice(at, at + n).join("")}`);
    return { senses, terms: new Set([...senses, ...RUNS.flatMap(run)]) };
  }

  // The words of a group, each a row of stems; a hyphen stands between words in a row.
  #alternatives(group) {
    const rows = group.map((each) => tokens(each.replaceAll("-", " ")).map(this.stem).join(" "));
    return new Set(rows.filter((row) => row));
  }

  // The stem of a word: without letters that are drawn out, with the g of an -ing that lacks it,
  // and of a typo that of the known word nearest to it with the same first letter.
  #meant(drawnOut) {
    const word = drawnOut.replace(DRAWN_OUT, "$1");
    const stem = this.stem(word), known = this.byLetter.get([...word][0]) ?? new Set();
    if (known.has(stem) || this.spelt.has(stem)) return stem;
    const whole = this.stem(`${word}g`);
    return known.has(whole) ? whole : meant(stem, known) ?? meant(word, known) ?? stem;
  }

  // Where the parts of phrases stand, each place as the first word and the one after the last.
  #places(words) {
    const rows = new Map(), found = new Map();
    for (const [at, word] of words.entries()) {
      for (const row of this.byFirst.get(word) ?? []) {
        const to = at + row.split(" ").length;
        if (words.slice(at, to).join(" ") === row) rows.set(row, [...(rows.get(row) ?? []), [at, to]]);
      }
    }
    for (const part of this.parts) {
      const at = [...part].flatMap((row) => rows.get(row) ?? []);
      if (at.length) found.set(part, at);
    }
    return found;
  }
}

// In how many sentences each term stands.
class Sentences {
  constructor() {
    this.terms = new Map();
    this.number = 0;
  }

  add(terms) {
    for (const term of terms) this.terms.set(term, (this.terms.get(term) ?? 0) + 1);
    this.number += 1;
  }

  // The share of sentences that have a term, smoothed.
  share(term) {
    return ((this.terms.get(term) ?? 0) + UNSEEN) / (this.number + 2 * UNSEEN);
  }
}

// How much more these terms are like those of some sentences than like those of others.
function likenessOf(terms, some, others) {
  if (!some.number || !others.number) return 0;
  let sum = 0;
  for (const term of terms) {
    if (some.terms.has(term) || others.terms.has(term)) {
      sum += Math.log(some.share(term) / others.share(term));
    }
  }
  return sum / Math.sqrt(Math.max(1, terms.size));
}

function firstTokens(said) {
  return tokens(said).slice(0, MOST_WORDS);
}

// All words of a short text; of a longer one, passages of a length that overlap.
function passages(words, length) {
  const last = Math.max(0, words.length - length), found = [];
  for (let at = 0; at < last; at += length / 2) found.push(words.slice(at, at + length));
  return [...found, words.slice(last, last + length)];
}

// Whether the words of a phrase stand near one another, each at a place of its own.
function isFound(phrase, places, chosen = []) {
  if (chosen.length < phrase.length) {
    return phrase.every((part) => places.has(part)) && places.get(phrase[chosen.length])
      .some((place) => !chosen.some((other) => overlap(place, other))
        && isFound(phrase, places, [...chosen, place]));
  }
  const words = chosen.reduce((sum, [at, to]) => sum + to - at, 0);
  const last = Math.max(...chosen.map(([, to]) => to - 1));
  return last - Math.min(...chosen.map(([at]) => at)) < words + NEAR;
}

function overlap([one, end], [other, otherEnd]) {
  return one < otherEnd && other < end;
}

// The first of those whose measure is the greatest.
function greatest(some, measure) {
  const measures = some.map(measure);
  return some[measures.indexOf(Math.max(...measures))];
}

function added(sets, key, value) {
  if (!sets.has(key)) sets.set(key, new Set());
  sets.get(key).add(value);
}

function split(text) {
  return text.trim().split(/\s+/).filter((each) => each);
}
