// A page of advice as a document to print; twin of sheets/sheet.py, without its discreet form.
// A block has the fields of its class in sheets/document.py, and the name of that as `kind`.
import { labels } from "../engine/labels.mjs";
import { TODAY } from "../engine/library.mjs";
import { say } from "../engine/messages.mjs";
import { isLive } from "../engine/page.mjs";
import { EMERGENCY } from "../engine/visibility.mjs";

const BILINGUAL = "wales";
const STEPS_OF_A_CHILD = 3;
const MOST_SIDES = 2;
const TOLD_FIRST = ["cost", "private"];
const TOLD_TO_STAFF = ["cost", "expect", "private"];
const BESIDES = ["web", "bsl"]; // channels that are named after others of the same address

// The page, which is one without a clock, as a document. `code` is that of the sheet, or empty;
// `how` is { audience, printed_on, large }, with a day such as "2026-11-28".
export function sheet(page, code, how) {
  const { title, tree_title: kicker, under_13: child } = page, { large } = how;
  const banner = labels.urgency(page.urgency), most_sides = MOST_SIDES;
  const never = { every_side: false, leaflet: false, card: false };
  const blocks = [...blocksOf(page, code, how)];
  return { title, kicker, banner, blocks, large, child, most_sides, language: "en-GB", ...never };
}

const heading = (text) => ({ kind: "Heading", text, inner: false });
const paragraph = (text, strong = false) => ({ kind: "Paragraph", text, strong });
const plainBox = (title, addresses) => {
  return { kind: "Box", title, addresses, steps: [], notes: [], urgent: false };
};
const textsOf = (lines) => lines.map((line) => line.text);

function* blocksOf(page, code, { audience, printed_on, large }) {
  const forStaff = audience === "staff";
  const toDo = textsOf(page.instructions.filter((line) => forStaff || line.kind !== "worker"));
  const others = page.help.filter((each) => each.need !== EMERGENCY);
  yield paragraph(labels.danger(page) || say("sheet.danger"), true);
  yield paragraph(page.opening);
  if (page.under_13) {
    yield* section(say("page.what-to-do"), "Steps", toDo.slice(0, STEPS_OF_A_CHILD));
    yield* firstNumber(page, others);
    yield { kind: "Break" };
    yield* section(say("sheet.with-a-grown-up"), "Points", toDo.slice(STEPS_OF_A_CHILD));
  } else {
    // In large print the first service may be on the next side, so a helpline stands here too.
    if (page.lifeline && (large || page.urgency >= TODAY)) yield helplines(page);
    yield* section(say("page.what-to-do"), "Steps", toDo);
  }
  yield* section(say("page.near"), "Points", textsOf(page.near));
  yield* section(say("page.far"), "Points", textsOf(page.far));
  // Of one need the first service has a code in any case. A child has that on the first side.
  const canBeScanned = ({ contacts }) => contacts[0]?.ways.some((way) => scannable(way.uri));
  const scanned = page.under_13 ? undefined : others.find(canBeScanned);
  const languages = page.nation === BILINGUAL ? ["languages"] : [];
  for (const each of page.help) {
    const told = each !== others[0] ? [] : forStaff ? TOLD_TO_STAFF : TOLD_FIRST;
    yield* helpBlocks(each, [...told, ...languages], each === scanned);
  }
  yield* section(say("page.good-to-know"), "Points", textsOf(page.know));
  if (page.worse) yield* [heading(say("page.if-worse")), paragraph(page.worse)];
  if (forStaff) yield* section(say("page.for-worker"), "Points", textsOf(page.worker));
  yield { kind: "Blank", label: say("sheet.who-i-told"), lines: 1 };
  const note = say("sheet.code-holds");
  if (code) yield { kind: "Code", label: say("page.code"), letters: code, note };
  const lines = [say(`sheet.for.${audience}`), ...origins(page, printed_on, forStaff)];
  yield { kind: "Fine", lines };
}

function* section(title, kind, lines) {
  if (lines.length > 0) yield* [heading(title), { kind, lines }];
}

// The name and the number of the first service, whatever need it stands under.
function* firstNumber(page, help) {
  const isSure = (way) => way.channel === "phone" && !way.unsure;
  const rung = help.flatMap((each) => each.contacts).find(({ ways }) => ways.some(isSure));
  if (!rung) return;
  const number = addressOf(rung.ways.find(isSure), [], true);
  yield plainBox(`${labels.lifeline(page)}: ${rung.title}`, [number]);
}

