// Where each `if` and each `? :` of a module has its condition: [start, end] of each.
import { createRequire } from "node:module";
import { perJob } from "./jobs.mjs";

// The parser that Node.js itself has, for which it must be started with --expose-internals.
const { parse } = createRequire(import.meta.url)("internal/deps/acorn/acorn/dist/acorn");
const CONDITIONAL = ["IfStatement", "ConditionalExpression"];

function* conditions(node) {
  if (node === null || typeof node !== "object") return;
  if (CONDITIONAL.includes(node.type)) yield [node.test.start, node.test.end];
  for (const part of Object.values(node)) yield* conditions(part);
}

await perJob((text) => {
  return [...conditions(parse(text, { ecmaVersion: 2022, sourceType: "module" }))];
});
