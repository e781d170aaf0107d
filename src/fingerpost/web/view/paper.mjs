// The ending of a walk in print: what only paper has, and where it says less than the screen. What
// it holds is what sheets/sheet.py puts on a sheet.
import { labels } from "../engine/labels.mjs";
import { say } from "../engine/messages.mjs";
import { isLive, othersOf } from "../engine/page.mjs";
import { EMERGENCY } from "../engine/visibility.mjs";
import { el, flat, list, p } from "./dom.mjs";
import { qrCode } from "./qr.mjs";
import { oneWay, serviceOf } from "./services.mjs";

const MOST_SIDES = 2;
const USUAL = 12, SMALLEST = 10; // points of letters
const LETTERS_OF_A_SIDE = 1750; // of the usual size
const TOLD = ["cost", "private"], TOLD_TO_STAFF = ["cost", "expect", "private"]; // of the first
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

// The needs of a page: of each the first service, and those with steps, in boxes.
export function helpOf({ help, reader, under_13: child }, codes, { large, bilingual }) {
  const others = othersOf(help);
  // A child has a code to scan on the first side.
  const hasCode = ({ contacts }) => contacts[0]?.ways.some(({ uri }) => codes.has(uri));
  const scanned = child ? undefined : others.find(hasCode);
  const languages = bilingual ? ["languages"] : [];
  return help.map((each) => {
    const { need, heading, because, contacts } = each, urgent = need === EMERGENCY;
    const first = each !== others[0] ? [] : reader === "staff" ? TOLD_TO_STAFF : TOLD;
    const told = [...first, ...languages];
    return [
      el("h2", null, heading),
      because.map((text) => p("", text)),
      contacts.map((contact, at) => {
        const isBrief = at > 0 && !contact.steps.length && !contact.forms.length;
        const live = isBrief ? contact.ways.filter(isLive) : [];
        const ways = once(live.length ? live : contact.ways);
        const made = serviceOf({ ...contact, ways }, at > 0 || urgent ? [] : told);
        if (isBrief) return el("div", { class: "brief" }, made);
        made.className = urgent ? "service box urgent" : "service box";
        made.firstChild.after(...codesOf(contact, at === 0 && each === scanned, codes, large));
        return made;
      }),
    ];
  });
}

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

// The number of the first service, whatever need it stands under, for the first side of a child.
export function oneNumber(page, codes, large) {
  const isRung = ({ channel }) => channel === "phone";
  const contacts = othersOf(page.help).flatMap((each) => each.contacts);
  const first = contacts.find(({ ways }) => ways.some(isRung)), way = first?.ways.find(isRung);
  return first && el(
    "div",
    { class: "service box" },
    el("h2", null, labels.lifeline(page)),
    codesOf({ ways: [way], forms: [] }, true, codes, large),
    list("ul", "ways", [oneWay({ title: first.title, way })]),
  );
}

// What stands at the foot: a line for who was told, the code of the sheet if it is to have one, and
// who has read the page, what it is from, how old its details are, and from whom it is not.
export function footOf(page, { code, today }) {
  const { approval, reader, review_by, sources } = page, forStaff = reader === "staff";
  const named = sources.map((each) => labels.cited(forStaff ? each : { ...each, title: "" }));
  const seen = new Map();
  for (const { seen: day, title, local } of page.help.flatMap((each) => each.contacts)) {
    if (day && !local) seen.set(day, (seen.get(day) ?? new Set()).add(title));
  }
  const dated = [...seen].map(([day, titles]) => `${[...titles].join(", ")} (${day})`);
  const fine = [
    say(`sheet.for.${reader}`),
    labels.reviewed(page),
    today > review_by && labels.overdue(page),
    approval && today > approval.until && labels.approvalOver(approval),
    named.length > 0 && say("sheet.sources", { sources: [...new Set(named)].join("; ") }),
    dated.length > 0 && say("sheet.seen", { sources: dated.join("; ") }),
    say("page.may-change"),
    say("page.from-nobody"),
  ];
  const typed = p("", say("page.code"), " ", el("span", { class: "letters" }, code));
  return [
    el("div", { class: "blank" }, p("", say("sheet.who-i-told")), el("div", { class: "line" })),
    code && el("div", { class: "sheet-code" }, typed, " ", p("", say("sheet.code-holds"))),
    el("div", { class: "fine" }, fine.filter(Boolean).map((line) => [p("", line), " "])),
  ];
}
