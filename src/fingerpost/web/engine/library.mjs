// A library, made from the data of the page: see data.py. Names are those of the Python model.

export const TELLERS = ["young-person", "parent", "staff"];
export const NOT_SURE = "not-sure";
export const INFO = 0, SOON = 1, TODAY = 2, NOW = 3; // urgencies

// The value that some data stands for, with its mappings, its sets and what its table shares.
export function revived({ table, value }) {
  const shared = [];
  const made = (each) => {
    if (Array.isArray(each)) return each.map(made);
    if (each === null || typeof each !== "object") return each;
    if ("$" in each) return shared[each.$];
    if ("map" in each) return new Map(each.map.map(made));
    if ("set" in each) return new Set(each.set);
    return Object.fromEntries(Object.entries(each).map(([name, part]) => [name, made(part)]));
  };
  for (const each of table) shared.push(made(each));
  return made(value);
}

// The words of a sentence for a reader; for a young person while the reader is unknown.
export function readBy(sentence, teller) {
  if (sentence === undefined || typeof sentence === "string") return sentence ?? "";
  return sentence[teller ?? TELLERS[0]] ?? sentence[""];
}

// Whether a condition holds. It does not for a fact that has not been asked.
export function holds(when, facts) {
  return when.every(([fact, wanted]) => [...(facts.get(fact) ?? [])].some((v) => wanted.has(v)));
}
