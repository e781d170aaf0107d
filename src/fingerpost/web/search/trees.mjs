// Ranks trees by how well they match a user's own words; twin of search/trees.py, which says how.

import { SOMETHING, WROTE, valueOf } from "../engine/library.mjs";
import { CrisisSearch } from "./crisis.mjs";
import { lettered } from "./letters.mjs";
import { Perspective } from "./perspective.mjs";
import { meant } from "./spelling.mjs";
import { statedIn } from "./stated.mjs";
import { MOST_WORDS, Vocabulary, inSentences, memoised } from "./words.mjs";

const ANYWHERE = 0.2, ACTS = 0.05, BY_CHANCE = 0.00005;
const PAIR = 0.5, LONGER = 0.2, WHOM = 0.6, WHOM_IN_STORY = 0.3;
const OWN = 3, OF_FRIEND = -1.5;
const SPEAKS_OF = new Map([["parent", "child"], ["staff", "in-care"]]);
const SHORTEST_BEGINNING = 3;
const SURE = 1.5;
const BETWEEN = "\t"; // the words of a term
const LIKELY = 0.02, LIKELY_IN_DANGER = 0.2, FEWEST = 3;
const OF_TREES = 5, OF_LANGUAGE = 2;
const PARTS = /[.!?;,&\n]|[ \t](?:and|but|also|then|n)[ \t]/i; // of a text about two troubles
const OF_WHOLE = 0.5, FEWEST_WORDS = 3, PLAIN = 2, AT_ONCE = 4, AT_ONCE_SENTENCES = 2;
const AS_URGENT = 0.05; // of search/urgency.py

