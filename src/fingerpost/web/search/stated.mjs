// Finds what people state in so many words; twin of search/stated.py.
import { tokens } from "./words.mjs";

const ANY = "any"; // what stands in a phrase for any of the words of an answer
const row = (text) => tokens(text.replaceAll("-", " ")).join(" ");

// The facts that a text states. Where it states two values of one, nothing is known of it, but for
// one of which several may be said.
export function statedIn(text, stated, teller) {
  const said = ` ${tokens(text).join(" ")} `, found = new Map();
  for (const [fact, { means, says, unless, several }] of stated) {
    const phrases = (says.get(teller) ?? says.get("otherwise") ?? []).map(row), not = unless.flatMap(tokens);
    const isSaid = (phrase) => {
      const parts = said.split(` ${phrase} `);
      return parts.slice(1).some((after, at) =>
        ![parts[at].split(" ").at(-1), after.split(" ")[0]].some((word) => not.includes(word)));
    };
    const values = [...means].filter(([, words]) => words.map(row).some((word) =>
      phrases.some((phrase) => isSaid(phrase.replaceAll(ANY, word)))));
    if (values.length === 1 || (several && values.length)) found.set(fact, new Set(values.map(([value]) => value)));
  }
  return found;
}
