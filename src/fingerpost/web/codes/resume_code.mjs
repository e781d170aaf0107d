// A walk as the code on its sheet, and back; twin of walk/resume_code.py, which says how. What
// depends on the shape of trees alone is made by Python: `library.codes` is its CodeTable.
import { isQuestion } from "../engine/library.mjs";
import { answer, answered, begin, carryOn } from "../engine/walk.mjs";
import { blake2b } from "./blake2b.mjs";
import { WrongCode, bitsOf, read, spells, written } from "./check_letters.mjs";

const FORMAT = 0, FORMATS = 8, PICKS = 32;
const TREES = 1n << 15n, SHAPES = 1n << 20n, HEADS = TREES * 2n * SHAPES;
const FEW = 4;

// The code of a walk, finished or not.
export function codeOf(walk) {
  const shape = shapeToWrite(walk);
  const head = together(headOf(walk.library, shape)), body = together(bodyOf(walk, shape));
  let code = "";
  for (let pick = 0; pick < PICKS; pick++) {
    const masked = hidden(body, pick) * HEADS + (head ^ mask(body, pick));
    code = written((masked * BigInt(PICKS) + BigInt(pick)) * BigInt(FORMATS) + BigInt(FORMAT));
    if (!spells(code)) break;
  }
  return code;
}

// What a code holds: {tree, facts, walk}, where walk is null if the shape of the tree has changed,
// and the facts are those about the person alone. Throws WrongCode.
export function opened(library, code) {
  const number = read(code);
  const outer = digitsOf(number);
  if (outer(FORMATS) !== FORMAT) throw new WrongCode("version");
  const pick = outer(PICKS), head = outer.big(HEADS), body = hidden(outer.rest(), pick);
  const inner = digitsOf(head ^ mask(body, pick));
  const [tree, wide, fingerprint] = [inner(TREES), inner(2), inner(SHAPES)];
  const named = [...library.codes.trees].filter(([, [hash]]) => hash === tree);
  if (!named.length) throw new WrongCode("tree");
  const shapes = named.map(([, [, both]]) => both[wide]).filter(Boolean);
  const asItWas = shapes.filter((shape) => shape.fingerprint === fingerprint);
  if (named.length > 1 && asItWas.length !== 1) throw new WrongCode("trees");
  const digits = digitsOf(body);
  const people = peopleRead(library, digits);
  if (!asItWas.length) return { tree: named[0][0], facts: people, walk: null };
  const walk = walkRead(library, asItWas[0], people, digits);
  if (walk === null || read(codeOf(walk)) !== number) throw new WrongCode("walk");
  return { tree: asItWas[0].tree, facts: walk.facts, walk };
}

// --- digits --------------------------------------------------------------------------------------

// A function that takes the next digit of a mixed-radix number, from the least significant.
function digitsOf(number) {
  let rest = number;
  const big = (size) => {
    const digit = rest % size;
    rest /= size;
    return digit;
  };
  return Object.assign((size) => Number(big(BigInt(size))), { big, rest: () => rest });
}

// The number of some digits, each with its radix, from the least significant.
function together(digits) {
  return [...digits].reduceRight((sum, [digit, size]) => sum * BigInt(size) + BigInt(digit), 0n);
}

// A hash of a pair, as Python writes it.
function hash(text, pick, size) {
  return blake2b(`('${text}', ${pick})`) % size;
}

function mask(body, pick) {
  return hash(body.toString(16), pick, HEADS);
}

// The masked body from the body, and back: the pick masks all bits but the highest.
function hidden(body, pick) {
  const below = Math.max(Number(bitsOf(body)) - 1, 0);
  return body ^ hash("body", pick, 1n << BigInt(below));
}

// --- a walk --------------------------------------------------------------------------------------

function headOf(library, shape) {
  const [name] = library.codes.trees.get(shape.tree);
  return [[name, TREES], [shape.wide ? 1 : 0, 2], [shape.fingerprint, SHAPES]];
}