// Searches the trees of an index, which is that of search_data.
export class TreeSearch {
  constructor(index) {
    const { spread, same, written, small, sentences } = index;
    Object.assign(this, index);
    this.vocabulary = new Vocabulary(index);
    this.perspective = new Perspective(index.whom);
    this.letters = lettered(spread.map(([word]) => word));
    this.texts = [...this.parts.values()].flat().map(({ texts = "" }) => texts).join("");
    this.spread = new Map(spread.filter(([word, trees]) => trees && !word.includes(" ")));
    const synonyms = [...same].filter(([, first]) => this.spread.has(first));
    this.known = [...this.spread.keys(), ...synonyms.map(([word]) => word)];
    this.spelt = new Set([...this.known, ...small, ...written.keys()]);
    this.danger = new CrisisSearch(index.crisis, sentences, this.vocabulary.stem, this.spelt);
    this.shares = memoised((row) => this.#shares(row.split(BETWEEN)));
  }

  // Whether a text may speak of danger: too little to stop a story with it.
  mayBeCrisis(said) {
    const door = this.#plainly(said, null);
    return this.danger.mayBe(said) || [...this.crisis.doors.values()].some(([first]) => first === door);
  }

  // Whether a text speaks of suicide, self-harm or danger now.
  isCrisis(said) {
    return this.#dangers(said).length > 0;
  }

  // The needs of the danger now that a text speaks of, or may speak of in another language; null if
  // it speaks of none.
  needsInDanger(said) {
    const kinds = this.#dangers(said);
    if (!kinds.length) return this.isEnglish(said) ? null : this.crisis.usual_needs;
    return kinds.flatMap((kind) => this.crisis.needs.get(kind));
  }

  // Whether half of the words of a text are known, or they are too few to tell.
  isEnglish(said) {
    const typed = [...new Set(this.#typed(said))];
    const least = Math.floor(this.parts.size / OF_TREES);
    const known = typed.filter((w) => this.small.has(w) || (this.spread.get(w) ?? 0) >= least);
    return typed.length < OF_LANGUAGE || 2 * known.length >= typed.length;
  }

  // The names of shared advice for the dangers of which a text has a phrase.
  advice(said) {
    return this.danger.kinds(said).flatMap((kind) => this.crisis.advice.get(kind));
  }

  // The kinds of danger of which a text has a phrase, else the one that it is most like.
  #dangers(said) {
    const named = this.danger.kinds(said);
    return named.length ? named : [this.danger.unforeseen(said)].filter((kind) => kind !== null);
  }

  // Whether a text has a phrase of suicide, self-harm or danger now.
  namesDanger(said) {
    return this.danger.kinds(said).length > 0;
  }

  // The kinds of danger that a text speaks of, now or for later: values of `wrote`.
  dangerWritten(said) {
    const kinds = new Set(this.danger.later(said));
    return !kinds.size && this.has_something && this.isCrisis(said) ? new Set([SOMETHING]) : kinds;
  }

  // What is known of whoever wrote a text, with the kinds of danger of which it speaks; and the facts
  // that it states in so many words.
  told(said, known) {
    const stated = statedIn(said, this.stated, valueOf(known, "teller") ?? "");
    const kinds = new Set([...this.dangerWritten(said), ...(stated.get(WROTE) ?? [])]);
    return [kinds.size ? new Map([...known, [WROTE, kinds]]) : known, stated];
  }

  // The trees that match these words, each with its score, best first but for danger and the first.
  find(said, teller = null) {
    const typed = this.#typed(said);
    const [ranked, best] = this.#ranked(said, teller);
    const first = best.length ? [this.#safest(best)] : [];
    const danger = this.#forDanger(said, typed, teller, ranked);
    if (!this.isEnglish(said)) return this.namesDanger(said) ? [...new Set(danger)] : [];
    const isA = (some) => this.danger.kinds(said).some((kind) => some.includes(kind));
    const isOwn = danger.includes(first[0]) || isA(this.crisis.own);
    // Who looks after somebody in danger has the door of their own before it.
    const isOwned = isOwn && this.readers.get(danger[0]?.tree)?.size;
    const before = isOwned || isA(this.crisis.first) ? danger.slice(0, 2) : [];
    const few = partsOf(said).length > 1 ? best.slice(0, FEWEST) : [];
    const isIts = before.length > 0 || (danger.length > 0 && first.every((each) => danger.includes(each)));
    const likely = isIts && this.namesDanger(said) ? LIKELY_IN_DANGER : LIKELY;
    const found = [...new Set([...before, ...first, ...danger, ...worthShowing(best, likely), ...few])];
    const own = ranked.filter(({ tree }) => this.readers.get(tree).has(teller));
    return found.length ? [...new Set([...found.slice(0, 2), ...own, ...found.slice(2)])] : [];
  }

  // The two trees that fit best, if each is plainly what a part of the text is about; else none.
  two(said, teller = null) {
    const best = this.#troubles(said, teller).slice(0, 2).map(({ tree }) => tree);
    const told = said.split(PARTS).map((part) => this.#plainly(part, teller));
    return best.length > 1 && best.every((tree) => told.includes(tree)) ? best : [];
  }

  // The tree that is plainly meant, and is gone to at once; else null.
  plain(said, teller = null) {
    const [best, other] = this.#troubles(said, teller);
    const isLong = partsOf(said).length > AT_ONCE_SENTENCES;
    if (!best || isLong || this.isCrisis(said) || this.two(said, teller).length) return null;
    const lead = best.score - Math.max(0, other?.score ?? 0);
    return lead >= AT_ONCE && this.find(said, teller)[0]?.tree === best.tree ? best.tree : null;
  }

  // The tree that a part of a text is about, if it fits much better than any other.
  #plainly(part, teller) {
    const [best, ...others] = this.#troubles(part, teller);
    if (this.#typed(part).length < FEWEST_WORDS || !best) return null;
    const lead = best.score - Math.max(0, ...others.map(({ score }) => score));
    return lead >= PLAIN ? best.tree : null;
  }

  #troubles(said, teller) {
    const about = [...this.crisis.theirs.values()];
    return this.#ranked(said, teller)[1]
      .filter(({ tree }) => !this.readers.get(tree).size && !about.includes(tree));
  }

  #typed(said) {
    return this.vocabulary.words(said).slice(0, MOST_WORDS);
  }

  // The trees for this reader, the best first, and those that have any of the words.
  #ranked(said, teller) {
    const parts = partsOf(said).length > 1 ? partsOf(said) : [], whom = parts.length ? WHOM_IN_STORY : WHOM;
    const [whole, speaks] = this.#scores(this.#typed(said), teller, whom);
    const told = parts.map((part) => this.#scores(this.#typed(part), teller, whom)[0]);
    const ranked = [...whole].filter(([tree]) => this.#isFor(tree, teller)).map(([tree, score]) => {
      const each = told.map((scores) => scores.get(tree));
      return { tree, score: this.#ofReader(tree, teller) + together(score, each) };
    }).sort((a, b) => b.score - a.score);
    return [ranked, ranked.filter(({ tree }) => speaks.has(tree))];
  }

  // The score of each tree for some words, and the trees that have any of them. `whom` is the weight
  // of whom these are about.
  #scores(typed, teller, whom) {
    const scores = new Map([...this.parts.keys()].map((name) => [name, 0])), speaks = new Set();
    for (const sought of this.#sought(typed)) {
      const often = this.#often(sought.terms);
      for (const [name, share] of often) if (share) speaks.add(name);
      add(scores, often, sought.worth);
    }
    // A parent speaks of a child whatever has happened.
    const isOfWhom = speaks.size > 0 && !SPEAKS_OF.has(teller);
    for (const mark of isOfWhom ? this.perspective.marks(typed) : []) {
      add(scores, this.#often(new Map([[mark, 1]])), whom, whom === WHOM ? ACTS : ANYWHERE);
    }
    return [scores, speaks];
  }

  #isFor(tree, teller) {
    const readers = this.readers.get(tree);
    return teller === null || !readers.size || readers.has(teller);
  }

  // The score of a tree before any word is known.
  #ofReader(tree, teller) {
    if (SPEAKS_OF.has(teller) && tree === this.crisis.theirs.get("friend")) return OF_FRIEND;
    return this.readers.get(tree).has(teller) ? OWN : 0;
  }

