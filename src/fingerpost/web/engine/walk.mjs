// The path of one person through a tree so far, replayed from the answers; twin of walk/walk.py.
//
// A walk is never changed: {library, start, given, tree, here, facts, replies, kept, met}. Each
// function that moves it returns a new one. A reply is {tree, step, values}, and a way on has none.
import {
  NOT_SURE, WROTE, alwaysAsks, gives, isQuestion, passedTo, stepOf, valueOf, waysOf,
} from "./library.mjs";

// A step as a key: names have no slash.
export const placeOf = (tree, step) => `${tree}/${step}`;
const place = (reply) => placeOf(reply.tree, reply.step);
const byPlace = (replies) => new Map(replies.map((reply) => [place(reply), reply]));

// A walk at the first question of a tree that the given facts, a map, do not answer.
export function begin(library, tree, given = new Map()) {
  const known = new Map([...given].filter(([fact]) => !alwaysAsks(library, fact)));
  return replay(library, { tree, step: "" }, known, []);
}

// A walk of a further trouble of the same person, beside this one, which is at its ending. What is
// known of the person, and what their own words speak of, is kept, as far as that tree asks it.
export function also(walk, tree, known = ofPerson(walk)) {
  const asked = [...walk.library.trees.get(tree).questions.values()].map(({ fact }) => fact);
  const kept = new Map([...known].filter(([fact]) => [...asked, WROTE].includes(fact)));
  return { ...replay(walk.library, { tree, step: "" }, kept, []), beside: walk };
}

// What is known of the person, and stays true whatever else has happened to them.
export function ofPerson({ library, facts }) {
  return new Map([...facts].filter(([fact]) => library.questions.get(fact)?.of_person));
}

// This walk, which takes what the person's own words state of themselves for the answer where it
// comes to that question, and offers the rest; but for what is always asked.
export function expecting(walk, stated) {
  const asked = walk.library.questions;
  const free = new Map([...stated].filter(([fact]) => !alwaysAsks(walk.library, fact)));
  const replies = [...walk.library.trees].flatMap(([tree, { questions }]) =>
    [...questions].filter(([, { fact, fork }]) => free.has(fact) && !fork && asked.get(fact).of_person)
      .map(([step, { fact }]) => ({ tree, step, values: free.get(fact), stated: true })));
  return { ...goOn(walk, byPlace(replies)), offered: free };
}

// What is offered of the answers to the question here.
export function offeredHere({ here, offered }) {
  const values = (here.answers ?? []).map(({ value }) => value).filter((each) => offered.get(here.fact)?.has(each));
  return new Set(values.length && fits(here, values) ? values : []);
}

// Answers the question here. A RangeError if the values are not an answer to it.
export function answer(walk, values) {
  if (!isQuestion(walk.here) || !fits(walk.here, values)) throw new RangeError("no answer");
  return withReply(walk, values);
}

// Carries on from the ending here. A RangeError if there is no way on.
export function carryOn(walk) {
  if (!walk.here.carry_on) throw new RangeError("no way on");
  return withReply(walk, []);
}

// The walk without its last reply; the same walk if there is none.
export function back(walk) {
  if (!walk.replies.length) return walk;
  const last = place(walk.replies.at(-1));
  const kept = walk.kept.filter((reply) => place(reply) !== last);
  return replayed(walk, [...walk.replies.slice(0, -1), ...kept]);
}

// Changes the answer of replies[index]; later answers are kept where their questions still come.
// An ending that was left by its way on is shown again, as it may have become urgent.
export function change(walk, index, values) {
  const { tree, step } = walk.replies[index];
  const question = walk.library.trees.get(tree).questions.get(step);
  if (!question || !fits(question, values)) throw new RangeError("no answer");
  const after = [...walk.replies.slice(index + 1), ...walk.kept].filter((r) => r.values.size);
  const replies = [...walk.replies.slice(0, index), { tree, step, values: new Set(values), stated: false }];
  return replayed(walk, [...replies, ...after]);
}

// This walk, and the one beside it, with another value of a given fact. Answers are kept as `change`
// keeps them. The one beside it stays as it is where its ending is not reached.
export function givenAnew(walk, fact, values) {
  const given = new Map([...walk.given, [fact, new Set(values)]]);
  const anew = walk.beside && givenAnew(walk.beside, fact, values);
  const beside = anew && isQuestion(anew.here) ? walk.beside : anew;
  const replies = [...walk.replies, ...walk.kept].filter((reply) => reply.values.size);
  return replayed({ ...walk, given, beside }, replies);
}

// The question about the nation, if nobody was asked it and local details answer it, as one of
// `answered` that has no place.
export function ofLocal({ library, start: { tree }, given }) {
  if (!library.nation || !given.has("nation")) return undefined;
  const asked = [...library.trees.get(tree).questions.values()];
  const question = asked.find(({ fact, fork }) => fact === "nation" && !fork);
  return question && [-1, question, { tree, step: question.name, values: given.get("nation") }];
}

