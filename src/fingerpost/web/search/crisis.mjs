// Words that may speak of suicide, self-harm or danger now; twin of search/crisis.py, which says
// how and why.

import { Compared, DANGER, NEAR, USUAL } from "./sentences.mjs";
import { meant } from "./spelling.mjs";
import { inSentences, memoised, tokens } from "./words.mjs";

const WIDE = 32, NARROW = 10; // words searched at once, and the few that count as much as all
const MOST_WORDS = 1000;
const DRAWN_OUT = /(.)\1{2,}/gu;
const RUNS = [3, 4];
const LIKE = 0.8, LIKE_IN_STORY = 7, PHRASE_IN_STORY = 4, STORY = 3, FEW = -0.25;
const PHRASE_FOR_LATER = -0.5;

// Finds the kinds of danger that a text may speak of. A phrase is a list of places in `parts`, each
// of which has the rows of stems that may stand there. `stem` stems a word, and `spelt` are the
// stems of words that are no typos.
export class CrisisSearch {
  constructor({ kinds, later, parts, groups, instead }, sentences, stem, spelt) {
    Object.assign(this, { stem, spelt, instead, now: kinds, forLater: later, names: [...kinds.keys()] });
    this.heard = this.names.filter((kind) => sentences.heard.get(kind));
    const maps = ["byFirst", "byLetter", "partsOf", "named"];
    for (const each of maps) this[each] = new Map();
    for (const [part, rows] of parts.entries()) {
      for (const row of rows) put(this.partsOf, row, part);
    }
    for (const row of this.partsOf.keys()) {
      const stems = row.split(" ");
      put(this.byFirst, stems[0], row);
      for (const each of stems) put(this.byLetter, [...each][0], each);
    }
    for (const [name, stems] of groups) for (const each of stems) put(this.named, each, name);
    this.understood = memoised((word) => this.#meant(word));
    this.said = memoised((word) => this.#senses(word));
    this.compared = memoised(() => new Compared(sentences, groups));
  }

  // The kinds of danger of which a text has a phrase, in their order: a plain one, or any in a
  // passage of which a few words are no more like usual sentences. In a story, any in a sentence
  // that is like danger.
  kinds(said) {
    const { parts, isStory } = this.#told(said);
    return this.#spokenOf(parts, this.now, isStory ? PHRASE_IN_STORY : null);
  }

  // The kinds of danger that may be for later, of which a text has a phrase.
  later(said) {
    return this.#spokenOf(this.#told(said).parts, this.forLater, PHRASE_FOR_LATER);
  }

  // Whether any sentence of a text is a little like danger, or has a phrase of it.
  mayBe(said) {
    const { parts } = this.#told(said);
    return this.#spokenOf(parts, this.now).length > 0 || this.#mostLike(parts).likeness > LIKE;
  }

  // The words of a text, and whether it is a story; of a story those of each sentence.
  #told(said) {
    const words = tokens(said).slice(0, MOST_WORDS);
    const sentences = inSentences(said).map(tokens).filter((each) => each.length > 1);
    const isStory = sentences.length >= STORY && words.length < MOST_WORDS;
    const read = (each) => this.instead
      .reduce((row, [from, to]) => row.replaceAll(from, to), ` ${each.join(" ")} `).match(/\S+/g) ?? [];
    return { parts: (isStory ? sentences : [words]).map(read), isStory };
  }

  #spokenOf(parts, kinds, least = null) {
    const found = new Set();
    for (const words of parts.flatMap((part) => passages(part, WIDE))) {
      const places = this.#places(words.map(this.understood));
      const has = (phrases) => phrases.some((phrase) => isFound(phrase, places));
      const isLike = least === null ? this.#ofFew(words) >= FEW : this.#likeness(words) > least;
      for (const [name, [says, plain]] of kinds) {
        if (has(plain) || (isLike && has(says))) found.add(name);
      }
    }
    return [...kinds.keys()].filter((kind) => found.has(kind));
  }

