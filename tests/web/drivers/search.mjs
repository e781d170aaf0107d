// What the search in the browser finds for what people say, and what it takes to be a crisis.
import { modules, perJob } from "./jobs.mjs";

const { TreeSearch, revived } = await modules("search/trees.mjs", "engine/library.mjs");

function find({ said, teller }, search) {
  const found = search.find(said, teller).map(({ tree, score }) => [tree, score]);
  const wrote = [...search.dangerWritten(said)].sort();
  const two = search.two(said, teller), plain = search.plain(said, teller);
  const stated = Object.fromEntries(
    [...search.statedIn([said], teller ?? "")].map(([fact, values]) => [fact, [...values].sort()]));
  return { found, two, plain, stated, is_crisis: search.isCrisis(said), may_be: search.mayBeCrisis(said), wrote };
}

await perJob(find, ({ search }) => new TreeSearch(revived(search)));
