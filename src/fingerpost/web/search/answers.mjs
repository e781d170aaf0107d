// Searches the answers to plain questions by a reader's own words; twin of search/answers.py.
import { readBy, shown } from "../engine/library.mjs";
import { meant } from "./spelling.mjs";
import { MOST_WORDS } from "./words.mjs";

const IN_ANSWER = 0.3, NEARLY_ALL = 0.9, LEAST_SHARED = 2, MOST_FOUND = 5;
const LEAST_FIT = 0.3, BESIDE_BEST = 0.5, BY_ONE_WORD = 0.7, PLAINLY = 0.6;

// The answers of a library, and of the page on which is asked, that hold for a reader with some
// facts. A word weighs the more, the fewer questions have it.
export class AnswerSearch {
  constructor(answers, facts, teller, { vocabulary, small, spelt }) {
    const known = new Map();
    this.stems = (text) => {
      const every = vocabulary.words(text), telling = every.filter((stem) => !small.has(stem));
      return new Set(telling.length ? telling : every);
    };
    this.lines = answers.filter(({ line }) => shown(line, facts)).map(({ line, ways = [] }) => {
      const asked = [readBy(line.ask, teller), ...ways].map(this.stems);
      for (const stem of new Set(asked.flatMap((way) => [...way]))) {
        known.set(stem, (known.get(stem) ?? 0) + 1);
      }
      return { line, asked, told: this.stems(readBy(line.say, teller)) };
    });
    this.weight = new Map(
      [...known].map(([stem, often]) => [stem, Math.log(1 + this.lines.length / often)]));
    this.unknown = Math.log(1 + this.lines.length);
    this.known = new Set([...known.keys(), ...this.lines.flatMap(({ told }) => [...told])]);
    this.spelt = spelt;
  }

  // The answers that fit well, the best first, or none.
  find(typed) {
    const ranked = this.#ranked(typed);
    const least = Math.max(LEAST_FIT, BESIDE_BEST * (ranked[0]?.fit ?? 0));
    return ranked.slice(0, MOST_FOUND).filter(({ fit }) => fit >= least).map(({ line }) => line);
  }

  // The answers whose question a text asks, whatever else it says, the best first.
  askedBy(typed) {
    const wanted = this.stems(typed), shared = (way) => [...way].filter((stem) => wanted.has(stem));
    const asks = (way) => shared(way).length >= LEAST_SHARED
      && this.#sum(shared(way)) >= NEARLY_ALL * this.#sum(way);
    return this.#ranked(typed).filter(({ asked }) => asked.some(asks)).map(({ line }) => line);
  }

  // The answer whose question is nearly all that a text says, if there is one.
  askedPlainly(typed) {
    const [line] = this.askedBy(typed);
    return line && this.#ranked(typed).find((each) => each.line === line).fit >= PLAINLY ? line : null;
  }

  #ranked(typed) {
    const wanted = this.#mended(typed.trim().split(/\s+/).slice(0, MOST_WORDS).join(" "));
    const own = this.#sum(wanted);
    const within = (stems) => this.#sum([...stems].filter((stem) => wanted.has(stem)));
    const least = Math.min(LEAST_SHARED, wanted.size);
    const shared = (way) => [...way].filter((stem) => wanted.has(stem)).length;
    const part = (way) => (shared(way) < least ? BY_ONE_WORD : 1);
    const fits = (way) => part(way) * within(way) / (Math.sqrt(own * this.#sum(way)) || 1);
    const fit = ({ asked, told }) => Math.max(...asked.map(fits))
      + IN_ANSWER * within(told) / (own || 1);
    // A sum depends on the order of its parts in the last digits: those do not part equals.
    return this.lines.map((each) => ({ ...each, fit: Math.round(fit(each) * 1e9) / 1e9 }))
      .filter((each) => each.fit > 0)
      .sort((one, other) => other.fit - one.fit);
  }

  // The stems of what was typed, each misspelt one that of the known word nearest to it.
  #mended(typed) {
    const isRight = (stem) => this.spelt.has(stem) || this.known.has(stem);
    return new Set([...this.stems(typed)].map(
      (stem) => (isRight(stem) ? stem : meant(stem, this.known) ?? stem)));
  }

  #sum(stems) {
    return [...stems].reduce((sum, stem) => sum + (this.weight.get(stem) ?? this.unknown), 0);
  }
}
