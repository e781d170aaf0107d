// What becomes of each address: the name of its element, its text, and where it leads.
import { modules, perJob } from "./jobs.mjs";

const { linked } = await modules("view/links.mjs");
const put = function (...parts) {
  this.textContent = parts.filter((part) => typeof part === "string").join("");
};
const doc = { createElement: (name) => Object.assign(Object.create({ append: put }), { name, href: null }) };

await perJob((uri) => linked(doc, "<b>Text</b>", uri));
