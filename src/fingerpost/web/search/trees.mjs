// Ranks trees by how well they match a user's own words; twin of search/trees.py, which says how.
// Where words stand is kept, and terms are counted when a text has them: of most nobody asks.

import { SOMETHING, WROTE, readBy } from "../engine/library.mjs";
import { fill } from "../engine/speaker.mjs";
import { CrisisSearch } from "./crisis.mjs";
import { Perspective } from "./perspective.mjs";
import { meant } from "./spelling.mjs";
import { Vocabulary } from "./synonyms.mjs";
import { MOST_WORDS } from "./tokens.mjs";

const SHARES = new Map(Object.entries({
  said: 1.2, title: 0.15, about: 0.1, name: 0.02, asked: 0.04, story: 0.1, advice: 0.035,
}));
const ANYWHERE = 0.2, BY_CHANCE = 0.00005, DOUBT = 20;
const PAIR = 0.5, LONGER = 0.2, WHOM = 0.6;
const OWN = 3, OF_FRIEND = -1.5;
const SPEAKS_OF = new Map([["parent", "child"], ["staff", "in-care"]]);
const SHORTEST_BEGINNING = 3;
const SURE = 1.5;
const WORTH_SHOWING = 0.1, FEWEST = 3;
const AS_URGENT = 0.05; // of search/urgency.py
const AT_ONCE = 100; // texts read in one step of building

// A search index of the trees of a library; `known` are the words and stories of search_data. It is
// built when it is first needed, or before, while the page is idle: `step` does a little of it.
export class TreeSearch {
  constructor(library, known) {
    this.library = library;
    this.words = known.words;
    this.stories = known.stories;
    this.building = this.#build();
  }

  // Builds a little more of the index, in a few milliseconds. Whether it is whole.
  step() {
    return this.building.next().done;
  }

