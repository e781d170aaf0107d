// Elements of the page, made of texts and never of markup.
import { say } from "../engine/messages.mjs";
import { linked } from "./links.mjs";

export const SOON = 200; // milliseconds, in which a slow computer has painted a screen

// An element with its attributes, its listeners (those that are functions) and its children. What
// is false, empty or missing is left out. Names of attributes are never an author's.
export function el(name, given, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(given ?? {})) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value || value === 0) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...flat(children).flatMap(inEnglish));
  return made;
}

// A text of which the end is marked as English, where there is no translation of it.
function inEnglish(text) {
  const mark = say("language.fallback", { text: "" });
  const end = typeof text === "string" && text.includes(mark) && text.indexOf(mark) + mark.length;
  return end ? [text.slice(0, end), el("span", { lang: "en-GB" }, text.slice(end))] : [text];
}

// Nodes and texts, however deep in lists, without what is false, empty or missing.
export function flat(children) {
  return children.flat(Infinity).filter((each) => each || each === 0);
}

export function p(kind, ...children) {
  return el("p", { class: kind }, ...children);
}

export function button(text, click, given) {
  return el("button", { type: "button", click, ...given }, text);
}

// A list of anything; nothing for nothing.
export function list(name, kind, items, given) {
  return items.length > 0 && el(name, { class: kind, ...given }, items.map((each) => el("li", null, each)));
}

// Something to read that is shown on request. `make` gives what is inside: when that is wanted, or
// soon after the screen is there, so that a search of the browser finds it.
export function onRequest(says, make) {
  const made = el("details", null, el("summary", null, says));
  const fill = () => {
    made.append(...flat([make()]));
    make = () => [];
  };
  made.addEventListener("toggle", fill);
  setTimeout(fill, SOON);
  return made;
}

// An address as a link, if it may be followed. A page of the web opens beside this one.
export function link(text, uri) {
  const made = linked(document, text, uri);
  made.classList.add(/^(?:tel|sms):/.test(uri) ? "number" : "address");
  if (made.protocol === "https:") Object.assign(made, { target: "_blank", rel: "noreferrer" });
  return made;
}

// A field to type in, which no browser remembers, corrects or sends: it has no name.
export function field(id, says, given) {
  const typed = el("input", {
    id, type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false", ...given,
  });
  return [el("label", { for: id }, says), typed];
}

// Fields, and what Enter does in them. Nothing is ever submitted.
export function form(submit, ...children) {
  const does = (event) => (event.preventDefault(), submit());
  return el("form", { autocomplete: "off", submit: does }, ...children);
}

// The heading of a screen, with what stands above it. It takes the focus, and so it is said.
export function titled(says, kicker = "") {
  return [
    kicker && el("p", { class: "kicker", id: "where" }, kicker),
    el("h1", { tabindex: -1, "aria-describedby": kicker && "where" }, says),
  ];
}

// The name of a command, as of a button.
export function command(name) {
  const says = say(`key.${name}`);
  return says[0].toUpperCase() + says.slice(1);
}
