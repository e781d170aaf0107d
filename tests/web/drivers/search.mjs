// What the search in the browser finds for what people say, and what it takes to be a crisis.
import { modules, perJob } from "./jobs.mjs";

const { TreeSearch, libraryFrom, revived } = await modules(
  "search/trees.mjs", "engine/library.mjs",
);

await perJob(
  ({ said, teller }, search) => {
    const found = search.find(said, teller).map(({ tree, score }) => [tree, score]);
    return { found, is_crisis: search.isCrisis(said) };
  },
  ({ walk, search }) => new TreeSearch(libraryFrom(walk), revived(search)),
);
