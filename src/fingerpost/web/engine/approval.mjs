// What a person approved of a page, and what has changed on it since; twin of page/approval.py. The
// marks are made, and what is the same for every reader is counted, when the page is made.
import { holds, shown } from "./library.mjs";
import { isAdded, needs, served } from "./visibility.mjs";

const LENGTH = 6; // letters of a mark before those that tell of which line it is

// The approval of an ending as this person reads it; null if nobody approved its tree. `words` are
// the hard words that the page explains, and `today` may be null.
export function ofPage(library, tree, outcome, facts, words, today) {
  const approval = library.approvals.get(tree.name);
  if (!approval) return null;
  const isHere = shows(library, outcome, facts, words);
  const here = [...library.items.keys()].filter((at) => isHere(library.items[at]));
  return told(approval, changed(library, approval, outcome, here), today);
}

// The approval of what is read of a tree before its endings.
export function ofTree(library, tree, today) {
  const approval = library.approvals.get(tree.name);
  return approval ? told(approval, approval.before, today) : null;
}

// What is told of an approval with so many changes.
function told({ by, role, on, until, organisation = "" }, differing, today) {
  const over = today !== null && today > until;
  return { by, role, on, until, organisation, changed: differing, over };
}

// How many lines of an ending have changed; `here` are the places of the items that it shows.
function changed(library, approval, outcome, here) {
  const since = approval.endings.get(outcome.name);
  if (since.stands === undefined) return since.new.size;
  const stands = BigInt(since.stands);
  const isNew = (at) => !((stands >> BigInt(at)) & 1n);
  const lines = here.filter(isNew).map((at) => library.items[at].mark.slice(LENGTH));
  const inOrder = since.in_order && isSorted(here.map((at) => approval.places[at]));
  return Math.max(new Set([...since.new, ...lines]).size, since.gone, inOrder ? 0 : 1);
}

// Whether what is shown comes in the order in which it was approved; -1 is what was not.
function isSorted(places) {
  const found = places.filter((place) => place >= 0);
  return found.every((place, at) => at === 0 || found[at - 1] <= place);
}

// A test of whether an ending shows an item to a person with these facts.
function shows(library, outcome, facts, words) {
  const routes = served(library, outcome, facts).flatMap((each) => each.routes);
  const names = new Map([
    ["need", new Set(needs(library, outcome, facts).keys())],
    ["route", new Set(routes.map((route) => route.name))],
    ["hard word", new Set(words.map((word) => word.toLowerCase()))],
  ]);
  return ({ kind, name, part, entry }) => {
    if (names.has(kind)) return names.get(kind).has(name);
    if (!isAdded(entry, facts)) return false;
    return kind === "shared line" ? shown(part, facts) : holds(part.when, facts);
  };
}
