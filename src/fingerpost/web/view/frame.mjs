// What stays around every screen: danger, leaving, going back, whom to ring, the keys, and print.
import { say } from "../engine/messages.mjs";
import { button, command, el, flat, link } from "./dom.mjs";
import { cardOf, layOut } from "./paper.mjs";

const TIMES = 3, WITHIN = 5000; // how often Escape is pressed to leave, in milliseconds
const DANGER = "!", ALSO_DANGER = "0"; // the second where nobody is typing
const NOTE = "n"; // a worker's, which no screen names

// The states of the only entry that is added to the history, so that the browser's own way back can
// be answered on every screen: that it is there, and that somebody left from it. Whoever goes back
// from it is brought forward to it again.
const HERE = "", LEFT = "left";
const SOON_LEFT = 300; // milliseconds, after which leaving waits for no entry

// Where leaving ends: at the page that the host has named, if there may be a network, else at a blank
// one, which looks like a new tab.
const NEUTRAL = document.querySelector("meta[name=leave-to]")?.content;

// Empties the document at once, and takes its place in the history.
function leave() {
  document.replaceChildren();
  if (history.state !== HERE) return blank();
  history.replaceState(LEFT, "");
  setTimeout(blank, SOON_LEFT);
  return history.back();
}

function blank() {
  location.replace(NEUTRAL && navigator.onLine ? NEUTRAL : "about:blank");
}

// Whether somebody comes forward again to where they left; it is blank then as well.
export function hasLeft() {
  if (history.state === LEFT) blank();
  return history.state === LEFT;
}

// The frame of a conversation; `danger` shows who helps now, and `numbers` gives whom to ring. A
// screen is { back, paper, urgent }: what its way back does, what lays out a sheet of it for print
// (else numbers alone, and no answer), and whether it is for danger.
export class Frame {
  constructor({ danger, numbers }) {
    Object.assign(this, { danger, numbers, card: () => layOut(cardOf(numbers())) });
    this.main = el("main", { tabindex: -1 });
    this.back = button(command("BACK"), () => this.screen.back());
    this.ways = el("nav", { "aria-label": say("web.ways") });
    this.ring = el("footer");
    const known = { class: "danger", "aria-keyshortcuts": DANGER };
    const urgent = button(command("DANGER"), danger, known);
    const keys = { class: "leave", "aria-keyshortcuts": "Escape" };
    const leaving = button(command("LEAVE"), leave, keys);
    const header = el("header", null, this.back, urgent, leaving);
    document.body.replaceChildren(header, this.main, this.ways, this.ring);
    new ResizeObserver(() => document.body.style.setProperty("--foot", `${this.ring.offsetHeight}px`))
      .observe(this.ring); // what goes on stands above it
    addEventListener("keydown", (event) => this.#key(event), true);
    addEventListener("popstate", ({ state }) => this.#wentBack(state));
    addEventListener("beforeprint", () => (this.screen.paper ?? this.card)());
    addEventListener("afterprint", () => layOut(null));
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
    this.ring.replaceChildren(...this.#whomToRing());
    if (screen.back && history.state !== HERE) history.pushState(HERE, "");
    scrollTo(0, top);
    this.main.querySelector("h1").focus({ preventScroll: true });
  }

  #whomToRing() {
    const told = this.numbers().map(({ label, says, uri }) => {
      const made = link("", uri);
      made.append(el("span", { class: "channel" }, `${label}:`), " ", el("span", { class: "says" }, says));
      return made;
    });
    return told.length ? told : [say("danger.last-resort")];
  }

  // The browser's own way back: to the screen before, or from the first one to what was before it.
  #wentBack(state) {
    if (!document.documentElement) return blank(); // they have left
    if (state !== null) return;
    if (!this.screen.back) return history.back();
    this.screen.back();
    if (this.screen.back) history.forward();
  }

  #key(event) {
    const { key, timeStamp, target, ctrlKey, altKey, metaKey } = event;
    if (key === "Escape") {
      this.pressed = [...(this.pressed ?? []), timeStamp].slice(-TIMES);
      if (this.pressed.length === TIMES && timeStamp - this.pressed[0] <= WITHIN) leave();
    }
    // A number chooses only from here: who speaks to the computer may say one by chance.
    const isTyping = target.type === "text", isElsewhere = !this.main.contains(target);
    if (key === DANGER || (key === ALSO_DANGER && !isTyping && !ctrlKey && !altKey && !metaKey)) {
      event.preventDefault();
      return this.danger();
    }
    if (isTyping || isElsewhere || ctrlKey || altKey || metaKey) return;
    if (key === NOTE) this.ways.querySelector("[hidden]")?.click();
    if (/^[1-9]$/.test(key)) this.main.querySelectorAll(".choices > li > *")[key - 1]?.click();
  }
}
