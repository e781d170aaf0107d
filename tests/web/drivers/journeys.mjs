// Goes the way of each journey (tests/support/journeys.py), and says what is seen at its steps: by a
// digest, or as values where a job asks for those.
import { createHash } from "node:crypto";
import { canonical, modules, perJob } from "./jobs.mjs";

const {
  also, answer, answered, askedBefore, asking, back, begin, carryOn, change,
  danger, givenAnew, inCycle, isQuestion, labels, libraryFrom, nation, ofLocal, pageOf, responding,
  standingNumbers, teller, unasked, useCatalogue, waiting,
} = await modules(
  ...["joined", "labels", "library", "messages", "page", "question", "walk"]
    .map((name) => `engine/${name}.mjs`),
);

const MOVES = { also, answer, carryOn, back, change, givenAnew };

// Where a walk stands, and what is known of the person; twin of stands in journeys.py.
function stands(walk) {
  return {
    walk: {
      place: [walk.tree.name, walk.here.name],
      facts: walk.facts,
      replies: walk.replies,
      kept: walk.kept,
      teller: teller(walk) ?? null,
      nation: nation(walk) ?? null,
      in_cycle: inCycle(walk),
      asked_before: askedBefore(walk),
      waiting: waiting(walk).map(([index]) => index),
      of_local: ofLocal(walk)?.[1].name ?? null,
      beside: walk.beside ? [walk.beside.tree.name, walk.beside.here.name] : null,
    },
  };
}

// What is seen where a walk stands; twin of seen in journeys.py.
function seen(walk, clock) {
  const { library, here, facts } = walk;
  const standing = standingNumbers(library, facts);
  const found = { ...stands(walk), standing, danger: danger(library, facts, clock) };
  const [index, question, reply] = answered(walk).at(-1) ?? [];
  if (isQuestion(here)) {
    const response = question ? responding(question, reply.values, walk, clock) : null;
    return { ...found, question: asking(walk), unasked: unasked(walk) ?? null, response };
  }
  const then = question && {
    ...walk, tree: library.trees.get(reply.tree), here: question, kept: [],
    replies: walk.replies.slice(0, index),
  };
  const shown = pageOf(walk, clock), paper = pageOf(walk);
  const contacts = shown.help.flatMap((each) => each.contacts);
  return {
    ...found,
    again: then ? asking(then, reply.values) : null,
    page: shown,
    labels: {
      urgency: labels.urgency(shown.urgency),
      lifeline: labels.lifeline(shown),
      danger: labels.danger(shown),
      reviewed: labels.reviewed(shown),
      titles: contacts.map(labels.titleOf),
    },
    paper,
  };
}

function go({ library: which, tree, at, given = [], moves = [], ...job }, libraries) {
  const { end, full } = job;
  const library = libraries[which];
  useCatalogue(library.messages);
  const clock = { at: new Date(at), holidays: library.holidays };
  let walk = begin(library, tree, new Map(given.map(([fact, values]) => [fact, new Set(values)])));
  const steps = [{
    standing: standingNumbers(library, walk.facts),
    approval: [null, walk.tree.name].map((name) => labels.approvalOf(library, name)),
  }];
  const look = () => steps.push(end ? stands(walk) : seen(walk, clock));
  look();
  for (const [move, ...values] of moves) {
    try {
      walk = MOVES[move](walk, ...values);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      steps.push("refused");
      continue;
    }
    look();
  }
  if (end) steps.push(seen(walk, clock));
  return full ? steps : createHash("sha1").update(canonical(steps)).digest("hex");
}

await perJob(go, (libraries) => libraries.map(libraryFrom));
