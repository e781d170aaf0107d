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
  const lengths = lengthsFrom(walk)(walk.tree.name, walk.here, "", new Set());
  return [asked + quantile(lengths, 0.25), asked + quantile(lengths, 0.75)];
}

// The function from a step, the facts asked on the way to it and the steps on that way to the
// probability of each number of questions up to an ending. The facts are one text, which is found
// sooner than a set: each is between slashes, which names have none of, and they are in order.
function lengthsFrom(walk) {
  const found = new Map();
  return function lengths(tree, step, known, behind) {
    const place = placeOf(tree, step.name), key = `${place}${known}`;
    if (behind.has(place)) return new Map([[0, 1]]);
    if (found.has(key)) return found.get(key);
    const [asked, onward] = onwardFrom(walk, step, known);
    if (!onward.length) return new Map([[0, 1]]);
    const isNew = isQuestion(step) && !isAmong(step.fact, known);
    const then = isNew ? [...known.split(" "), `/${step.fact}/`].sort().join(" ") : known;
    const ways = new Map();
    behind.add(place);
    for (const goto of onward) {
      const next = stepOf(walk.library.trees.get(goto.tree), goto.step);
      for (const [length, probability] of lengths(goto.tree, next, then, behind)) {
        const total = length + asked;
        ways.set(total, (ways.get(total) ?? 0) + probability / onward.length);
      }
    }
    behind.delete(place);
    found.set(key, ways);
    return ways;
  };
}

const isAmong = (fact, known) => known.includes(`/${fact}/`);

// The number of questions that a step asks, 0 or 1, and where each answer leads. An ending with a
// way on is not an end: most people carry on once they are safe.
function onwardFrom(walk, step, known) {
  if (!isQuestion(step) || isAmong(step.fact, known)) return [0, waysOf(step)];
  // What is asked ahead may let a condition hold, so only what is known is sure to fail it.
  const past = isSettled(step, walk, known) ? passedTo(step, walk.facts) : undefined;
  if (past) return [0, [past]];
  return [step.at_ending ? 0 : 1, waysOf(step)];
}

// Whether a walk's facts settle if a question is asked: none of its condition comes ahead.
function isSettled(question, walk, ahead) {
  const facts = question.when.map(([fact]) => fact);
  return !facts.some((fact) => isAmong(fact, ahead)) || facts.some((fact) => walk.facts.has(fact));
}

// The least number that this share of the paths does not exceed.
function quantile(lengths, share) {
  let soFar = 0;
  const inOrder = [...lengths.keys()].sort((a, b) => a - b);
  return inOrder.find((length) => (soFar += lengths.get(length)) >= share - ROUNDING);
}
