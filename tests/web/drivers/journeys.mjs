// Goes the way of each journey (tests/support/journeys.py), and says what is seen at each step: as
// digests, or as values where a job asks for those.
import { createHash } from "node:crypto";
import { canonical, modules, perJob } from "./jobs.mjs";

const {
  answer, answered, askedBefore, asking, back, begin, carryOn, change, danger, entrances, inCycle,
  isQuestion, libraryFrom, nation, page, reask, teller, toTalk, unasked, urgentFirst, useCatalogue,
  waiting,
} = await modules(
  ...["doors", "library", "messages", "page", "question", "walk"].map((name) => `engine/${name}.mjs`),
);

const MOVES = { answer, carryOn, back, change, reask };

// What is seen where a walk stands; twin of seen in journeys.py.
function seen(walk, clock) {
  const { library, tree, here, facts } = walk;
  const found = {
    walk: {
      place: [tree.name, here.name],
      facts: facts,
      replies: walk.replies,
      kept: walk.kept,
      teller: teller(walk) ?? null,
      nation: nation(walk) ?? null,
      in_cycle: inCycle(walk),
      asked_before: askedBefore(walk),
      waiting: waiting(walk).map(([index]) => index),
    },
    danger: danger(library, facts, clock),
  };
  if (isQuestion(here)) {
    return { ...found, question: asking(walk), unasked: unasked(here) ?? null };
  }
  const [index, question, reply] = answered(walk).at(-1) ?? [];
  const then = question && {
    ...walk, tree: library.trees.get(reply.tree), here: question, kept: [],
    replies: walk.replies.slice(0, index),
  };
  return {
    ...found,
    again: then ? asking(then, reply.values) : null,
    page: page(library, tree, here, facts, clock),
    paper: page(library, tree, here, facts),
  };
}

function go({ library: which, tree, given, at, moves, trees, readers, full }, libraries) {
  const library = libraries[which];
  useCatalogue(library.messages);
  const clock = { at: new Date(at), holidays: library.holidays };
  const told = (found) =>
    full ? found : Object.fromEntries(Object.entries(found).map(([name, value]) =>
      [name, createHash("sha1").update(canonical(value)).digest("hex")]));
  const doors = (reader) => {
    const names = urgentFirst(library, trees, reader);
    const lines = reader === null ? [] : entrances(library, reader, names);
    return { names, lines: lines.map(([door, behind]) => [door?.name ?? null, behind]) };
  };
  let walk = begin(library, tree, new Map(given.map(([fact, values]) => [fact, new Set(values)])));
  const steps = [told({ doors: readers.map(doors), talk: toTalk(library, walk.facts) })];
  steps.push(told(seen(walk, clock)));
  for (const [move, ...values] of moves) {
    try {
      walk = MOVES[move](walk, ...values);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      steps.push("refused");
      continue;
    }
    steps.push(told(seen(walk, clock)));
  }
  return steps;
}

await perJob(go, (libraries) => libraries.map(libraryFrom));
