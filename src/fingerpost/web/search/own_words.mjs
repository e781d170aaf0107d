// What a person typed to find what has happened, and the kinds of danger that it speaks of; twin of
// search/words.py.
import { WROTE, valueOf } from "../engine/library.mjs";

// The texts that were typed one after the other. Letters that are added to a text make it longer;
// what was taken back was typed all the same.
export class OwnWords {
  #texts = [];

  get texts() {
    return this.#texts;
  }

  get isEmpty() {
    return this.#texts.length === 0;
  }

  // Adds a text as it stands after a key, or whole.
  add(said) {
    const last = this.#texts.at(-1) ?? "";
    if (last.startsWith(said)) return;
    if (last && said.startsWith(last)) this.#texts.pop();
    this.#texts.push(said);
  }

  // These facts with the kinds of danger that the texts speak of, and what else they state of what
  // was written.
  known(facts, search) {
    const kinds = new Set(facts.get(WROTE));
    for (const text of this.#texts) for (const kind of search.dangerWritten(text)) kinds.add(kind);
    for (const kind of search.statedIn(this.#texts, valueOf(facts, "teller") ?? "").get(WROTE) ?? []) kinds.add(kind);
    return kinds.size ? new Map([...facts, [WROTE, kinds]]) : facts;
  }
}
