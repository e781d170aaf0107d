// What every driver does: reads jobs from stdin, one line each, and writes a result for each.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const lines = readFileSync(0, "utf8").split("\n").filter(Boolean);

// The exports of some modules, named from src/fingerpost/web: modules("engine/walk.mjs").
export async function modules(...names) {
  const at = (name) => pathToFileURL(resolve(process.argv[2], name)).href;
  return Object.assign({}, ...(await Promise.all(names.map((name) => import(at(name))))));
}

// A value as JSON with names in order, sets as sorted lists and maps as objects: equal values are
// equal texts. What has no JSON, such as undefined, is an error and never left out.
export function canonical(value) {
  if (value === undefined || Number.isNaN(value)) throw new TypeError(`no JSON: ${value}`);
  if (value instanceof Set) return canonical([...value].sort());
  if (value instanceof Map) return canonical(Object.fromEntries(value));
  if (Array.isArray(value)) return `[${value.map(canonical)}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`)}}`;
}

// Writes work(job, given) for each job. `prepare` makes of what all jobs share what work is given.
export async function perJob(work, prepare = (shared) => shared) {
  const [shared, ...jobs] = lines.map((line) => JSON.parse(line));
  const prepared = await prepare(shared);
  for (const job of jobs) {
    let result;
    try {
      result = `{"is":${canonical(await work(job, prepared))}}`;
    } catch (error) {
      result = JSON.stringify({ threw: error.stack });
    }
    process.stdout.write(`${result}\n`);
  }
}