export const teller = (walk) => valueOf(walk.facts, "teller");

// The nation, or undefined if it is unknown or not sure.
export function nation(walk) {
  const found = valueOf(walk.facts, "nation");
  return found === NOT_SURE ? undefined : found;
}

// Whether this step was met before, so that the tree has a cycle.
export function inCycle(walk) {
  return walk.met.has(placeOf(walk.tree.name, walk.here.name));
}

// The questions answered so far: [index in replies, question, reply] of each.
export function answered(walk) {
  return walk.replies
    .map((reply, at) => [at, walk.library.trees.get(reply.tree).questions.get(reply.step), reply])
    .filter(([, question]) => question);
}

// The number of questions asked on the path, without those that wait until the ending.
export function askedBefore(walk) {
  return answered(walk).filter(([, question]) => !question.at_ending).length;
}

// Those of `answered` that are asked at the ending, if this is one.
export function waiting(walk) {
  return isQuestion(walk.here) ? [] : answered(walk).filter(([, question]) => question.at_ending);
}

// Whether these values are an answer to a question.
export function fits(question, values) {
  const wanted = [...new Set(values)];
  const chosen = question.answers.filter((each) => wanted.includes(each.value));
  if (!chosen.length || chosen.length < wanted.length) return false;
  return chosen.length === 1 || Boolean(question.many && !chosen.some((each) => each.alone));
}

// The answer that the question here has until it is asked, at the ending: what was offered, or not
// sure. Undefined where somebody is asked, as in a cycle, which a walk must leave; and at an ending.
export function unasked(walk) {
  if (!walk.here.at_ending || inCycle(walk)) return undefined;
  const offered = offeredHere(walk);
  return offered.size ? offered : new Set([NOT_SURE]);
}

// This walk past what nobody is asked before the ending.
export function pastUnasked(walk) {
  for (let values; (values = unasked(walk)); ) walk = answer(walk, values);
  return walk;
}

function withReply(walk, values) {
  const reply = { tree: walk.tree.name, step: walk.here.name, values: new Set(values), stated: false };
  if (!walk.met.has(place(reply))) return goOn(walk, byPlace([...walk.kept, reply]));
  // In a cycle the new answer counts from the first occurrence.
  return replayed(walk, [...walk.replies, ...walk.kept, reply]);
}

// A walk from its start by other replies.
function replayed({ library, start, given, beside, offered }, replies) {
  return { ...replay(library, start, given, replies), beside, offered };
}

// Replays replies from the start, each at its step, to the first step without one.
function replay(library, start, given, replies) {
  const tree = library.trees.get(start.tree);
  const facts = new Map([...given, ...gives(library, tree)]);
  const here = stepOf(tree, start.step);
  const begun = { library, start, given, tree, here, facts, replies: [], kept: [], met: new Set(), offered: new Map() };
  return goOn(begun, byPlace(replies));
}

// Continues a walk, using each waiting reply at its step, to the first step without one.
function goOn(walk, waitingFor) {
  const { library } = walk;
  let { tree, here } = walk;
  const facts = new Map(walk.facts), replies = [...walk.replies], met = new Set(walk.met);
  while (true) {
    const at = placeOf(tree.name, here.name);
    // A cycle is a mistake, and still must not hang: a step met twice is asked again.
    const reply = met.has(at) ? undefined : waitingFor.get(at);
    let target = met.has(at) || !isQuestion(here) ? undefined : passedTo(here, facts);
    if (!target) {
      if (!reply || !(here.carry_on || (isQuestion(here) && fits(here, reply.values)))) break;
      const learnt = here.carry_on ? here.carry_on.sets : [[here.fact, reply.values]];
      for (const [fact, values] of learnt) facts.set(fact, values);
      target = (here.carry_on ?? here.answers.find((each) => reply.values.has(each.value))).goto;
      waitingFor.delete(at);
      replies.push(reply);
    }
    met.add(at);
    tree = library.trees.get(target.tree);
    here = stepOf(tree, target.step);
    for (const [fact, values] of gives(library, tree)) facts.set(fact, values);
  }
  const ahead = waitingFor.size ? placesAhead(library, here) : new Map();
  const kept = [...waitingFor].filter(([at]) => ahead.has(at)).map(([, reply]) => reply);
  return { ...walk, tree, here, facts, replies, kept, met };
}

// The steps that can be reached from this one, whatever the facts.
function placesAhead(library, here) {
  const found = new Map(), look = [here];
  for (const step of look) { // the queue, which grows
    for (const { tree, step: name } of [...waysOf(step), step.otherwise].filter(Boolean)) {
      const next = stepOf(library.trees.get(tree), name), at = placeOf(tree, next.name);
      if (!found.has(at)) look.push(next);
      found.set(at, next);
    }
  }
  return found;
}
