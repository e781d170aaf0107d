// The code of a walk, and what codes open to.
import { modules, perJob } from "./jobs.mjs";

const {
  WrongCode, answer, back, begin, blake2b, carryOn, change, codeOf, libraryFrom, opened, reask,
  useCatalogue,
} = await modules(
  ...["engine/library", "engine/messages", "engine/walk", "codes/blake2b", "codes/check_letters"]
    .map((name) => `${name}.mjs`),
  "codes/resume_code.mjs",
);

const MOVES = { answer, back, carryOn, change, reask };

function walked(library, { tree, given, moves }) {
  const facts = new Map(given.map(([fact, values]) => [fact, new Set(values)]));
  return moves.reduce((walk, [move, ...values]) => {
    try {
      return MOVES[move](walk, ...values);
    } catch (error) {
      if (error instanceof RangeError) return walk;
      throw error;
    }
  }, begin(library, tree, facts));
}

function tried(library, code) {
  try {
    const { tree, facts, walk } = opened(library, code);
    if (walk === null) return { tree, facts, walk };
    const { tree: at, here, given, replies } = walk;
    return { tree, facts, walk: { place: [at.name, here.name], given, replies } };
  } catch (error) {
    if (error instanceof WrongCode) return { wrong: error.message };
    throw error;
  }
}

await perJob(
  (job, libraries) => {
    if (job.digest !== undefined) return blake2b(job.digest).toString(16);
    const library = libraries[job.library];
    useCatalogue(library.messages);
    const code = job.walk === null ? null : codeOf(walked(library, job.walk));
    return { code, opened: job.codes.map((each) => tried(library, each)) };
  },
  (libraries) => libraries.map(libraryFrom),
);
