// Pages, danger screens and what is said of approvals, for the facts of some readers.
import { modules, perJob } from "./jobs.mjs";

const { labels, libraryFrom, page, answeringNow, danger, stateOf } = await modules(
  "engine/library.mjs",
  "engine/page.mjs",
  "engine/labels.mjs",
);

// What the labels of a page say.
function says(page) {
  const contacts = page.help.flatMap((each) => [...each.contacts, ...each.more]);
  return {
    urgency: labels.urgency(page.urgency),
    lifeline: labels.lifeline(page),
    danger: labels.danger(page),
    reviewed: labels.reviewed(page),
    overdue: labels.overdue(page),
    cited: page.sources.map(labels.cited),
    contacts: contacts.map((contact) => ({
      title: labels.titleOf(contact),
      state: stateOf(contact),
      live_now: answeringNow(contact)[0] ?? null,
      ways: contact.ways.map((way) => [labels.channel(way.channel), way.says, way.address]),
      details: contact.details.map(({ field }) => labels.detail(field)),
    })),
  };
}

function work({ library: place, tree, outcome, facts, at }, libraries) {
  const library = libraries[place];
  const clock = at === null ? null : { at: new Date(at), holidays: library.holidays };
  if (facts === undefined) return labels.approvalOf(library, tree);
  const known = new Map(Object.entries(facts).map(([fact, values]) => [fact, new Set(values)]));
  if (outcome === undefined) return danger(library, known, clock);
  const here = library.trees.get(tree);
  const made = page(library, here, here.outcomes.get(outcome), known, clock);
  return { page: made, says: says(made) };
}

await perJob(work, (given) => given.map(libraryFrom));
