// The known word that a mistyped one stands for; twin of `meant` in model/spelling.py.

const SHORT = 4, LONG = 8, LONGEST = 40;

// The known word nearest to one of a search, or null if none is within its distance. Of words as
// near, one with the same first letter wins, and then the first by alphabet.
export function meant(word, known) {
  const letters = [...word];
  if (letters.length < SHORT || letters.length > LONGEST) return null;
  let best = null, least = letters.length < LONG ? 1 : 2;
  for (const other of known) {
    if (Math.abs(other.length - word.length) > 2 * least) continue;
    const others = [...other];
    const far = distance(letters, others, least);
    if (far > least) continue;
    const begins = others[0] === letters[0];
    const nearer = best === null || far < least || (begins !== best.begins ? begins
      : other < best.other);
    if (nearer) best = { other, begins };
    least = far;
  }
  return best && best.other;
}

// Optimal string alignment: a letter inserted, deleted or replaced, or two neighbours swapped,
// counts 1. Whatever is more than `most` may be told as any greater number.
function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [], row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      let far = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        far = Math.min(far, before[j - 2] + 1);
      }
      next.push(far);
    }
    if (Math.min(...next) > most && Math.min(...row) > most) return most + 1;
    [before, row] = [row, next];
  }
  return row[other.length];
}