  // The trees that are found, whatever else a text says, because it may speak of danger: that of
  // whom it is about, and the best one for each kind, the worst first.
  #forDanger(said, typed, teller, ranked) {
    const { theirs, doors: every } = this.crisis;
    const whom = SPEAKS_OF.get(teller) ?? this.perspective.spokenOf(typed) ?? "";
    const doors = this.#dangers(said).map((kind) => every.get(kind)), own = theirs.get(whom) ?? "";
    if (this.namesDanger(said) && !doors.every((some) => some.includes(own))) doors.unshift([own]);
    return doors.flatMap((some) => ranked.filter(({ tree }) => some.includes(tree)).slice(0, 1));
  }

  // The terms of a query: its words but stop words, without duplicates, and its bigrams.
  *#sought(typed) {
    const understood = new Map([...new Set(typed)].map((word) => [word, this.#understood(word)]));
    for (const [word, known] of understood) {
      if (known === null || this.small.has(known)) continue;
      const longer = this.#longer(word).map((each) => [each, LONGER]);
      yield { terms: new Map([...longer, [known, 1]]), worth: 1 };
    }
    const words = typed.map((word) => understood.get(word));
    const pairs = words.slice(1).map((second, at) => [words[at], second]);
    const rows = pairs.filter((pair) => !pair.includes(null)).map((pair) => pair.join(BETWEEN));
    for (const row of new Set(rows)) yield { terms: new Map([[row, 1]]), worth: PAIR };
  }

  // The known word for a typed one: itself, one that begins with it, or the nearest; else null. Of
  // longer words that of most trees is meant, and of those the first.
  #understood(word) {
    if (this.spread.has(word) || this.small.has(word)) return word;
    const trees = (each) => this.spread.get(each) ?? 0;
    const place = (each) => this.texts.indexOf(this.letters.get(each) ?? "");
    const [longer] = this.#longer(word)
      .sort((a, b) => trees(b) - trees(a) || place(a) - place(b));
    const found = longer ?? meant(word, this.known);
    return this.same.get(found) ?? found;
  }

  // The known words that begin with this one, if it is long enough.
  #longer(word) {
    if ([...word].length < SHORTEST_BEGINNING) return [];
    return this.known.filter((known) => known.startsWith(word) && known !== word);
  }

  // The weighted frequency of the terms of a part of a query in each tree.
  #often(terms) {
    const found = new Map([...this.parts.keys()].map((name) => [name, 0]));
    for (const [row, worth] of terms) {
      for (const [name, share] of this.shares(row)) {
        found.set(name, found.get(name) + worth * share);
      }
    }
    return found;
  }

  // The weighted frequency of a word, of a pair of words or of a mark in each tree. Two stop words
  // count only where people type them: "can't do this".
  #shares(term) {
    const letters = term.map((word) => this.letters.get(word)), row = letters.join("");
    const isKnown = !letters.includes(undefined);
    const isSmall = term.length > 1 && term.every((word) => this.small.has(word));
    return [...this.parts].map(([name, parts]) => [name, parts.reduce(
      (sum, { share, length, is_typed: isTyped, texts = "" }) => (
        isKnown && (isTyped || !isSmall) ? sum + share * times(row, texts) / length : sum
      ), 0)]);
  }

  // The tree to show first: that of which it is likelier than of any other that it is right rather
  // than a more urgent one.
  #safest(ranked) {
    const urgency = ({ tree }) => this.urgency.get(tree);
    const likely = ranked.map(({ score }) => Math.exp((score - ranked[0].score) / SURE));
    let best = null, most = -Infinity;
    for (const [at, shown] of ranked.entries()) {
      const least = urgency(shown) + AS_URGENT;
      const worse = likely.filter((_, other) => urgency(ranked[other]) > least);
      const gain = likely[at] - worse.reduce((sum, share) => sum + share, 0);
      if (gain > most) [best, most] = [shown, gain];
    }
    return best;
  }
}

// The sentences of a text that say anything.
function partsOf(said) {
  return inSentences(said).filter((part) => part.match(/\S+/g)?.length >= FEWEST_WORDS);
}

// The score of a text with those of its sentences, if it has several.
function together(whole, sentences) {
  const sum = sentences.reduce((all, each) => all + Math.max(0, each), 0);
  return sentences.length ? (OF_WHOLE * whole + sum) / (OF_WHOLE + 1) : whole;
}

// How often some letters stand in a row in texts; aa stands twice in aaa.
function times(row, texts) {
  let found = 0;
  for (let at = texts.indexOf(row); at >= 0; at = texts.indexOf(row, at + 1)) found += 1;
  return found;
}

// Adds the score of a term to each tree: the log ratio of its frequency to the average.
function add(scores, often, worth, smooth = ANYWHERE) {
  let sum = 0;
  for (const share of often.values()) sum += share;
  const usual = sum / often.size;
  if (!usual) return;
  const floor = smooth * usual + BY_CHANCE;
  for (const [name, share] of often) {
    scores.set(name, scores.get(name) + worth * Math.log((share + floor) / (usual + floor)));
  }
}

function worthShowing(ranked, likely) {
  const best = ranked.length ? ranked[0].score : 0;
  const least = Math.max(best + SURE * Math.log(likely), Math.min(0, best - SURE));
  return ranked.filter(({ score }) => score > least);
}
