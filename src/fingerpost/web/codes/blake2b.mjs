// The digest of an ASCII text by BLAKE2b (RFC 7693), without a key and with 64 bytes, as Python's
// hashlib makes it. A word of 64 bits is two of 32, the lower first: as a BigInt it took most of
// the time of a sheet's code.

const BLOCK = 128;
const START = [
  0xf3bcc908, 0x6a09e667, 0x84caa73b, 0xbb67ae85, 0xfe94f82b, 0x3c6ef372, 0x5f1d36f1, 0xa54ff53a,
  0xade682d1, 0x510e527f, 0x2b3e6c1f, 0x9b05688c, 0xfb41bd6b, 0x1f83d9ab, 0x137e2179, 0x5be0cd19,
];
const HALF = 2 ** 32;
const ORDERS = [ // of the words of a block, in each round
  "0123456789abcdef", "ea489fd61c02b753", "b8c052fdae367194", "7931dcbe265a40f8",
  "905724afe1bc683d", "2c6a0b834d75fe19", "c51fed4a0763928b", "db7ec13950f4862a",
  "6fe9b308c2d714a5", "a2847615fb9e3cd0",
].map(places);
const ROUNDS = 12;
const MIXED = ["048c", "159d", "26ae", "37bf", "05af", "16bc", "278d", "349e"].map(places);

// Where words begin, each in two halves.
function places(order) {
  return [...order].map((word) => 2 * parseInt(word, 16));
}

// The digest as a number, its first byte the highest.
export function blake2b(text) {
  const state = Uint32Array.from(START);
  state[0] ^= 0x01010040;
  const last = Math.max(0, Math.ceil(text.length / BLOCK) - 1) * BLOCK;
  for (let at = 0; at <= last; at += BLOCK) {
    const block = text.slice(at, at + BLOCK);
    compress(state, block, at + block.length, at === last);
  }
  const bytes = new DataView(new ArrayBuffer(4));
  return state.reduce((number, half) => {
    bytes.setUint32(0, half, true);
    return number << 32n | BigInt(bytes.getUint32(0));
  }, 0n);
}

function compress(state, block, read, isLast) {
  const words = Uint32Array.from({ length: 32 }, (_, half) => littleEndian(block, 4 * half));
  const v = Uint32Array.from([...state, ...START]);
  v[24] ^= read;
  if (isLast) {
    v[28] = ~v[28];
    v[29] = ~v[29];
  }
  for (let round = 0; round < ROUNDS; round++) {
    const order = ORDERS[round % ORDERS.length];
    for (let at = 0; at < MIXED.length; at++) {
      mix(v, MIXED[at], words, order[2 * at], order[2 * at + 1]);
    }
  }
  for (let at = 0; at < state.length; at++) state[at] ^= v[at] ^ v[at + 16];
}

function mix(v, [a, b, c, d], words, one, other) {
  add(v, a, v, b);
  add(v, a, words, one);
  rotate(v, d, a, 32);
  add(v, c, v, d);
  rotate(v, b, c, 24);
  add(v, a, v, b);
  add(v, a, words, other);
  rotate(v, d, a, 16);
  add(v, c, v, d);
  rotate(v, b, c, 63);
}

// Adds a word of `others` to one of `v`.
function add(v, to, others, from) {
  const low = v[to] + others[from];
  v[to] = low;
  v[to + 1] += others[from + 1] + (low >= HALF);
}

// Joins two words of `v` bit by bit, and turns the first of them to the right.
function rotate(v, to, from, bits) {
  let low = v[to] ^ v[from], high = v[to + 1] ^ v[from + 1];
  if (bits >= 32) [low, high] = [high, low];
  const left = bits % 32;
  v[to] = left ? low >>> left | high << 32 - left : low;
  v[to + 1] = left ? high >>> left | low << 32 - left : high;
}

function littleEndian(block, at) {
  let word = 0;
  for (let byte = at + 3; byte >= at; byte--) word = word << 8 | block.charCodeAt(byte);
  return word;
}
