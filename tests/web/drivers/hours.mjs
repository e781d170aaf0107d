// Availability of services and London's clocks, of a library whose routes have the hours to try.
import { modules, perJob } from "./jobs.mjs";

const engine = await modules("engine/library.mjs", "engine/availability.mjs");

function work({ hours, at, nation, utc }, library) {
  if (utc !== undefined) return utc.map((moment) => engine.wall(moment) - moment);
  const read = library.routes.get(hours)?.ways[0].hours?.read;
  const found = engine.availability(read, new Date(at), nation, library.holidays);
  const { state, until = null, opens = null, at_the_latest = false } = found;
  return { state, until, opens, at_the_latest, says: engine.says(found) };
}

await perJob(work, engine.libraryFrom);
