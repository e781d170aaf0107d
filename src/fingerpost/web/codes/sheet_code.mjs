// The code of a sheet: its tree, and who it is about; twin of walk/sheet_code.py, which says how.
// `library.in_codes` has the facts that a code holds, each with its values.
import { say } from "../engine/messages.mjs";

const LETTERS = "BCDGHJLMPQRTVWXZ";
const FORMAT = 1, GROUP = /.{4}/g, TREE = 4, FACT = 3, CHECK = 6;
const LENGTH = 1 + TREE + 3 * FACT + CHECK;
const BETWEEN = " \t\r\n\u00a0\u202f.-\u2010\u2011\u2012\u2013\u2014\u2212";

// Not a code, or one that cannot be opened here; the message is a sentence.
export class WrongCode extends Error {
  constructor(why) {
    super(say(`code.wrong-${why}`));
  }
}

// The code of a tree and of what is known about the person. Other facts are left out.
export function codeOf(library, tree, facts) {
  let letters = lettersOf(FORMAT, 1) + lettersOf(crc32(tree), TREE);
  for (const [fact, values] of library.in_codes) {
    const known = values.filter((value) => facts.get(fact)?.has(value));
    letters += lettersOf(known.length === 1 ? valueOf(fact, known[0]) : 0, FACT);
  }
  return (letters + lettersOf(crc32(letters), CHECK)).match(GROUP).join("-");
}

// What a code holds: {tree, facts}. Throws WrongCode.
export function opened(library, code) {
  const typed = [...code].filter((each) => !BETWEEN.includes(each));
  const letters = typed.map((each) => (/[a-z]/.test(each) ? each.toUpperCase() : each)).join("");
  if (!letters) throw new WrongCode("none");
  if ([...letters].some((each) => !LETTERS.includes(each))) throw new WrongCode("characters");
  if (letters.length !== LENGTH) throw new WrongCode("length");
  const check = lettersOf(crc32(letters.slice(0, -CHECK)), CHECK);
  if (check !== letters.slice(-CHECK)) throw new WrongCode("check");
  if (letters[0] !== LETTERS[FORMAT]) throw new WrongCode("version");
  const written = letters.slice(1, 1 + TREE);
  const tree = only([...library.trees.keys()].filter((name) =>
    lettersOf(crc32(name), TREE) === written));
  if (tree === undefined) throw new WrongCode("tree");
  const facts = new Map();
  [...library.in_codes].forEach(([fact, values], number) => {
    const at = 1 + TREE + number * FACT, held = letters.slice(at, at + FACT);
    const value = only(values.filter((each) => lettersOf(valueOf(fact, each), FACT) === held));
    if (value !== undefined) facts.set(fact, new Set([value]));
  });
  return { tree, facts };
}

// The lowest bits of a number as some letters, four bits each, the highest first.
function lettersOf(number, count) {
  const places = Array.from({ length: count }, (_, at) => 4 * (count - 1 - at));
  return places.map((place) => LETTERS[number >>> place & 15]).join("");
}

function valueOf(fact, value) {
  return 1 + crc32(`${fact}=${value}`) % 4095;
}

// The only one of some names: two that are alike in a code are not told apart.
function only(names) {
  return names.length === 1 ? names[0] : undefined;
}

function crc32(text) {
  let sum = ~0;
  for (const byte of new TextEncoder().encode(text)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum >>> 1 ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}
