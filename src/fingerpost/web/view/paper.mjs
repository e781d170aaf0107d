// The ending of a walk in print: what only paper has, and where it says less than the screen. What
// it holds is what sheets/sheet.py puts on a sheet.
import { labels } from "../engine/labels.mjs";
import { readBy } from "../engine/library.mjs";
import { say } from "../engine/messages.mjs";
import { othersOf } from "../engine/page.mjs";
import { EMERGENCY } from "../engine/visibility.mjs";
import { el, flat, link, list, p } from "./dom.mjs";
import { qrCode } from "./qr.mjs";
import { oneWay, serviceOf } from "./services.mjs";

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

// The helplines of the first side. For a child that is one number, of the first service that has
// any, whatever need it stands under. In large print the first service may be on the next side, so
// one stands here too.
export function toTalk({ help, lifeline, to_talk: some, under_13: child }, large) {
  if (!child) return some.length || !large || !lifeline ? some : [lifeline];
  const ways = othersOf(help).flatMap(({ contacts }) => contacts).flatMap(({ title, ways }) =>
    ways.filter(({ channel, unsure }) => channel === "phone" && !unsure).map((way) => ({ title, way })));
  return ways.slice(0, 1);
}

// The needs of a page, each service on a line; one that has steps, or a code to scan, has a box.
// Beside a number or a mailbox no page stands, but of those with steps. Who can be reached only as has been said, and a
// further service that has only a page, is left out, and so is a need of which nobody is left.
export function helpOf(page, codes, { large, bilingual }) {
  const { help, emergency } = page, talk = toTalk(page, large), why = new Set();
  // A line that is for some, as of one nation, stands among the others all the same.
  const said = [
    ...talk.map(({ way }) => way).filter(({ label }) => !label),
    ...(emergency?.ways.slice(0, 1) ?? []),
    ...namedIn(page).map(({ way }) => way),
  ].map(keyOf);
  // The first service has a code whatever its address is, where no number stands at the top.
  const hasCode = ({ contacts }) => contacts[0]?.ways.some(({ uri }) => codes.has(uri));
  const scanned = talk.length ? undefined : othersOf(help).find(hasCode);
  return help.map((each) => {
    const { need, heading, because, contacts } = each;
    // Nothing says how to reach them: there is room to write it.
    const [only, ...others] = contacts;
    const unknown = only && !others.length && ![only.ways, only.steps, only.forms].flat().length;
    const made = unknown ? [blank(say("sheet.to-write"), 1)] : contacts.flatMap((contact, at) => {
      const hasMore = contact.steps.length || contact.forms.length;
      const besides = at === 0 ? ["web"] : ["web", "email"];
      const answering = contact.ways.filter(({ channel }) => !besides.includes(channel));
      const ways = hasMore || !answering.length ? contact.ways : answering;
      const left = ways.filter((way) => !said.includes(keyOf(way)));
      if (ways.length && !left.length && !hasMore) return [];
      const told = bilingual && at === 0 && need !== EMERGENCY ? ["languages"] : [];
      const service = serviceOf({ ...contact, ways: once(left) }, told);
      const pictures = codesOf({ ...contact, ways: left }, at === 0 && each === scanned, codes, large);
      const isFirst = at === 0 || contact.local;
      const isBoxed = hasMore || isFirst && (pictures.length || service.querySelector(".detail"));
      if (!isBoxed) return el("div", { class: "brief" }, service);
      service.className = "service box";
      service.firstChild.after(...pictures);
      return service;
    });
    const reasons = made.length > 0 ? because.filter((text) => !why.has(text)) : [];
    reasons.forEach((text) => why.add(text));
    return made.length > 0 && [el("h2", null, heading), reasons.map((text) => p("", text)), made];
  });
}

// The pages of services that the advice names, each with the first line that does.
function namedIn({ steps, parts }) {
  const named = new Map();
  const more = parts.filter(({ kind }) => kind === "more").flatMap(({ lines }) => lines);
  for (const line of [...steps, ...more])
    for (const way of line.ways.filter(({ uri }) => uri.startsWith("https:")))
      if (!named.has(keyOf(way))) named.set(keyOf(way), { way, line });
  return [...named.values()];
}

// Writes a line of advice with the pages that it is the first to name, and their codes.
export function lineOnPaper(page, codes, large) {
  const named = namedIn(page);
  return (line) => {
    const ways = named.filter((each) => each.line === line).map(({ way }) => way);
    return [
      ways.map((way) => codesOf({ ways: [way], forms: [] }, true, codes, large)),
      line.text,
      ways.map(({ address, uri }) => el("div", { class: "way" }, link(address, uri))),
    ];
  };
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

// The codes of a service: of the first address that is long to type, with `any` of any, and of
// each form.
function codesOf({ ways, forms }, any, codes, large) {
  const known = ways.filter(({ uri }) => codes.has(uri));
  const way = known.find(({ uri }) => !SHORT.test(uri)) ?? (any && known[0]);
  const all = [
    ...(way ? [[way.uri, way.address, labels.channel(way.channel)]] : []),
    ...forms.filter(({ web }) => codes.has(web)).map(({ says, web }) => [web, web, says]),
  ];
  const alone = all.length === 1;
  const pictures = all.map(([uri, text, caption]) =>
    p("", qrCode(codes, uri, text, large), !alone && el("span", { class: "worded" }, caption)));
  return flat([all.length > 0 && el("div", { class: alone ? "codes alone" : "codes" }, pictures)]);
}

// The one number on the first side of a child.
export function oneNumber(page, codes, large) {
  return toTalk(page, large).map(({ title, way }) => el(
    "div",
    { class: "service box" },
    el("h2", null, labels.lifeline(page)),
    codesOf({ ways: [way], forms: [] }, true, codes, large),
    list("ul", "ways", [oneWay({ title, way })]),
  ));
}

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

// What stands at the foot: a line for who was told, the code of the sheet if it is to have one, and
// who has read the page, what it is from, for staff how old its details are, and from whom it is not.
export function footOf(page, { code, large, today }) {
  const { approval, reader, review_by, sources } = page, forStaff = reader === "staff";
  const named = sources.map(({ publisher, title }) => publisher || title);
  const seen = new Map();
  for (const { seen: day, title, local, ways } of page.help.flatMap(({ contacts }) => contacts)) {
    if (day && ways.length && !local) seen.set(day, (seen.get(day) ?? new Set()).add(title));
  }
  const dated = [...seen].map(([day, titles]) => `${[...titles].join(", ")} (${day})`);
  const fine = [
    !notToBeGiven(page) && say(`sheet.for.${reader}`),
    labels.reviewed(page),
    today > review_by && labels.overdue(page),
    approval && today > approval.until && labels.approvalOver(approval),
    !large && named.length > 0 && say("sheet.sources", { sources: [...new Set(named)].join("; ") }),
    forStaff && dated.length > 0 && say("sheet.seen", { sources: dated.join("; ") }),
    say("sheet.may-change"),
  ];
  const typed = p("", say("page.code"), " ", el("span", { class: "letters" }, code));
  return [
    blank(say("sheet.who-i-told"), 1),
    code && el("div", { class: "sheet-code" }, typed, " ", p("", say("sheet.code-holds"))),
    el("div", { class: "fine" }, fine.filter(Boolean).map((line) => [p("", line), " "])),
  ];
}
