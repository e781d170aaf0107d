// What the search in the browser finds for what people say, and what it takes to be a crisis.
import { modules, perJob } from "./jobs.mjs";

const { TreeSearch, revived } = await modules("search/trees.mjs", "engine/library.mjs");

function find({ said, teller }, search) {
  const found = search.find(said, teller).map(({ tree, score }) => [tree, score]);
  const two = search.two(said, teller), plain = search.plain(said, teller);
  const told = search.told(said, new Map(teller ? [["teller", new Set([teller])]] : []));
  return { found, two, plain, told, advice: search.advice(said), needs: new Set(search.needsInDanger(said) ?? []), is_crisis: search.isCrisis(said), may_be: search.mayBeCrisis(said) };
}

await perJob(find, ({ search }) => new TreeSearch(revived(search)));