  // The kind of danger that a text is most like, if it speaks of danger though it has no phrase of
  // it; else null.
  unforeseen(said) {
    const { parts, isStory } = this.#told(said), { likeness, part } = this.#mostLike(parts);
    if (likeness <= (isStory ? LIKE_IN_STORY : LIKE)) return null;
    const terms = this.#terms(greatest(passages(part, NARROW), (each) => this.#ofAll(each)));
    const like = (kind) => this.compared().likeness(terms, USUAL + 1 + this.names.indexOf(kind), DANGER);
    return greatest(this.heard, like);
  }

  // The part that is most like danger, with its likeness.
  #mostLike(parts) {
    const each = parts.map((part) =>
      ({ part, likeness: Math.max(...passages(part, WIDE).map((words) => this.#likeness(words))) }));
    return greatest(each, ({ likeness }) => likeness);
  }

  // How much more a passage is like danger than like usual sentences.
  #likeness(words) {
    return (this.#ofAll(words) + this.#ofFew(words)) / 2;
  }

  // How much more the few words that are most like danger are like it than like usual sentences.
  #ofFew(words) {
    return Math.max(...passages(words, NARROW).map((each) => this.#ofAll(each)));
  }

  #ofAll(words) {
    return this.compared().likeness(this.#terms(words), DANGER, USUAL);
  }

  // The terms of each word, and the pairs of words near one another by their senses.
  #terms(words) {
    const said = words.map(this.said);
    return new Set(said.flatMap(({ terms }, at) => [...pairs(said, at), ...terms]));
  }

  // The senses of a word, which are its stem and the groups in which that stands; and its terms,
  // which are these and its runs of letters.
  #senses(drawnOut) {
    const word = drawnOut.replace(DRAWN_OUT, "$1");
    const stem = this.stem(word), ends = ["<", ...word, ">"];
    const senses = [stem, ...(this.named.get(stem) ?? [])];
    const runs = RUNS.flatMap((length) => Array.from(
      { length: Math.max(0, ends.length - length + 1) },
      (_, at) => `~${ends.slice(at, at + length).join("")}`,
    ));
    return { senses, terms: [...senses, ...runs] };
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
        if (words.slice(at, to).join(" ") === row) put(rows, row, [at, to]);
      }
    }
    for (const [row, places] of rows) {
      for (const part of this.partsOf.get(row)) {
        found.set(part, [...(found.get(part) ?? []), ...places]);
      }
    }
    return found;
  }
}

// The pairs of a word with those near after it, by their senses. Neighbours make another pair than
// words with others between them.
function* pairs(said, at) {
  for (let to = at + 1; to < at + NEAR && to < said.length; to++) {
    const between = to > at + 1 ? " .. " : " ";
    for (const one of said[at].senses) {
      for (const other of said[to].senses) yield `${one}${between}${other}`;
    }
  }
}

// All words of a short text; of a longer one, passages of a length that overlap.
function passages(words, length) {
  const last = Math.max(0, words.length - length), found = [];
  for (let at = 0; at < last; at += length / 2) found.push(words.slice(at, at + length));
  return [...found, words.slice(last, last + length)];
}

// Whether the words of a phrase stand near one another, each at a place of its own.
function isFound(phrase, places, chosen = []) {
  if (!phrase.every((part) => places.has(part))) return false;
  if (chosen.length < phrase.length) {
    const apart = ([at, to]) => chosen.every(([one, end]) => to <= one || end <= at);
    return places.get(phrase[chosen.length])
      .some((place) => apart(place) && isFound(phrase, places, [...chosen, place]));
  }
  const words = chosen.reduce((sum, [at, to]) => sum + to - at, 0);
  const last = Math.max(...chosen.map(([, to]) => to));
  return last - 1 - Math.min(...chosen.map(([at]) => at)) < words + NEAR;
}

// The first of those whose measure is the greatest.
function greatest(some, measure) {
  const measures = some.map(measure);
  return some[measures.indexOf(Math.max(...measures))];
}

function put(sets, key, value) {
  if (!sets.has(key)) sets.set(key, new Set());
  sets.get(key).add(value);
}
