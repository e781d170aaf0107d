// The lines among which a reader chooses what has happened: twin of walk/doors.py, and of
// urgent_first in search/urgency.py.
import { shown } from "./library.mjs";

// The lines for a reader, who may choose these trees: [door or null, names of the trees behind it].
// First those with a tree for this reader alone; a tree for those without words comes last.
export function entrances(library, teller, trees) {
  const readers = (name) => library.trees.get(name).given.get("teller");
  const able = trees.filter((name) => readers(name)?.has(teller) ?? true);
  const facts = new Map([["teller", new Set([teller])]]);
  const doors = library.doors
    .filter((door) => shown(door, facts))
    .map((door) => [door, able.filter((name) => door.trees.includes(name))])
    .filter(([, behind]) => behind.length);
  const behindOne = new Set(doors.flatMap(([, behind]) => behind));
  const alone = able.filter((name) => !behindOne.has(name)).map((name) => [null, [name]]);
  return inOrder([...doors, ...alone], ([, behind]) => [
    Number(behind.every((name) => library.trees.get(name).catch_all)),
    Number(!behind.some(readers)),
  ]);
}

// Some trees in the order in which they are offered to a reader, who may be unknown: those for this
// reader alone, those for all readers, those for others; each group by urgency.
export function urgentFirst(library, names, teller) {
  return inOrder(names, (name) => {
    const tree = library.trees.get(name), readers = tree.given.get("teller");
    const whose = readers ? (readers.has(teller) ? 0 : 2) : 1;
    return [Number(Boolean(tree.catch_all)), whose, -library.urgencies.get(name)];
  });
}

// Items by a list of numbers for each; equal ones in the order in which they came.
export function inOrder(items, key) {
  const keyed = items.map((item) => [item, key(item)]);
  const first = (a, b) => a[1].map((each, at) => each - b[1][at]).find(Boolean) ?? 0;
  return keyed.sort(first).map(([item]) => item);
}