function helplines(page) {
  const title = `${labels.lifeline(page)}: ${page.lifeline.title}`;
  const both = [{ ...page.lifeline, title }, page.text_line].filter(Boolean);
  const boxes = both.map(({ title, way }) => plainBox(title, [addressOf(way, [], false)]));
  return { kind: "Brief", boxes };
}

// One need: the first service and those with steps in boxes, the rest in brief, as is one of which
// there is only the name to print.
function* helpBlocks({ need, heading: title, because, contacts }, told, scanned) {
  yield* [heading(title), ...because.map((each) => paragraph(each))];
  const urgent = need === EMERGENCY, boxes = [];
  for (const contact of contacts) {
    const first = contact === contacts[0], live = contact.ways.filter(isLive);
    if (first || contact.steps.length > 0 || contact.forms.length > 0) {
      const box = service(contact, first && !urgent ? told : [], urgent, scanned && first);
      if (box.addresses.length + box.steps.length + box.notes.length > 0) yield box;
      else boxes.push(box);
    } else {
      boxes.push(service(live.length > 0 ? { ...contact, ways: live } : contact, [], false, false));
    }
  }
  if (boxes.length > 0) yield { kind: "Brief", boxes };
}

function service(contact, told, urgent, short) {
  const forms = contact.forms.map(({ says, web }) => {
    return { label: says, text: web, uri: web, note: "", scan: true };
  });
  const { details, steps } = contact;
  const notes = details.filter(({ field }) => told.includes(field)).map(({ field, text }) => {
    return { label: labels.detail(field), text };
  });
  const addresses = [...addressesOf(contact.ways, short), ...forms];
  return { kind: "Box", title: labels.titleOf(contact), addresses, steps, notes, urgent };
}

// Each address once: the main channel, with the others in its note. One has a code to scan: the
// first that is long to type, and with `short` any.
function addressesOf(ways, short) {
  const alike = new Map();
  for (const way of ways) {
    const key = JSON.stringify([way.uri, way.address]);
    alike.set(key, [...(alike.get(key) ?? []), way]);
  }
  const links = ways.map((way) => way.uri).filter(scannable);
  const scanned = links.find((uri) => !isShort(uri)) ?? (short ? links[0] : undefined);
  const rank = (way) => BESIDES.indexOf(way.channel);
  return [...alike.values()].map((several) => {
    const [main, ...others] = [...several].sort((one, other) => rank(one) - rank(other));
    return addressOf(main, others.map(too), main.uri === scanned);
  });
}

// The note for a further channel of one address; none for a web page, which is obvious.
function too({ channel }) {
  const words = { channel: labels.channel(channel).toLowerCase() };
  return channel === "web" ? "" : say("sheet.channel-too", words);
}

function addressOf({ channel, address, uri, label, says }, besides, scan) {
  const note = [label, says, ...besides].filter(Boolean).join(", ");
  return { label: labels.channel(channel), text: address, uri, note, scan: scan && scannable(uri) };
}

// Whether this is a number, or the front page of a site.
const isShort = (uri) => /^(?:tel:|https:\/\/[^/?#]*\/?(?:[?#]|$))/.test(uri);

// Whether an address gets a QR code: links, and numbers of more than three digits, of which the
// prefix for a textphone is none.
const scannable = (uri) => /^(?:https:|tel:(?!(?:18001)?.{0,3}$))/.test(uri);

// Who has read a page, what it is from, how old its details are, and from whom it is not.
function* origins(page, today, inFull) {
  const { approval, review_by, sources } = page;
  yield labels.reviewed(page);
  if (today > review_by) yield labels.overdue(page);
  if (approval && today > approval.until) yield labels.approvalOver(approval);
  const named = sources.map((each) => labels.cited(inFull ? each : { ...each, title: "" }));
  if (named.length > 0) yield say("sheet.sources", { sources: [...new Set(named)].join("; ") });
  const seen = new Map();
  for (const { seen: day, title, local } of page.help.flatMap((each) => each.contacts)) {
    if (day && !local) seen.set(day, (seen.get(day) ?? new Set()).add(title));
  }
  const told = [...seen].map(([day, titles]) => `${[...titles].join(", ")} (${day})`);
  if (told.length > 0) yield say("sheet.seen", { sources: told.join("; ") });
  yield say("page.may-change");
  yield say("page.from-nobody");
}