// The digits after the head, in the order in which they are read.
function* bodyOf(walk, shape) {
  const { codes } = walk.library;
  const given = held(shape, walk.given), people = peopleOf(codes, walk.facts);
  const every = [...given, ...answered(walk).map(([, asked, reply]) => [asked.fact, reply.values])];
  const isPlain = every.every(([fact, values]) => isSame(people.get(fact) ?? values, values));
  for (const [fact, [size, values]] of codes.people) {
    const known = people.get(fact) ?? new Set();
    yield [([...values].find(([, value]) => known.has(value)) ?? [0])[0], size];
  }
  yield [isPlain ? 1 : 0, 2];
  const said = isPlain ? people : new Map();
  yield* chosenWritten(given, [...shape.facts.keys()], 0);
  for (const [fact, values] of shape.facts) {
    if (given.has(fact) && !said.has(fact)) yield* chosenWritten(given.get(fact), values, 1);
  }
  yield [walk.replies.length, shape.steps + 1];
  for (const [, question, { values }] of answered(walk)) {
    const offered = question.answers.map((each) => each.value);
    if (said.has(question.fact)) continue;
    if (question.many) yield* chosenWritten(values, offered, 1);
    else yield [offered.findIndex((value) => values.has(value)), offered.length];
  }
}

// The walk of the remaining digits, or null if there is none.
function walkRead(library, shape, people, digits) {
  const said = digits(2) ? people : new Map();
  const facts = chosenRead(digits, [...shape.facts.keys()], 0);
  const given = new Map([...shape.facts].filter(([fact]) => facts.has(fact))
    .map(([fact, values]) => [fact, said.get(fact) ?? chosenRead(digits, values, 1)]));
  try {
    let walk = begin(library, shape.tree, given);
    for (let left = digits(shape.steps + 1); left; left--) {
      const { here } = walk;
      walk = isQuestion(here) ? answer(walk, said.get(here.fact) ?? replyRead(digits, here))
        : carryOn(walk);
    }
    return walk;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function replyRead(digits, question) {
  const offered = question.answers.map((answer) => answer.value);
  if (question.many) return chosenRead(digits, offered, 1);
  return new Set([offered[digits(offered.length)]]);
}

// A subset of `offered` with at least `least` values: its size, and its index among all of that
// size. Most subsets are small, so the first digit covers only small sizes.
function* chosenWritten(values, offered, least) {
  const places = [...offered.keys()].filter((at) => values.has(offered[at]));
  const more = places.length - least, numbers = offered.length - least + 1;
  const few = Math.min(numbers, FEW);
  yield [Math.min(more, few - 1), few];
  if (numbers > few && more >= few - 1) yield [more - (few - 1), numbers - (few - 1)];
  const index = places.reduce((sum, at, n) => sum + comb(at, n + 1), 0n);
  yield [index, comb(offered.length, places.length)];
}

function chosenRead(digits, offered, least) {
  const numbers = offered.length - least + 1, few = Math.min(numbers, FEW);
  let more = digits(few);
  if (numbers > few && more === few - 1) more += digits(numbers - (few - 1));
  let count = least + more, which = digits.big(comb(offered.length, count));
  const chosen = new Set();
  for (let at = offered.length - 1; at >= 0; at--) {
    if (count && which >= comb(at, count)) {
      which -= comb(at, count--);
      chosen.add(offered[at]);
    }
  }
  return chosen;
}

// The number of subsets of k of n things.
function comb(n, k) {
  let found = 1n;
  for (let at = 0; at < k; at++) found = found * BigInt(n - at) / BigInt(at + 1);
  return found;
}

// --- who it is about, and shapes -----------------------------------------------------------------

// The facts about the person with one value that has a digit.
function peopleOf({ people }, facts) {
  const found = [...people].map(([fact, [, values]]) =>
    [fact, common(facts.get(fact) ?? new Set(), [...values.values()])]);
  return new Map(found.filter(([, values]) => values.size === 1));
}

function peopleRead({ codes }, digits) {
  const found = [...codes.people].map(([fact, [size, values]]) => [fact, values.get(digits(size))]);
  return new Map(found.filter(([, value]) => value !== undefined)
    .map(([fact, value]) => [fact, new Set([value])]));
}

// The narrowest shape that can encode the most of the given facts.
function shapeToWrite({ library, start, given }) {
  const [narrow, wide] = library.codes.trees.get(start.tree)[1];
  const many = (shape) => [...held(shape, given).values()].flatMap((each) => [...each]).length;
  return many(narrow) === many(wide) ? narrow : wide;
}

// The given facts that a shape can encode.
function held(shape, given) {
  const found = [...shape.facts].filter(([fact]) => given.has(fact))
    .map(([fact, values]) => [fact, common(given.get(fact), values)]);
  return new Map(found.filter(([, values]) => values.size));
}

function common(some, values) {
  return new Set(values.filter((value) => some.has(value)));
}

function isSame(one, other) {
  return one.size === other.size && [...one].every((each) => other.has(each));
}
