// What an ending shows by the facts: urgency, lines, needs and routes; twin of page/visibility.py.
import { INFO, holds, shown } from "./library.mjs";

export const EMERGENCY = "emergency"; // the need that comes first on every page

// Whether what is always added is added for these facts.
function isAdded({ when, unless }, facts) {
  return shown({ whens: [when], unless }, facts);
}

// The maximum urgency of an ending and of the entries that are always added.
export function urgency(library, outcome, facts) {
  const added = library.always.filter((entry) => isAdded(entry, facts));
  return Math.max(outcome.urgency, ...added.map((entry) => entry.urgency ?? INFO));
}

// The lines of an ending among those always added, those that are first above all others;
// duplicates of a shared line are dropped.
export function lines(library, outcome, facts) {
  const given = new Set();
  const found = inOrder(library, outcome, facts, "advice").filter((line) => {
    if (!shown(line, facts) || given.has(line.name)) return false;
    if (line.name) given.add(line.name);
    return true;
  });
  return [...found.filter((line) => line.first), ...found.filter((line) => !line.first)];
}

// Whether an ending itself gives first aid for which help is rung.
export function speaksOfTheHurt(outcome, facts) {
  return outcome.advice.some((line) => line.help === "999" && shown(line, facts));
}

// The needs of an ending, danger first, each with all its declarations.
export function needs(library, outcome, facts) {
  const called = new Map([[EMERGENCY, []]]);
  for (const need of inOrder(library, outcome, facts, "needs")) {
    if (holds(need.when, facts)) called.set(need.need, [...(called.get(need.need) ?? []), need]);
  }
  if (!called.get(EMERGENCY).length) called.delete(EMERGENCY);
  return called;
}

// What an ending has of its own, between what is always added before and after it.
function inOrder(library, own, facts, name) {
  const added = library.always.filter((entry) => isAdded(entry, facts));
  const before = added.filter((entry) => !entry.after);
  const after = added.filter((entry) => entry.after);
  return [...before, own, ...after].flatMap((each) => each[name]);
}

// The routes for a person with these facts, in file order, without those for which others are
// offered instead that cover every value that was chosen.
export function offered(library, facts) {
  const found = [...library.routes.values()].filter((route) => shown(route, facts));
  const covered = new Map();
  for (const { instead, whens } of found.filter((route) => route.instead)) {
    if (!covered.has(instead)) covered.set(instead, new Map());
    const soFar = covered.get(instead);
    for (const [fact, values] of whens.flat()) {
      soFar.set(fact, new Set([...(soFar.get(fact) ?? []), ...values]));
    }
  }
  const isCovered = ([fact, values]) => [...facts.get(fact)].every((value) => values.has(value));
  return found.filter(({ name }) => !covered.has(name) || ![...covered.get(name)].every(isCovered));
}

// Each need with its declarations and routes, in the order of a page on which all are open; a route
// is shown once, under the first need that it serves, and a need without its own is left out.
export function served(library, outcome, facts) {
  let routes = offered(library, facts);
  const found = [];
  for (const [need, wanted] of needs(library, outcome, facts)) {
    const serving = routes.filter((route) => route.serves.includes(need));
    routes = routes.filter((route) => !serving.includes(route));
    serving.sort((one, other) => !one.first - !other.first);
    if (serving.length) found.push({ need, wanted, routes: serving });
  }
  return found;
}
