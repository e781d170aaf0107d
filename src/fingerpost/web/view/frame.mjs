// What stays around every screen: danger, leaving, going back, the keys, and print.
import { say } from "../engine/messages.mjs";
import { button, command, el } from "./dom.mjs";

const TIMES = 3, WITHIN = 5000; // how often Escape is pressed to leave, in milliseconds

// Empties the document at once, and takes its place in the history. A blank page needs no network,
// and looks like a new tab.
export function leave() {
  document.replaceChildren();
  location.replace("about:blank");
}

// The frame of a conversation. `danger` shows who helps now. A screen is its nodes, with what
// `back` does, and `paper`, which lays out a sheet of it for print, or takes it away again.
export class Frame {
  constructor(danger) {
    this.main = el("main", { tabindex: -1 });
    this.back = button(command("BACK"), () => this.screen.back(), { class: "back" });
    this.ways = el("nav", { "aria-label": say("web.ways") });
    const urgent = button(command("DANGER"), danger, { class: "danger" });
    const leaving = button(command("LEAVE"), leave, { class: "leave", "aria-keyshortcuts": "Escape" });
    document.body.replaceChildren(el("header", null, this.back, urgent, leaving), this.main, this.ways);
    addEventListener("keydown", (event) => this.#key(event), true);
    addEventListener("beforeprint", () => this.screen.paper?.(true));
    addEventListener("afterprint", () => this.screen.paper?.(false));
    // Nothing is kept for the browser's own way back, which would show the answers again.
    addEventListener("pagehide", () => document.body.replaceChildren());
    addEventListener("pageshow", (event) => event.persisted && location.reload());
  }

  // Shows a screen from its top. `ways` are buttons at its end.
  show(nodes, { back, paper, urgent, ways = [] } = {}) {
    this.screen = { back, paper, urgent };
    this.back.hidden = !back;
    this.main.replaceChildren(...el("div", null, nodes).childNodes);
    this.ways.replaceChildren(...ways);
    scrollTo(0, 0);
    this.#toHeading();
  }

  // Shows something beside the screen, from which one comes back to the same place. What is urgent
  // has no second one beside it.
  aside(nodes, how) {
    if (this.screen.urgent) return this.#toHeading();
    const { screen, back } = this, at = scrollY;
    const kept = [[...this.main.childNodes], [...this.ways.childNodes]];
    const again = () => {
      this.screen = screen;
      this.back.hidden = !screen.back;
      this.main.replaceChildren(...kept[0]);
      this.ways.replaceChildren(...kept[1]);
      scrollTo(0, at);
      this.#toHeading();
    };
    const onward = button(say("web.return"), again, { class: "onward" });
    this.show([nodes, onward], { ...how, back: again });
  }

  #toHeading() {
    this.main.querySelector("h1").focus({ preventScroll: true });
  }

  #key(event) {
    if (event.key === "Escape") {
      this.pressed = [...(this.pressed ?? []), event.timeStamp].slice(-TIMES);
      if (this.pressed.length === TIMES && event.timeStamp - this.pressed[0] <= WITHIN) leave();
    }
    const isTyping = event.target.matches("input[type=text]");
    if (isTyping || event.ctrlKey || event.altKey || event.metaKey || !/^[1-9]$/.test(event.key)) return;
    // Only here: whoever speaks to the computer may say a number by chance.
    if (!this.main.contains(document.activeElement)) return;
    const choices = this.main.querySelectorAll(".choices > li > *");
    choices[event.key - 1]?.click();
  }
}
