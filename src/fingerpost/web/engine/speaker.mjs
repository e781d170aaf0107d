// Sentences in the words for one reader: twin of page/speaker.py and model/inline_markup.py.
import { TELLERS, questionOf, readBy, valueOf } from "./library.mjs";
import { listed } from "./messages.mjs";

const MARK = /\{\{([^{}]+)\}\}|\{route:([^{}]*)\}|\{([a-z0-9-]+)\}/g;

// The sentence with its names replaced, by `route` and `fact`, and hard words given to `word`. A
// brace that belongs to no name stays.
export function fill(text, route, fact, word = (each) => each) {
  return text.replace(MARK, (_, hard, service, known) => {
    if (hard !== undefined) return word(hard.trim());
    return service !== undefined ? route(service.trim()) : fact(known);
  });
}

// The routes that a sentence names, in order, without duplicates.
export function routesIn(text) {
  const named = new Set();
  fill(text, (route) => named.add(route), String);
  return [...named];
}

// Renders sentences for the reader with these facts, and collects the hard words in them. `tree`
// names the tree whose own facts a sentence may use.
export class Speaker {
  constructor(library, facts, tree = "") {
    Object.assign(this, { library, facts, tree });
    this.teller = valueOf(facts, "teller") ?? TELLERS[0];
    this.used = new Set();
  }

  // The sentence; empty for none.
  say(sentence) {
    const known = (fact) => this.answers(fact, this.facts.get(fact) ?? new Set());
    const used = (word) => (this.used.add(word), word);
    return fill(readBy(sentence, this.teller), (name) => this.route(name), known, used);
  }

  // The words of the chosen answers, joined with commas and "and". An answer may name a service or
  // a hard word, but not the answer to another question.
  answers(fact, values) {
    const answers = questionOf(this.library, fact, this.tree)?.answers ?? [];
    const chosen = answers.filter((answer) => values.has(answer.value));
    const said = chosen.map(({ say }) => readBy(say, this.teller));
    return listed(said.map((text) => fill(text, (name) => this.route(name), (name) => name)));
  }

  // The hard words so far with their meanings, in order of first use.
  glossary() {
    const meaning = (word) => this.library.words.get(word.toLowerCase());
    return [...this.used]
      .filter((word) => meaning(word) !== undefined)
      .map((word) => [word, readBy(meaning(word), this.teller)]);
  }

  route(name) {
    const route = this.library.routes.get(name);
    return route ? readBy(route.title, this.teller) : name;
  }
}
