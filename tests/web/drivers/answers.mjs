// What the search for answers in the browser finds for what people ask, by the names of the lines.
import { modules, perJob } from "./jobs.mjs";

const { AnswerSearch, TreeSearch, libraryFrom, revived } = await modules(
  "search/answers.mjs", "search/trees.mjs", "engine/library.mjs",
);

function find({ said, facts }, { answers, index }) {
  const known = new Map(Object.entries(facts).map(([fact, values]) => [fact, new Set(values)]));
  const search = new AnswerSearch(answers, known, facts.teller?.[0], index);
  const plainly = [search.askedPlainly(said)].filter(Boolean);
  return [search.find(said), search.askedBy(said), plainly].map((found) => found.map(({ name }) => name));
}

await perJob(find, ({ library, search }) =>
  ({ answers: libraryFrom(library).answers, index: new TreeSearch(revived(search)) }));
