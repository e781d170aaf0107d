// The ending of a walk on the screen, in the order of page/page_text.py, whose twin it is; and in
// print, where `paper` is { code, large, bilingual, today }, with the code of the sheet or none.
import { labels } from "../engine/labels.mjs";
import { NOW } from "../engine/library.mjs";
import { say } from "../engine/messages.mjs";
import { button, el, link, list, p } from "./dom.mjs";
import { footOf, helpOf, oneNumber } from "./paper.mjs";
import { needOf, oneWay } from "./services.mjs";
import { aloud, meanings } from "./screens.mjs";

const STEPS_OF_A_CHILD = 3;

// The nodes of an ending. `codes` are those to scan, and `onward` does what its way on says.
export function endingOf(page, { codes, onward, paper }) {
  const ring = labels.danger(page), child = paper && page.under_13;
  const toDo = page.instructions.map(paper ? ({ text }) => text : lineOf);
  const steps = child ? toDo.splice(0, STEPS_OF_A_CHILD) : toDo.splice(0);
  return [
    p(page.urgency === NOW ? "urgency now" : "urgency", labels.urgency(page.urgency)),
    p("kicker", page.tree_title),
    el("h1", { tabindex: -1 }, page.title),
    (ring || paper) && p("strong", ring || say("sheet.danger")),
    p("opening", page.opening),
    !child && toTalk(page, paper),
    section("page.what-to-do", list("ol", "steps", steps)),
    child && [oneNumber(page, codes, paper.large), el("div", { class: "break" })],
    section("sheet.with-a-grown-up", list("ul", "", toDo)),
    page.carry_on && !paper && button(page.carry_on, onward, { class: "onward" }),
    section("page.near", list("ul", "", page.near.map(lineOf))),
    section("page.far", list("ul", "", page.far.map(lineOf))),
    paper ? helpOf(page, codes, paper) : page.help.map((each) => needOf(each, codes)),
    section("page.good-to-know", list("ul", "", page.know.map(lineOf))),
    section("page.if-worse", page.worse && p("", page.worse)),
    paper ? footOf(page, paper)
      : [aloud(page.worker.map(lineOf)), meanings(page.words), originsOf(page)],
  ];
}

// Those to talk to. In large print the first service may be on the next side, so one stands here.
function toTalk(page, paper) {
  const { to_talk: some, lifeline } = page;
  const told = some.length === 0 && paper?.large && lifeline ? [lifeline] : some;
  return told.length > 0 && el(
    "div",
    { class: "service" },
    !paper && !labels.danger(page) && p("strong", say("goodbye.danger")),
    el("h2", null, labels.lifeline(page)),
    list("ul", "ways", told.map(oneWay)),
  );
}

function originsOf(page) {
  const cited = page.sources.map((each) => `${labels.cited(each)}.`).join(" ");
  return section(
    "page.origins",
    p("", labels.reviewed(page)),
    page.overdue && p("", labels.overdue(page)),
    cited && p("", cited),
    p("", say("page.may-change"), " ", say("page.from-nobody"), " ", say("web.links")),
  );
}

function section(key, ...inside) {
  return inside[0] && [el("h2", null, say(key)), inside];
}

// A line of advice, with the addresses of the services that it names.
function lineOf({ text, ways }) {
  return [text, ways.map((way) => [" ", link(way.address, way.uri)])];
}