  *#build() {
    const { library, words } = this;
    this.vocabulary = new Vocabulary(words);
    this.perspective = new Perspective(words, this.vocabulary);
    this.trees = new Map();
    this.spread = new Map(); // the trees of each word
    this.stream = []; // the words of all texts, and null after each
    for (const [name, tree] of library.trees) {
      if (tree.catch_all) continue;
      const parts = yield* this.#parts(tree);
      this.trees.set(name, parts);
      const words = [...parts.values()].flatMap(({ places }) => [...places.keys()]);
      for (const word of new Set(words)) {
        if (isWord(word) && !this.vocabulary.small.has(word)) put(this.spread, word, name);
      }
    }
    const synonyms = [...this.vocabulary.same].filter(([, first]) => this.spread.has(first));
    this.known = [...this.spread.keys(), ...synonyms.map(([word]) => word)];
    const spelt = new Set([...this.known, ...this.vocabulary.small]);
    this.crisis = new CrisisSearch(words, this.vocabulary.stem, spelt);
    yield* this.crisis.build();
  }

  #whole() {
    while (!this.step());
  }

  // Whether a text may speak of suicide, self-harm or danger now.
  isCrisis(said) {
    this.#whole();
    return this.crisis.kinds(said).length > 0 || this.crisis.unforeseen(said) !== null;
  }

  // The kinds of danger that a text speaks of, now or for later: values of `wrote`.
  dangerWritten(said) {
    this.#whole();
    const kinds = new Set(this.crisis.later(said));
    const asked = this.library.questions.get(WROTE)?.answers ?? [];
    const hasSomething = asked.some(({ value }) => value === SOMETHING);
    return !kinds.size && hasSomething && this.isCrisis(said) ? new Set([SOMETHING]) : kinds;
  }

  // The trees that match these words, each with its score, best first but for danger and the first.
  find(said, teller = null) {
    this.#whole();
    const typed = this.vocabulary.words(said).slice(0, MOST_WORDS);
    const names = [...this.trees.keys()];
    const scores = new Map(names.map((name) => [name, this.#ofReader(name, teller)]));
    const speaks = new Set();
    for (const sought of this.#sought(typed)) {
      const often = this.#often(sought.words);
      for (const [name, share] of often) if (share) speaks.add(name);
      add(scores, often, sought.worth);
    }
    // A parent speaks of a child whatever has happened.
    const isOfWhom = speaks.size > 0 && !SPEAKS_OF.has(teller);
    for (const mark of isOfWhom ? this.perspective.marks(typed) : []) {
      add(scores, this.#often(new Map([[mark, 1]])), WHOM);
    }
    const ranked = [...scores].map(([tree, score]) => ({ tree, score }))
      .filter(({ tree }) => this.#isFor(tree, teller)).sort((a, b) => b.score - a.score);
    const best = ranked.filter(({ tree }) => speaks.has(tree));
    let first = best.length ? [this.#safest(best)] : [];
    const danger = this.#forDanger(said, typed, teller, ranked);
    // Who looks after somebody in danger has the door of their own before it.
    if (danger.includes(first[0]) && this.#readers(danger[0].tree)?.size) first = [];
    const found = [...new Set([...first, ...danger, ...worthShowing(best)])];
    const own = ranked.filter(({ tree }) => this.#readers(tree)?.has(teller));
    return found.length ? [...new Set([...found.slice(0, 2), ...own, ...found.slice(2)])] : [];
  }

  #readers(tree) {
    return this.library.trees.get(tree).given.get("teller");
  }

  #isFor(tree, teller) {
    return teller === null || (this.#readers(tree)?.has(teller) ?? true);
  }

  // The score of a tree before any word is known.
  #ofReader(tree, teller) {
    if (SPEAKS_OF.has(teller) && tree === this.words.crisis.theirs.get("friend")) return OF_FRIEND;
    return this.#readers(tree)?.has(teller) ? OWN : 0;
  }

  // The trees that are found, whatever else a text says, because it may speak of danger: that of
  // whom it is about, and the best one for each kind, the worst first.
  #forDanger(said, typed, teller, ranked) {
    const { theirs, kinds: every } = this.words.crisis;
    const kinds = this.crisis.kinds(said);
    const unforeseen = kinds.length ? null : this.crisis.unforeseen(said);
    const whom = SPEAKS_OF.get(teller) ?? this.perspective.spokenOf(typed) ?? "";
    const doors = kinds.map((kind) => every.get(kind).doors);
    if (kinds.length) doors.unshift([theirs.get(whom) ?? ""]);
    if (unforeseen !== null) doors.push(every.get(unforeseen).doors);
    return doors.flatMap((some) => ranked.filter(({ tree }) => some.includes(tree)).slice(0, 1));
  }

  // The terms of a query: its words but stop words, without duplicates, and its bigrams.
  *#sought(typed) {
    const understood = new Map([...new Set(typed)].map((word) => [word, this.#understood(word)]));
    for (const [word, known] of understood) {
      if (known === null || this.vocabulary.small.has(known)) continue;
      const longer = this.#longer(word).map((each) => [each, LONGER]);
      yield { words: new Map([...longer, [known, 1]]), worth: 1 };
    }
    const words = typed.map((word) => understood.get(word) ?? "");
    const pairs = words.slice(1).map((second, at) => [words[at], second]);
    for (const pair of new Map(pairs.map((each) => [each.join(" "), each])).values()) {
      if (!pair.includes("")) yield { words: new Map([[pair, 1]]), worth: PAIR };
    }
  }

  // The known word for a typed one: itself, one that begins with it, or the nearest; else null.
  #understood(word) {
    if (this.spread.has(word) || this.vocabulary.small.has(word)) return word;
    let found = null, most = -1;
    for (const each of this.#longer(word)) {
      const spread = this.spread.get(each)?.length ?? 0;
      if (spread > most) [found, most] = [each, spread];
    }
    found ??= meant(word, this.known);
    return this.vocabulary.same.get(found) ?? found;
  }

  // The known words that begin with this one, if it is long enough.
  #longer(word) {
    if ([...word].length < SHORTEST_BEGINNING) return [];
    return this.known.filter((known) => known.startsWith(word) && known !== word);
  }

  // The weighted frequency of a term in each tree.
  #often(words) {
    const found = new Map();
    for (const [name, parts] of this.trees) {
      let sum = 0;
      for (const [word, share] of words) sum += share * this.#share(parts, word);
      found.set(name, sum);
    }
    return found;
  }

  // The weighted frequency of a word, of a pair of words or of a mark in a tree. Pairs of two stop
  // words count only where people type them: "can't do this".
  #share(parts, term) {
    const isPair = typeof term !== "string", [word, second] = isPair ? term : [term];
    const isSmall = isPair && term.every((each) => this.vocabulary.small.has(each));
    let sum = 0;
    for (const [part, { length, places }] of parts) {
      if (isSmall && part !== "said") continue;
      const at = places.get(word) ?? [];
      const times = isPair ? at.filter((each) => this.stream[each + 1] === second) : at;
      sum += SHARES.get(part) * times.length / length;
    }
    return sum;
  }

  // The tree to show first: that of which it is likelier than of any other that it is right rather
  // than a more urgent one.
  #safest(ranked) {
    const urgency = ({ tree }) => this.library.urgencies.get(tree);
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

  // Where the words of each part of a tree stand, and how many it has but stop words.
  *#parts(tree) {
    const { library, words, vocabulary: { small } } = this;
    // A text with several places, such as an answer of a shared question, counts once.
    const told = new Map(texts(tree, this.stories.get(tree.name) ?? []));
    for (const lines of [words.said, words.in_doubt]) {
      for (const line of lines.get(tree.name) ?? []) told.set(line, "said");
    }
    for (const word of new Set([...told.keys()].flatMap(hardWords))) {
      if (!told.has(word)) told.set(word, "name");
      for (const text of wordings(library.words.get(word.toLowerCase()))) told.set(text, "advice");
    }
    const title = (route) => readBy(library.routes.get(route)?.title, null);
    const parts = new Map();
    for (const part of SHARES.keys()) parts.set(part, { length: DOUBT, places: new Map() });
    let read = 0;
    for (const [text, name] of told) {
      const part = parts.get(name), said = this.vocabulary.words(fill(text, title, () => ""));
      for (const word of said) {
        put(part.places, word, this.stream.length);
        if (!small.has(word)) part.length += 1;
        this.stream.push(word);
      }
      this.stream.push(null);
      const marks = name === "said" ? this.perspective.marks(said) : [];
      for (const mark of marks) put(part.places, mark, null);
      if (++read % AT_ONCE === 0) yield;
    }
    return parts;
  }
}

// Adds the score of a term to each tree: the log ratio of its frequency to the average.
function add(scores, often, worth) {
  let sum = 0;
  for (const share of often.values()) sum += share;
  const usual = sum / often.size;
  if (!usual) return;
  for (const [name, share] of often) {
    const more = share + ANYWHERE * usual + BY_CHANCE;
    scores.set(name, scores.get(name)
      + worth * Math.log(more / (usual + ANYWHERE * usual + BY_CHANCE)));
  }
}

// The trees above the least score, and the first few that fit at all.
function worthShowing(ranked) {
  const best = ranked.length ? ranked[0].score : 0;
  const least = best > 0 ? best * WORTH_SHOWING : best - SURE;
  return ranked.filter(({ score }, at) => score >= least || (at < FEWEST && score > 0));
}

// The texts of a tree, each with its part; the better part of a text in two comes later.
function texts(tree, stories) {
  const each = (sentences, part) => sentences.flatMap(wordings).map((text) => [text, part]);
  const endings = [...tree.outcomes.values()];
  const asked = [...tree.questions.values()].filter((question) => !question.fork);
  return [
    ...each(endings.flatMap((it) => [it.open, ...it.advice.map((line) => line.say)]), "advice"),
    ...stories.map((text) => [text, "story"]),
    ...each(asked.flatMap((it) => [it.ask, ...it.answers.map((answer) => answer.say)]), "asked"),
    ...each(endings.map((ending) => ending.title), "name"),
    ...each([tree.about], "about"),
    ...each([tree.title], "title"),
    ...each(tree.said, "said"),
  ];
}

// Every wording of a sentence, without duplicates.
function wordings(sentence) {
  if (!sentence) return [];
  if (typeof sentence === "string") return [sentence];
  const { "": otherwise, ...byTeller } = sentence;
  return [...new Set([...(otherwise ? [otherwise] : []), ...Object.values(byTeller)])];
}

// The hard words of a text.
function hardWords(text) {
  const found = new Set();
  fill(text, String, String, (word) => found.add(word));
  return [...found];
}

// Whether a term is one word, and not a bigram or a mark.
function isWord(term) {
  return !term.includes(" ");
}

function put(lists, key, value) {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
