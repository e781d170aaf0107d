// Sentences in the words for one reader: twin of page/speaker.py and model/inline_markup.py.
import { TELLERS, questionOf, readBy, shown, valueOf } from "./library.mjs";
import { listed } from "./messages.mjs";

const BEGINS_SENTENCE = /(?:^|[.!?])[^\p{L}\p{N}_]*$/u;
const ORDINARY = /^(?:The|Your|A|An|Another|Children's)\b/; // at the beginning of a name

const MARK = /\{\{([^{}]+)\}\}|\{route:([^{}]*)\}|\{([a-z0-9-]+)\}/g;

// The sentence with its names replaced, by `route` and `fact`, and hard words given to `word`. A
// brace that belongs to no name stays.
export function fill(text, route, fact, word = (each) => each) {
  return text.replace(MARK, (_, hard, service, known, offset) => {
    if (hard !== undefined) return word(hard.trim());
    if (service === undefined) return fact(known);
    const name = route(service.trim());
    const isInside = ORDINARY.test(name) && !BEGINS_SENTENCE.test(text.slice(0, offset));
    return isInside ? name[0].toLowerCase() + name.slice(1) : name;
  });
}

// Whether the organisation gave a number of its own, that is for this reader.
function hasOwn({ local, ways }, reader) {
  const isOwn = ({ channel, adults }) => channel === "phone" && !(adults && reader === TELLERS[0]);
  return local && ways.some(isOwn);
}

const shortOf = ({ short }, reader) => short.get(reader) ?? short.get("other");

// Renders sentences for the reader with these facts, and collects the hard words in them. `tree`
// names the tree whose own facts a sentence may use.
export class Speaker {
  constructor(library, facts, tree = "") {
    Object.assign(this, { library, facts, tree });
    this.teller = valueOf(facts, "teller") ?? TELLERS[0];
    this.onPage = null; // the services of the page on which the sentences are to stand
    this.used = new Set();
  }

  // The sentence; empty for none. `namesFor` is a teller for whom services are named. `rung`: a
  // hard word that means a service of which the organisation gave the number has it beside it.
  say(sentence, namesFor = this.teller, rung = false) {
    const text = readBy(sentence, this.teller);
    const known = (fact) => this.answers(fact, this.facts.get(fact) ?? new Set());
    const used = (word) => {
      const own = this.used.add(word) && rung && this.meant(word);
      return own ? `${word} (${this.own(own, this.teller, text)})` : word;
    };
    return fill(text, (name) => this.route(name, namesFor, text), known, used);
  }

  // The routes that a sentence names, and those that its hard words mean.
  rung(sentence) {
    const named = new Set(), meant = new Set();
    const word = (hard) => meant.add(this.meant(hard)?.name);
    fill(readBy(sentence, this.teller), (route) => named.add(route), String, word);
    return [...named, ...meant].filter(Boolean);
  }

  // The service of this reader that a hard word means, if the organisation gave its number.
  meant(word) {
    const isMeant = (each) =>
      each.word === word.toLowerCase() && shown(each, this.facts) && hasOwn(each, this.teller);
    return [...this.library.routes.values()].find(isMeant);
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
    return [...this.used].filter(meaning).map((word) => [word, readBy(meaning(word), this.teller)]);
  }

  // The name of a service; with its number, if the organisation gave it or it stands nowhere else
  // on the page.
  route(name, reader = this.teller, said = "") {
    const route = this.library.routes.get(name);
    if (!route) return name;
    const title = readBy(route.title, reader);
    const away = this.onPage && !this.onPage.has(name);
    const number = hasOwn(route, reader) ? this.own(route, reader, said) : away ? shortOf(route, reader) : "";
    return number && !title.includes(number) ? `${title} (${number})` : title;
  }

  // Its own numbers, with who answers when they are shut unless the sentence says it.
  own(route, reader, said) {
    const { shut = "" } = route; // what is empty is not in the data
    const [marker = "\n"] = shut.match(/\{route:[^}]*\}/) ?? []; // no sentence has a newline
    return shortOf(route, reader) + fill(said.includes(marker) ? "" : shut, (name) => this.route(name), String);
  }
}
