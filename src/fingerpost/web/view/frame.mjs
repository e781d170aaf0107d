// What stays around every screen: danger, leaving, going back, the keys, and print.
import { say } from "../engine/messages.mjs";
import { layOut } from "../sheets/paper.mjs";
import { button, command, el, flat } from "./dom.mjs";

const TIMES = 3, WITHIN = 5000; // how often Escape is pressed to leave, in milliseconds

// Empties the document at once, and takes its place in the history. A blank page needs no network,
// and looks like a new tab.
function leave() {
  document.replaceChildren();
  location.replace("about:blank");
}

// The frame of a conversation; `danger` shows who helps now. A screen is { back, paper, urgent }:
// what its way back does, what lays out a sheet of it for print, and whether it is for danger.
export class Frame {
  constructor(danger) {
    this.main = el("main", { tabindex: -1 });
    this.back = button(command("BACK"), () => this.screen.back());
    this.ways = el("nav", { "aria-label": say("web.ways") });
    const urgent = button(command("DANGER"), danger, { class: "danger" });
    const keys = { class: "leave", "aria-keyshortcuts": "Escape" };
    const leaving = button(command("LEAVE"), leave, keys);
    const header = el("header", null, this.back, urgent, leaving);
    document.body.replaceChildren(header, this.main, this.ways);
    addEventListener("keydown", (event) => this.#key(event), true);
    addEventListener("beforeprint", () => this.screen.paper?.());
    addEventListener("afterprint", () => layOut(null, document));
    // Nothing is kept for the browser's own way back, which would show the answers again.
    addEventListener("pagehide", () => document.body.replaceChildren());
    addEventListener("pageshow", (event) => event.persisted && location.reload());
  }

  // Shows a screen from its top. `ways` are buttons at its end.
  show(nodes, { ways = [], ...screen }) {
    this.#place(screen, flat(nodes), ways, 0);
  }

  // Shows something beside the screen, from which one comes back to the same place. What is urgent
  // has no second one beside it.
  aside(nodes, screen) {
    if (this.screen.urgent) return this.#place(this.screen, this.main.childNodes, [], 0);
    const before = [this.screen, [...this.main.childNodes], [...this.ways.childNodes], scrollY];
    const again = () => this.#place(...before);
    const onward = button(say("web.return"), again, { class: "onward" });
    return this.show([nodes, onward], { ...screen, back: again });
  }

  // The focus goes to the heading, and so that is said.
  #place(screen, nodes, ways, top) {
    this.screen = screen;
    this.back.hidden = !screen.back;
    this.main.replaceChildren(...nodes);
    this.ways.replaceChildren(...ways);
    scrollTo(0, top);
    this.main.querySelector("h1").focus({ preventScroll: true });
  }

  #key({ key, timeStamp, target, ctrlKey, altKey, metaKey }) {
    if (key === "Escape") {
      this.pressed = [...(this.pressed ?? []), timeStamp].slice(-TIMES);
      if (this.pressed.length === TIMES && timeStamp - this.pressed[0] <= WITHIN) leave();
    }
    // A number chooses only from here: who speaks to the computer may say one by chance.
    const isTyping = target.type === "text" || !this.main.contains(target);
    if (isTyping || ctrlKey || altKey || metaKey || !/^[1-9]$/.test(key)) return;
    this.main.querySelectorAll(".choices > li > *")[key - 1]?.click();
  }
}
