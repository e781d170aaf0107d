// A library, made from the data of the page (data.py), and what its trees decide: twin of model/.
import { useCatalogue } from "./messages.mjs";

export const TELLERS = ["young-person", "parent", "staff"];
export const NOT_SURE = "not-sure";
export const WROTE = "wrote"; // what a person's own words spoke of
export const PAST = new Set(["over", "told"]); // the values of it that are no danger
export const SOMETHING = "something"; // its value for danger of no kind that has a phrase
export const INFO = 0, SOON = 1, TODAY = 2, NOW = 3; // urgencies

// The value that some data stands for, with its mappings, its sets and what its table shares. The
// data becomes that value: to copy it took five times as long, and somebody waits.
export function revived({ table, value }) {
  const shared = [];
  const made = (each) => {
    if (each === null || typeof each !== "object") return each;
    if (!Array.isArray(each)) {
      if ("$" in each) return shared[each.$];
      if ("map" in each) return new Map(made(each.map));
      if ("set" in each) return new Set(made(each.set));
    }
    for (const name in each) each[name] = made(each[name]);
    return each;
  };
  for (const each of table) shared.push(made(each));
  return made(value);
}

// The library of walk_data; its catalogue of messages is in use from then on.
export function libraryFrom(data) {
  const library = revived(data);
  useCatalogue(library.messages);
  return library;
}

// --- sentences and conditions --------------------------------------------------------------------

// The words of a sentence for a reader; for a young person while the reader is unknown.
export function readBy(sentence, teller) {
  if (sentence === undefined || typeof sentence === "string") return sentence ?? "";
  const reader = teller ?? TELLERS[0];
  return sentence[TELLERS.includes(reader) ? reader : ""] ?? sentence[""] ?? "";
}

// Whether a condition holds. It does not for a fact that has not been asked.
export function holds(when, facts) {
  return when.every(([fact, wanted]) => [...(facts.get(fact) ?? [])].some((v) => wanted.has(v)));
}

// Whether something with these conditions is shown: an advice, a door, a route.
export function shown({ whens = [], unless = [] }, facts) {
  const hold = (when) => holds(when, facts);
  return whens.every(hold) && !unless.some(hold);
}

// The only value of a fact, or undefined if it is unknown.
export const valueOf = (facts, fact) => [...(facts.get(fact) ?? [])][0];

// --- steps ---------------------------------------------------------------------------------------

export const isQuestion = (step) => step.answers !== undefined;

// The question or ending of this name in a tree; the empty name is the start.
export function stepOf(tree, name) {
  return tree.questions.get(name || tree.start) ?? tree.outcomes.get(name || tree.start);
}

// The targets of a step, with duplicates and without that of those who are not asked.
export function waysOf(step) {
  if (isQuestion(step)) return step.answers.map((answer) => answer.goto);
  return step.carry_on ? [step.carry_on.goto] : [];
}

// Where a question is passed over to by those who know these facts, or undefined if it is asked.
export function passedTo(question, facts) {
  if (!holds(question.when, facts)) return question.otherwise;
  const known = facts.get(question.fact);
  return known && question.answers.find((answer) => known.has(answer.value))?.goto;
}

// --- what a library says of facts ----------------------------------------------------------------

export const alwaysAsks = (library, fact) => Boolean(library.questions.get(fact)?.always_ask);

// The facts that a tree gives, except those that are always asked.
export function gives(library, tree) {
  return new Map([...tree.given].filter(([fact]) => !alwaysAsks(library, fact)));
}

// The question that defines the values of a fact in a tree, or undefined.
export function questionOf(library, fact, tree) {
  const own = [...(library.trees.get(tree)?.questions.values() ?? [])];
  return library.questions.get(fact) ?? own.find((each) => each.fact === fact && !each.fork);
}
