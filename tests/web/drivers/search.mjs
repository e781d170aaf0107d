// What the search in the browser finds for what people say, and what it takes to be a crisis. A job
// with steps builds an index of its own, step by step, and says how many these were.
import { modules, perJob } from "./jobs.mjs";

const { TreeSearch, libraryFrom, revived } = await modules(
  "search/trees.mjs", "engine/library.mjs",
);

function find({ said, teller, steps = 0 }, { made, search }) {
  const index = steps ? made() : search;
  while (steps && !index.step()) steps += 1;
  const found = index.find(said, teller).map(({ tree, score }) => [tree, score]);
  const wrote = [...index.dangerWritten(said)].sort();
  return { found, is_crisis: index.isCrisis(said), wrote, steps };
}

await perJob(find, ({ walk, search }) => {
  const library = libraryFrom(walk), known = revived(search);
  const made = () => new TreeSearch(library, known);
  return { made, search: made() };
});
