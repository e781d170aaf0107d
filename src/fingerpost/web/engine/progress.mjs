// Estimates how many questions are still to come: twin of walk/progress.py, which says why.
import { isQuestion, passedTo, stepOf, waysOf } from "./library.mjs";
import { askedBefore, placeOf } from "./walk.mjs";

const LARGEST = 800; // questions and forks; no estimate is given for a larger library
const ROUNDING = 1e-9; // the tolerance of sums of probabilities

// The usual number of questions of a walk like this one in all, as a range; null if the library is
// too large. All answers to a question count as equally likely.
export function usualLength(walk) {
  const sizes = [...walk.library.trees.values()].map((tree) => tree.questions.size);
  if (sizes.reduce((sum, size) => sum + size, 0) > LARGEST) return null;
  const asked = askedBefore(walk);
  const lengths = lengthsFrom(walk)(walk.tree.name, walk.here, factsAsked([]), new Set());
  return [asked + quantile(lengths, 0.25), asked + quantile(lengths, 0.75)];
}

// The function from a step, the facts asked on the way to it and the steps on that way to the
// probability of each number of questions up to an ending.
function lengthsFrom(walk) {
  return function lengths(tree, step, known, behind) {
    const place = placeOf(tree, step.name);
    if (behind.has(place)) return new Map([[0, 1]]);
    if (known.found.has(place)) return known.found.get(place);
    const [asked, onward] = onwardFrom(walk, step, known.facts);
    if (!onward.length) return new Map([[0, 1]]);
    const then = isQuestion(step) ? known.and(step.fact) : known;
    const ways = new Map();
    behind.add(place);
    for (const [goto, share] of onward) {
      const next = stepOf(walk.library.trees.get(goto.tree), goto.step);
      for (const [length, probability] of lengths(goto.tree, next, then, behind)) {
        const total = length + asked;
        ways.set(total, (ways.get(total) ?? 0) + probability * share);
      }
    }
    behind.delete(place);
    known.found.set(place, ways);
    return ways;
  };
}

// A set of facts that were asked, with what was found for it, by place; `and` adds a fact. Equal
// sets are one object, for a set takes longer to compare than a way takes to count.
function factsAsked(facts, every = new Map()) {
  const key = facts.join(), onward = new Map();
  const and = (fact) => {
    if (!onward.has(fact)) {
      onward.set(fact, factsAsked([...new Set([...facts, fact])].sort(), every));
    }
    return onward.get(fact);
  };
  if (!every.has(key)) every.set(key, { facts: new Set(facts), found: new Map(), and });
  return every.get(key);
}

// The number of questions that a step asks, 0 or 1, and the ways on: [target, share of answers].
// An ending with a way on is not an end: most people carry on once they are safe.
function onwardFrom(walk, step, known) {
  if (!isQuestion(step) || known.has(step.fact)) return [0, shares(waysOf(step))];
  // What is asked ahead may let a condition hold, so only what is known is sure to fail it.
  const past = isSettled(step, walk, known) ? passedTo(step, walk.facts) : undefined;
  if (past) return [0, shares([past])];
  return [step.at_ending ? 0 : 1, shares(waysOf(step))];
}

function shares(targets) {
  const counts = [];
  for (const target of targets) {
    const same = counts.find(([{ tree, step }]) => tree === target.tree && step === target.step);
    if (same) same[1] += 1;
    else counts.push([target, 1]);
  }
  return counts.map(([target, count]) => [target, count / targets.length]);
}

// Whether a walk's facts settle if a question is asked: none of its condition comes ahead.
function isSettled(question, walk, ahead) {
  const facts = question.when.map(([fact]) => fact);
  return !facts.some((fact) => ahead.has(fact)) || facts.some((fact) => walk.facts.has(fact));
}

// The least number that this share of the paths does not exceed.
function quantile(lengths, share) {
  let soFar = 0;
  const inOrder = [...lengths.keys()].sort((a, b) => a - b);
  return inOrder.find((length) => (soFar += lengths.get(length)) >= share - ROUNDING);
}
