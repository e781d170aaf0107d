// The words of a text; twin of search/words.py.

// As Python's \w but for letters that only a newer version of Unicode has.
const WORD = /[\p{L}\p{N}_£]+/gu;
const APOSTROPHES = /['‘’]/g;

export const MOST_WORDS = 60;

// The case-folded words of a text, in order.
export function tokens(text) {
  const plain = text.normalize("NFC").replace(APOSTROPHES, "");
  if (/^[\0-\x7f]*$/.test(plain)) return plain.toLowerCase().match(WORD) ?? [];
  return (plain.match(WORD) ?? []).map(folded);
}

// As Python's casefold, but for Cherokee, which that folds to its capitals.
function folded(word) {
  return [...word].map((letter) => (letter === "ı" ? letter : smallest(letter))).join("");
}

// Letter by letter, since a final sigma is another in a word; in three steps, since ß and ẞ are ss.
function smallest(letter) {
  return letter.toLowerCase().toUpperCase().toLowerCase();
}
