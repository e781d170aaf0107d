// A number in letters with a check that finds typos, and back; twin of walk/check_letters.py, which
// says how.
import { say } from "../engine/messages.mjs";

const LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const GROUP = 4, CHECKS = 2, BITS = 5;
const BETWEEN = " \t\r\n\u00a0\u202f.-\u2010\u2011\u2012\u2013\u2014\u2212";

// Not a code, or one that cannot be opened here; the message is a sentence.
export class WrongCode extends Error {
  constructor(why) {
    super(say(`code.wrong-${why}`));
  }
}

// A number, a BigInt, in groups of four letters joined by hyphens.
export function written(number) {
  const count = groupsOf(number) * GROUP - CHECKS;
  const symbols = Array.from({ length: count }, (_, at) =>
    Number(BigInt.asUintN(BITS, number >> BigInt(BITS * (count - 1 - at)))));
  // Two zeros in the positions of the check letters leave the pair that those must cancel.
  const letters = [...symbols, ...remainder([...symbols, 0, 0])].map((symbol) => LETTERS[symbol]);
  return letters.join("").match(/.{4}/g).join("-");
}

// The number of a code, in either case and with any spaces, hyphens and dots. Throws WrongCode.
export function read(code) {
  const symbols = [...code].filter((letter) => !BETWEEN.includes(letter)).map((letter) =>
    LETTERS.indexOf(letter >= "a" && letter <= "z" ? letter.toUpperCase() : letter));
  if (symbols.includes(-1)) throw new WrongCode("characters");
  if (!symbols.length) throw new WrongCode("none");
  if (symbols.length % GROUP) throw new WrongCode("groups");
  const number = symbols.slice(0, -CHECKS).reduce((sum, each) => sum << 5n | BigInt(each), 0n);
  const isRight = remainder(symbols).every((each) => each === 0);
  if (!isRight || groupsOf(number) * GROUP !== symbols.length) throw new WrongCode("check");
  return number;
}

// Whether a group may look like a word: three letters in a row, one of them A, E or U.
export function spells(code) {
  const parts = code.split("-").flatMap((group) => [group.slice(0, 3), group.slice(1)]);
  return parts.some((part) => /^[A-Z]+$/.test(part) && /[AEU]/.test(part));
}

// How many bits a number has.
export function bitsOf(number) {
  return number && number.toString(2).length;
}

function groupsOf(number) {
  const letters = Math.ceil(Number(bitsOf(number)) / BITS);
  return Math.max(1, Math.ceil((letters + CHECKS) / GROUP));
}

// The result of the check, as a pair (a, b) for a times ALPHA plus b.
function remainder(symbols) {
  let high = 0, low = 1;
  for (const symbol of symbols) [high, low] = [high ^ low, high ^ doubled(high) ^ symbol];
  return [high, low];
}

function doubled(element) {
  return element << 1 ^ (element & 16 ? 0b100101 : 0);
}
