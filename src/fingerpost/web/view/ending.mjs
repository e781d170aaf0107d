// The ending of a walk on the screen, in the order of page/page_text.py, whose twin it is.
import { labels } from "../engine/labels.mjs";
import { NOW } from "../engine/library.mjs";
import { say } from "../engine/messages.mjs";
import { button, el, link, list, p } from "./dom.mjs";
import { needOf, oneWay } from "./services.mjs";
import { aloud, meanings } from "./screens.mjs";

// The nodes of an ending. `codes` are those to scan, and `onward` does what its way on says.
export function endingOf(page, { codes, onward }) {
  const ring = labels.danger(page);
  const cited = page.sources.map((each) => `${labels.cited(each)}.`).join(" ");
  return [
    p(page.urgency === NOW ? "urgency now" : "urgency", labels.urgency(page.urgency)),
    p("kicker", page.tree_title),
    el("h1", { tabindex: -1 }, page.title),
    ring && p("strong", ring),
    p("opening", page.opening),
    page.to_talk.length > 0 && el(
      "div",
      { class: "service" },
      !ring && p("strong", say("goodbye.danger")),
      el("h2", null, labels.lifeline(page)),
      list("ul", "ways", page.to_talk.map(oneWay)),
    ),
    section("page.what-to-do", list("ol", "steps", page.instructions.map(lineOf))),
    page.carry_on && button(page.carry_on, onward, { class: "onward" }),
    section("page.near", list("ul", "", page.near.map(lineOf))),
    section("page.far", list("ul", "", page.far.map(lineOf))),
    page.help.map((each) => needOf(each, codes)),
    section("page.good-to-know", list("ul", "", page.know.map(lineOf))),
    section("page.if-worse", page.worse && p("", page.worse)),
    aloud(page.worker.map(lineOf)),
    meanings(page.words),
    section(
      "page.origins",
      p("", labels.reviewed(page)),
      page.overdue && p("", labels.overdue(page)),
      cited && p("", cited),
      p("", say("page.may-change"), " ", say("page.from-nobody"), " ", say("web.links")),
    ),
  ];
}

function section(key, ...inside) {
  return inside[0] && [el("h2", null, say(key)), inside];
}

// A line of advice, with the addresses of the services that it names.
function lineOf({ text, ways }) {
  return [text, ways.map((way) => [" ", link(way.address, way.uri)])];
}
