// The catalogue of interface texts, by key; twin of page/messages.py.

const categories = { 0: "zero", 1: "one", 2: "two", 3: "few", 6: "many" }; // all others: "other"
let catalogue = new Map();

// Sets the texts, `messages` of a library, once at the start.
export function useCatalogue(messages) {
  catalogue = messages;
}

// The text of a key with its values filled in; `count` selects the plural form.
export function say(key, values = {}) {
  let text = catalogue.get(key);
  if (text instanceof Map) text = text.get(categories[values.count]) ?? text.get("other");
  if (text === undefined) throw new RangeError(`no message: ${key}`);
  const mark = catalogue.get("language.fallback")?.replace("{text}", "");
  const said = text.replace(/\{(\w+)\}/g, (_, name) => {
    if (values[name] === undefined) throw new RangeError(`${key} needs ${name}`);
    return values[name];
  });
  return mark && text.startsWith(mark) ? mark + said.replaceAll(mark, "") : said;
}

const joined = (key) => (words) =>
  words.length < 2 ? words.join("")
    : say(key, { words: words.slice(0, -1).join(", "), last: words.at(-1) });

// An enumeration, "a, b and c", and alternatives, "a, b or c"; empty for no words.
export const listed = joined("list.and");
export const either = joined("list.or");
