// The letter that stands for each word in the texts of an index; twin of `lettered` in
// search/index.py.

const LETTERS = [
  [0x23, 0x5c], [0x5d, 0x7f], [0x100, 0x800], [0x4e00, 0xa000], [0x20000, 0xe0000],
];

// The letter of each of these words.
export function lettered(words) {
  return new Map(words.map((word, number) => [word, letter(number)]));
}

function letter(number) {
  let past = number;
  for (const [from, to] of LETTERS) {
    if (past < to - from) return String.fromCodePoint(from + past);
    past -= to - from;
  }
  return String.fromCodePoint(LETTERS.at(-1)[1] - 1);
}
