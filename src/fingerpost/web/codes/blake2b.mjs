// The digest of an ASCII text by BLAKE2b (RFC 7693), without a key and with 64 bytes, as Python's
// hashlib makes it.

const WORD = 2n ** 64n - 1n;
const BLOCK = 128;
const START = [
  0x6a09e667f3bcc908n, 0xbb67ae8584caa73bn, 0x3c6ef372fe94f82bn, 0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n, 0x9b05688c2b3e6c1fn, 0x1f83d9abfb41bd6bn, 0x5be0cd19137e2179n,
];
const ORDERS = [ // of the words of a block, in each round
  "0123456789abcdef", "ea489fd61c02b753", "b8c052fdae367194", "7931dcbe265a40f8",
  "905724afe1bc683d", "2c6a0b834d75fe19", "c51fed4a0763928b", "db7ec13950f4862a",
  "6fe9b308c2d714a5", "a2847615fb9e3cd0",
].map((order) => [...order].map((word) => parseInt(word, 16)));
const ROUNDS = 12;
const MIXED = ["048c", "159d", "26ae", "37bf", "05af", "16bc", "278d", "349e"]
  .map((four) => [...four].map((word) => parseInt(word, 16)));

// The digest as a number, its first byte the highest.
export function blake2b(text) {
  const state = [...START];
  state[0] ^= 0x01010040n;
  const last = Math.max(0, Math.ceil(text.length / BLOCK) - 1) * BLOCK;
  for (let at = 0; at <= last; at += BLOCK) {
    const block = text.slice(at, at + BLOCK);
    compress(state, block, BigInt(at + block.length), at === last);
  }
  return state.reduce((number, word) => number << 64n | turned(word), 0n);
}

function compress(state, block, read, isLast) {
  const words = Array.from({ length: 16 }, (_, word) => littleEndian(block, 8 * word));
  const v = [...state, ...START];
  v[12] ^= read;
  if (isLast) v[14] ^= WORD;
  for (let round = 0; round < ROUNDS; round++) {
    const order = ORDERS[round % ORDERS.length];
    for (const [at, four] of MIXED.entries()) {
      mix(v, four, words[order[2 * at]], words[order[2 * at + 1]]);
    }
  }
  for (let at = 0; at < 8; at++) state[at] ^= v[at] ^ v[at + 8];
}

function mix(v, [a, b, c, d], one, other) {
  for (const [word, byD, byB] of [[one, 32n, 24n], [other, 16n, 63n]]) {
    v[a] = (v[a] + v[b] + word) & WORD;
    v[d] = rotated(v[d] ^ v[a], byD);
    v[c] = (v[c] + v[d]) & WORD;
    v[b] = rotated(v[b] ^ v[c], byB);
  }
}

function rotated(word, bits) {
  return word >> bits | word << 64n - bits & WORD;
}

function littleEndian(block, at) {
  let word = 0n;
  for (let byte = at + 7; byte >= at; byte--) {
    word = word << 8n | BigInt(block.charCodeAt(byte) || 0);
  }
  return word;
}

// A word with its bytes in the other order.
function turned(word) {
  let found = 0n;
  for (let byte = 0n; byte < 64n; byte += 8n) found = found << 8n | word >> byte & 255n;
  return found;
}
