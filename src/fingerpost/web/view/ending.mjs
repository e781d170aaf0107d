// The ending of a walk on the screen, in the order of page/page_text.py, whose twin it is; and in
// print, where `paper` is { code, large, bilingual, today }, with the code of the sheet or none.
import { SHUT } from "../engine/availability.mjs";
import { labels } from "../engine/labels.mjs";
import { say } from "../engine/messages.mjs";
import { button, el, link, list, onRequest, p } from "./dom.mjs";
import { codesOf, footOf, helpOf, lineOnPaper, notToBeGiven, oneNumber, toTalk } from "./paper.mjs";
import { needOf, oneWay } from "./services.mjs";
import { meanings } from "./screens.mjs";

// The nodes of an ending. `codes` are those to scan from paper, and `onward` does what its way on says.
export function endingOf(page, { codes, onward, paper }) {
  const { steps } = page, child = paper && page.under_13;
  const talk = paper ? toTalk(page) : page.to_talk, own = page.own_line && talk.includes(page.own_line);
  const last = talk.length > 0 && say("goodbye.danger");
  const night = paper && page.at_night ? [{ ...page.at_night, title: say("sheet.at-night", page.at_night) }] : [];
  const ring = paper ? say("sheet.danger") : labels.danger(page) || last;
  const services = page.help.flatMap(({ contacts, more }) => [...contacts, ...more]);
  const titles = new Map(services.flatMap(({ title, ways }) => ways.map(({ uri }) => [uri, title])));
  const line = paper ? lineOnPaper(page) : (each) => lineOf(each, titles);
  const rung = child ? oneNumber(page) : talk.length > 0 && el(
    "div", { class: "service talk" },
    own && [el("b", null, say("page.lifeline")), list("ul", "ways", [page.own_line, ...night].map(oneWay))],
    talk.length > (own ? 1 : 0) && el("b", null, labels.lifeline(page)),
    list("ul", "ways", talk.slice(own ? 1 : 0).map(oneWay)),
  );
  const todo = [paper && steps.length > 0 && el("h2", null, say("page.what-to-do")), list("ol", "steps", steps.map(line))];
  const opening = p("opening", page.opening);
  const first = [
    el("p", { class: "urgency", "data-how": page.urgency }, labels.urgency(page.urgency)),
    paper && p("kicker", notToBeGiven(page), page.tree_title),
    el("h1", { tabindex: -1 }, page.title),
    paper && opening,
    ring && p("strong", paper ? ring : link(ring, "tel:999")),
    paper ? p("", say("sheet.cannot-speak")) : opening,
  ];
  const onTop = paper && helpOf(page, true, paper, codes);
  // A child's own questions come before what a grown-up does.
  const parts = child ? [...page.parts.filter(isAnswer), ...page.parts.filter((part) => !isAnswer(part) && !isCall(part))] : page.parts;
  return paper ? [
    first,
    page.reader === "staff" ? [todo, onTop, rung] : [rung, todo],
    codesOf(page, codes, true, paper.large),
    child ? [
      page.parts.filter(isCall).map((part) => printed(part, line, page)),
      el("div", { class: "fine" }, p("", labels.reviewed(page))),
      el("div", { class: "break" }),
      p("strong", say("sheet.for.rest")),
    ] : p("", labels.reviewed(page)),
    page.reader !== "staff" && onTop,
    parts.map((part) => part.kind !== "help" ? printed(part, line, page) : [
      helpOf(page, false, paper, codes), codesOf(page, codes, false, paper.large),
    ]),
    footOf(page, paper),
  ] : [
    first,
    rung,
    todo,
    page.carry_on && button(page.carry_on, onward, { class: "onward" }),
    el("div", { class: "parts" },
      page.parts.map((part) => partOf(part, page, line)),
      meanings(page.words),
      originsOf(page)),
  ];
}

// The words with which a call begins, which a child has at its number.
const isCall = ({ kind }) => kind === "call";
const isAnswer = ({ kind }) => kind === "answer";

// A part to be opened by its title, beside which its answer in short stands.
function partOf({ kind, title, short, text, lines }, { help, steps }, line) {
  return onRequest([el("h2", null, title), short && ` ${short}`], () => {
    if (kind === "help") return help.map(needOf);
    return [text.map((each) => p("", each)), listOf(kind, lines.map(line), steps)];
  });
}

// A part in print. What an adult says or does
// near, far or on the phone needs no heading below what else to do, if one line says it.
function printed({ kind, title, short, text, lines }, line, { reader, parts, steps }) {
  const said = { near: lines.map((each) => each.text), far: lines.map((each) => each.text), call: text.slice(0, 1) }[kind];
  const runsOn = reader !== "young-person" && parts.some((part) => part.kind === "more" && part.lines.length);
  if (runsOn && said?.length === 1) return list("ul", "", [`${title}: ${said[0]}`]);
  return [
    el("h2", null, title),
    // What happens on a call is for the screen.
    (kind === "call" ? text.slice(0, 1) : text).map((each, at) => p("", !at && short ? `${short} ` : "", each)),
    listOf(kind, lines.map(line), steps),
  ];
}

// The lines of a part. What else to do is numbered on from the steps.
const listOf = (kind, items, steps) =>
  kind === "more" ? list("ol", "", items, { start: steps.length + 1 }) : list("ul", "", items);

function originsOf(page) {
  const cited = page.sources.map((each) => `${labels.cited(each)}.`).join(" ");
  return onRequest(el("h2", null, say("page.origins")), () => [
    p("", labels.reviewed(page)),
    page.overdue && p("", labels.overdue(page)),
    cited && p("", cited),
    p("", say("page.may-change"), " ", say("page.from-nobody"), " ", say("web.links")),
  ]);
}

// A line of advice, in which the names of services are links: `titles` has them by address. So is a
// number that stands in it, with when somebody answers if nobody does now.
function lineOf({ text, ways }, titles) {
  const there = new Map(ways.map((way) => [way.address, way]));
  const linked = (part) => {
    const { uri, state, says } = there.get(part) ?? {};
    return uri ? [link(part, uri), state === SHUT && `, ${says}`] : part;
  };
  const others = ways.filter(({ address }) => !text.includes(address));
  const parts = others.length < ways.length ? text.split(/(\d[\d ]*\d)/).flatMap(linked) : [text];
  for (const { address, uri } of others) {
    const title = titles.get(uri) ?? address, from = (part) => part.toLowerCase?.().indexOf(title.toLowerCase()) ?? -1;
    const at = parts.findIndex((part) => from(part) >= 0), part = parts[at], begin = part && from(part);
    if (part) parts.splice(at, 1, part.slice(0, begin), link(part.slice(begin, begin + title.length), uri), part.slice(begin + title.length));
    else parts.push(" ", link(title, uri));
  }
  return parts;
}
