// The words and addresses that the view makes of pages, on the screen or on paper: of each ending
// one text. What is shown on request is asked for.
import { modules, perJob } from "./jobs.mjs";

// As much of an element as the view needs.
class Element {
  inside = [];
  href = "";
  classList = { add() {} };

  append(...children) {
    this.inside.push(...children);
  }

  after(...children) {
    this.inside.push(...children);
  }

  get firstChild() {
    return this.inside[0];
  }

  set textContent(text) {
    this.inside = [text];
  }

  setAttribute() {}

  addEventListener() {}

  toString() {
    return [...this.inside, this.href].join(" ");
  }
}

globalThis.document = { createElement: () => new Element() };
globalThis.setTimeout = (does) => does();

const { endingOf, libraryFrom, useCatalogue } = await modules(
  "engine/library.mjs", "engine/messages.mjs", "view/ending.mjs",
);

await perJob(
  ({ page, paper }) => endingOf(page, { codes: new Map(), paper }).flat(Infinity).join(" "),
  (data) => useCatalogue(libraryFrom(data).messages),
);
