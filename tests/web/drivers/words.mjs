// The words, the stems and the corrected words of texts, as the search in a browser has them. Of a
// text with a character that is newer than this Node.js the words are null.
import { modules, perJob } from "./jobs.mjs";

const { englishStems, meant, tokens } = await modules(
  "search/words.mjs", "search/spelling.mjs",
);

const stem = englishStems();

await perJob(({ split, stems, slips, known }) => ({
  split: (split ?? []).map((text) => (/\p{Cn}/u.test(text) ? null : tokens(text))),
  stems: (stems ?? []).map(stem),
  meant: (slips ?? []).map((word) => meant(word, known)),
}));
