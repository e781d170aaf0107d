// The ending of a walk in print: what only paper has, and where it says less than the screen. What
// it holds is what sheets/sheet.py puts on a sheet.
import { labels } from "../engine/labels.mjs";
import { readBy } from "../engine/library.mjs";
import { say } from "../engine/messages.mjs";
import { othersOf } from "../engine/page.mjs";
import { EMERGENCY } from "../engine/visibility.mjs";
import { el, link, list, p } from "./dom.mjs";
import { qrCode } from "./qr.mjs";
import { oneWay, serviceOf } from "./services.mjs";

const LEAD = "safeguarding-lead"; // whom a worker tells, whose number stands with the steps
const MOST_SIDES = 2;
const USUAL = 12, SMALLEST = 10; // points of letters
const LETTERS_OF_A_SIDE = 1750; // of the usual size
const SHORT = /^(?:tel:|https:\/\/[^/?#]*\/?(?:[?#]|$))/; // a number, or the front page of a site

// Puts an ending where print finds it, and nothing else; without one takes away what was there.
export function layOut(nodes, { large, child } = {}) {
  const root = document.documentElement, main = nodes && el("main", { class: "paper" }, nodes);
  const long = main && !large ? sizeOf(main) : "";
  for (const [kind, on] of Object.entries({ "on-paper": nodes, large, child, long })) {
    root.classList.toggle(kind, Boolean(on));
  }
  root.style.setProperty("--print", long);
  document.querySelector(".paper")?.remove();
  if (main) document.body.append(main);
}

// Numbers to ring, without the names of services: nothing that says what it's about.
export const cardOf = (numbers) => [
  el("h1", null, say("sheet.who-to-ring")),
  numbers.length ? numbers.map(({ label, says }) => p("", label, ": ", says.match(/\d[\d ]*$/))) : p("", say("danger.last-resort")),
];

// The size of letters that may get what is long on few sides; else empty. Nobody can try before it
// is printed, so the number of its letters decides.
function sizeOf(main) {
  const parts = [...main.children];
  const front = parts.findIndex(({ className }) => className === "break");
  const behind = parts.slice(front + 1).map((part) => part.textContent).join("");
  const room = (MOST_SIDES - Number(front >= 0)) * LETTERS_OF_A_SIDE;
  const size = USUAL * Math.sqrt(room / [...behind].length);
  return size >= USUAL ? "" : `${Math.max(size, SMALLEST).toFixed(1)}pt`;
}

// The helplines of the first side: a parent's own, and then those for the young person. For a child
// that is one number, whatever need it stands under: the first that answers at any hour.
export function toTalk({ help, lifeline, own_line: own, to_talk: some, under_13: child }) {
  const first = (one, at, all) => one && all.findIndex((each) => each?.route === one.route) === at;
  if (!child) return [own, ...some, lifeline].filter(first);
  const ways = othersOf(help).flatMap(({ contacts }) => contacts).flatMap(({ route, title, ways }) =>
    ways.filter(({ channel, unsure }) => channel === "phone" && !unsure).map((way) => ({ route, title, way })));
  const isAlways = ({ way }) => way.says === say("hours.always");
  return [ways.find(isAlways) ?? ways[0]].filter(Boolean);
}

// The pages that advice names, and what has been said. A line for some stands among the others too.
function knownOf(page) {
  const talk = toTalk(page), named = namedIn(page, talk), night = [page.at_night].filter(Boolean);
  const top = [...talk, ...night].map(({ way }) => way).filter(({ label }) => !label);
  const first = page.emergency?.ways.slice(0, 1) ?? [];
  return { named, said: [...top, ...first, ...named.map(({ way }) => way)].map(keyOf) };
}

// Whom the first step says to ring, by a word that says not how, the needs of danger and a worker's
// lead, or all others, without what has been said; what has steps or forms has a box.
export function helpOf(page, onTop, { bilingual, large }, codes) {
  const step = page.steps[0]?.text.toLowerCase() ?? "", isMeant = ({ word }) => word && step.includes(word);
  const isRung = ({ contacts }) => contacts.slice(0, 1).some(isMeant);
  const isFirst = (each) => isRung(each) || each.need === EMERGENCY || (page.reader === "staff" && each.need === LEAD);
  const { said } = knownOf(page), why = new Set();
  return page.help.filter((each) => isFirst(each) === onTop).sort((one, other) => isRung(other) - isRung(one)).map((each) => {
    const { heading, because, contacts } = each, [only, ...others] = contacts, urgent = each.need === EMERGENCY;
    // Nothing says how to reach them: there is room to write it.
    const unknown = only && !others.length && !only.ways.length && !hasMore(only);
    const made = unknown ? [blank(say("sheet.to-write", { who: heading }), 1)] : contacts.flatMap((contact, at) => {
      const left = leftOf(contact, at, said);
      if (!left) return [];
      const told = !urgent && bilingual && at === 0 ? ["languages"] : [];
      const service = serviceOf({ ...contact, ways: once(left) }, told);
      const limits = contact.details.filter(({ field }) => urgent && at > 0 && field === "limits");
      service.append(...limits.map(({ text }) => p("detail", text)));
      if (!hasMore(contact)) return el("div", { class: "brief" }, service);
      service.className = "service box";
      const scanned = scannedOf(contact, left, said, codes);
      if (scanned.length) service.firstChild.after(drawn(scanned, codes, large));
      return service;
    });
    const reasons = because.filter((text) => made.length > 0 && !why.has(text) && why.add(text));
    const title = (because.length > 0 || !unknown) && el("h2", null, urgent ? say("sheet.reach-999") : heading);
    return made.length > 0 && [title, reasons.map((text) => p("", text)), made];
  });
}

const hasMore = ({ steps, forms }) => steps.length + forms.length > 0;

// The ways of a service that paper shows and that have not been said; null to leave it out.
function leftOf(contact, at, said) {
  const besides = at === 0 ? ["web"] : ["web", "email"];
  const answers = !hasMore(contact) && contact.ways.some(({ channel }) => ![...besides, "bsl"].includes(channel));
  const ways = contact.ways.filter(({ channel }) => !answers || !besides.includes(channel));
  const left = hasMore(contact) ? ways : ways.filter((way) => !said.includes(keyOf(way)));
  return ways.length && !left.length ? null : left;
}

// The pages that advice names, with the first line that does. Of services rung at the top only that for a chat.
function namedIn({ steps, parts, help }, talk) {
  const contacts = help.flatMap(({ contacts, more }) => [...contacts, ...more]);
  const services = new Map(contacts.flatMap((each) => each.ways.map((way) => [keyOf(way), each])));
  const chats = new Set([...services.values()].flatMap(({ ways }) => ways.filter(({ channel }) => channel === "chat").map(({ uri }) => uri)));
  const named = new Map(), more = parts.filter(({ kind }) => kind === "more").flatMap(({ lines }) => lines);
  for (const line of [...steps, ...more])
    for (const way of line.ways.filter(({ uri }) => uri.startsWith("https:"))) {
      const key = keyOf(way), service = services.get(key);
      const isRung = talk.some(({ route }) => service && route === service.route);
      if ((chats.has(way.uri) || !isRung) && !named.has(key)) named.set(key, { way, line, title: service?.title ?? way.address });
    }
  return [...named.values()];
}

// Writes a line of advice with the pages that it is the first to name.
export function lineOnPaper(page) {
  const { named } = knownOf(page);
  return (line) => [line.text, named.filter((each) => each.line === line).map(({ way: { address, uri } }) =>
    el("div", { class: "way" }, link(address, uri)))];
}

const keyOf = ({ channel, uri, address, label }) => [channel, uri, address, label].join("\n");

// Each address once, but for what is said of it; with what else it is for in brackets. That it is a
// page of the web is plain.
function once(ways) {
  const same = (one, other) => ["uri", "address", "label"].every((key) => one[key] === other[key]);
  const alike = (way) => ways.filter((other) => same(way, other));
  const too = ({ channel }) => channel !== "web" &&
    say("sheet.channel-too", { channel: labels.channel(channel).toLowerCase() });
  return ways.filter((way) => alike(way)[0] === way).map((way) => {
    const [{ label }, ...others] = alike(way);
    return { ...way, label: [label, ...others.map(too)].filter(Boolean).join(", ") };
  });
}

// Codes to scan, at the steps or at the end: of what advice names, and of services without a box.
export function codesOf(page, codes, atSteps, large) {
  const { named, said } = knownOf(page);
  const isFirst = ({ line }) => !page.under_13 || page.steps.includes(line);
  const rung = page.under_13 && atSteps ? toTalk(page).map(({ route }) => route) : [];
  const chats = othersOf(page.help).flatMap(({ contacts }) => contacts).filter(({ route }) => rung.includes(route)).flatMap(({ title, ways }) =>
    ways.filter(({ channel, uri }) => channel === "chat" && codes.has(uri)).map(({ address, uri }) => ({ says: say("sheet.scan-chat", { title }), text: address, uri })));
  const all = [...chats, ...named.filter((each) => isFirst(each) === atSteps).map(({ way, title }) => codeOf(title, [way], codes))];
  if (!atSteps) all.push(...page.help.flatMap(({ contacts }) => contacts.flatMap((contact, at) =>
    (at === 0 || contact.local) && !hasMore(contact) ? scannedOf(contact, leftOf(contact, at, said) ?? [], said, codes) : [])));
  return drawn(all.filter(Boolean), codes, large);
}

// The codes of a service and of each of its forms.
const scannedOf = ({ title, forms }, left, said, codes) => [
  codeOf(title, left.filter((way) => !said.includes(keyOf(way))), codes),
  ...forms.map(({ says, web }) => codes.has(web) && { says, text: web, uri: web }),
].filter(Boolean);

// Codes in a list, each once.
function drawn(all, codes, large) {
  const each = new Map(all.map((code) => [code.uri, code]));
  return list("ul", "codes", [...each.values()].map(({ says, text, uri }) =>
    [qrCode(codes, uri, text, large), p("way", el("b", null, says))]));
}

// To ring, else the first page, but never that in sign language; none if all are easy to type.
function codeOf(title, ways, codes) {
  const found = ways.filter(({ uri, channel }) => codes.has(uri) && channel !== "bsl");
  const [{ channel, address, uri } = {}] = found.every((way) => SHORT.test(way.uri)) ? [] : found;
  return uri && { says: say(`sheet.scan-${channel}`, { title }), text: address, uri };
}

// The one number on the first side of a child.
export const oneNumber = (page) => toTalk(page).map((each) => el(
  "div", { class: "service box" },
  el("h2", null, labels.lifeline(page)), list("ul", "ways", [oneWay(each)]),
));

// The empty page on which a worker writes down what was said; twin of sheets/record.py.
export function recordOf({ title, say: above, blanks }) {
  const says = (sentence) => readBy(sentence, "staff");
  const asked = blanks.map(({ ask, lines }) => blank(says(ask), lines));
  return [el("h1", null, says(title)), list("ul", "", above.map(says)), asked];
}

// A label with empty lines to write on.
const blank = (label, lines) => el(
  "div", { class: "blank" },
  p("", label), Array.from({ length: Math.max(lines, 1) }, () => el("div", { class: "line" })),
);

// The warning above the title of a page whose words are only for those who work.
export const notToBeGiven = ({ reader }) => reader === "staff" && `${say("sheet.for.staff")} `;

// What stands at the foot: a line for who was told, and who has read the page, for staff how old its
// details are, and from whom it is not.
export function footOf(page, { today }) {
  const { approval, reader, review_by } = page, forStaff = reader === "staff";
  const seen = new Map();
  for (const { seen: day, title, local, ways } of page.help.flatMap(({ contacts }) => contacts)) {
    if (day && ways.length && !local) seen.set(day, (seen.get(day) ?? new Set()).add(title));
  }
  const dated = [...seen].map(([day, titles]) => `${[...titles].join(", ")} (${day})`);
  const fine = [
    !notToBeGiven(page) && say(`sheet.for.${reader}`),
    today > review_by && labels.overdue(page),
    approval && today > approval.until && labels.approvalOver(approval),
    forStaff && dated.length > 0 && say("sheet.seen", { sources: dated.join("; ") }),
    say("sheet.may-change"),
  ];
  return [
    blank(say("sheet.who-i-told"), 1),
    el("div", { class: "fine" }, fine.filter(Boolean).map((line) => [p("", line), " "])),
  ];
}
