// Services on a screen: names, numbers, hours and details; twin of page/page_text.py.
import { labels } from "../engine/labels.mjs";
import { say } from "../engine/messages.mjs";
import { answeringNow, isLive } from "../engine/page.mjs";
import { el, flat, link, list, onRequest, p } from "./dom.mjs";

const BRIEF = ["cost", "expect", "private"]; // details of the first service of a need

// A service by name, with its ways.
function named(title, ways, heading = "h3") {
  const number = ways.length === 1 && numberAlone(title, ways[0]);
  const name = el(heading, null, number ? link(number, ways[0].uri) : title);
  return el("div", { class: "service" }, name, !number && list("ul", "ways", ways.map(wayOf)));
}

// One need: its services, and on request the others and all details.
export function needOf({ heading, because, contacts, more }) {
  return [
    el("h3", null, heading),
    because.map((text) => p("", text)),
    contacts.map((each, at) => withMore(each, at === 0 ? BRIEF : [])),
    more.length > 0 && onRequest(
      say("web.more-help", { count: more.length }),
      () => more.map((each) => withMore(each, [])),
    ),
  ];
}

// One need of those for danger: its services by their ways. A helpline's are those where a person
// answers. What limits the first of an emergency, 999 itself, is said above it.
export function helplines({ need, heading, contacts }) {
  const urgent = need === "emergency";
  return [
    !urgent && heading && el("h2", null, heading),
    contacts.map((each, at) => {
      const ways = urgent ? each.ways : each.ways.filter(isLive);
      const shown = named(labels.titleOf(each), ways, urgent ? "h2" : "h3");
      const told = urgent && at > 0 ? each.details.filter(({ field }) => field === "limits") : [];
      shown.append(...told.map(({ text }) => p("", text)));
      return shown;
    }),
  ];
}

// A service with its ways, steps and forms, and those of its details that are told at once.
export function serviceOf(contact, told, heading) {
  const made = named(labels.titleOf(contact), contact.ways, heading);
  const forms = contact.forms.map(({ says, web }) => [`${says}: `, link(web, web)]);
  const atOnce = contact.details.filter(({ field }) => told.includes(field)).map(detailOf);
  made.append(...flat([list("ol", "", contact.steps), list("ul", "", forms), atOnce]));
  return made;
}

function detailOf({ field, text }) {
  return p("detail", el("b", null, `${labels.detail(field)}: `), text);
}

// The same on the screen, with all else on request.
function withMore(contact, told) {
  const shown = serviceOf(contact, told, "h4"), { seen } = contact;
  const others = contact.details.filter(({ field }) => !told.includes(field));
  const about = () => [others.map(detailOf), seen && p("quiet", say("page.seen", { day: seen }))];
  if (others.length || seen) {
    shown.append(onRequest(say("web.more-about", { title: labels.titleOf(contact) }), about));
  }
  return shown;
}

// One way to get in touch, with whether it is open.
function wayOf(way) {
  return [
    el("span", { class: "channel" }, labels.channel(way.channel)), " ",
    link(way.address, way.uri),
    way.label && ` (${way.label})`,
    way.says && [" ", el("span", { class: `hours ${way.state}` }, way.says)],
  ];
}

// The ways in which services answer now.
export const waysNow = (contacts) => contacts.flatMap((each) =>
  answeringNow(each).map((way) => ({ title: labels.titleOf(each), way })));

// A service by one of its ways, in a line.
export function oneWay({ title, way }) {
  const number = numberAlone(title, way);
  return number ? link(number, way.uri) : [el("b", null, title), " ", wayOf(way)];
}

// What stands for a service whose title is its own number, which is so said once: "Ring 999" or
// "Text 999". Empty for any other service.
function numberAlone(title, { channel, address, label, says }) {
  if (label || says) return "";
  if (channel === "phone" && title === address) return say("page.ring", { number: title });
  return title === `${labels.channel(channel)} ${address}` ? title : "";
}
