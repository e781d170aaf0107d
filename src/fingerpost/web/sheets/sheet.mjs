// A page of advice as a document to print; twin of sheets/sheet.py, without its discreet form.
// A block has the fields of its class in sheets/document.py, and the name of that as `kind`.

import { labels } from "../engine/labels.mjs";
import { TODAY } from "../engine/library.mjs";
import { say } from "../engine/messages.mjs";
import { isLive } from "../engine/page.mjs";
import { EMERGENCY } from "../engine/visibility.mjs";

const SIGN = "*"; // behind what its source did not settle
const BILINGUAL = "wales";
const STEPS_OF_A_CHILD = 3;
const MOST_SIDES = 2;
const TEXTPHONE = "18001";
const TOLD_FIRST = ["cost", "private"];
const TOLD_TO_STAFF = ["cost", "expect", "private"];
const BESIDES = new Map([["web", 1], ["bsl", 2]]);

// The page, which is one without a clock, as a document. `code` is the resume code, or empty;
// `how` is { audience, printed_on, large }, with a day such as "2026-11-28".
export function sheet(page, code, how) {
  return {
    title: page.title,
    blocks: explained([...blocks(page, code, how)]),
    kicker: page.tree_title,
    banner: labels.urgency(page.urgency),
    every_side: false,
    large: how.large,
    most_sides: MOST_SIDES,
    child: page.under_13,
    leaflet: false,
    card: false,
    language: "en-GB",
  };
}

const heading = (text) => ({ kind: "Heading", text, inner: false });
const paragraph = (text, strong = false) => ({ kind: "Paragraph", text, strong });
const fine = (lines) => ({ kind: "Fine", lines });
const brief = (boxes) => ({ kind: "Brief", boxes });
const boxOf = (title, addresses, steps = [], notes = [], urgent = false) => {
  return { kind: "Box", title, addresses, steps, notes, urgent };
};
const textsOf = (lines) => lines.map((line) => line.text);

function* blocks(page, code, how) {
  const forStaff = how.audience === "staff";
  const toDo = textsOf(page.instructions.filter((line) => forStaff || line.kind !== "worker"));
  if (page.under_13) {
    yield* forAChild(page, toDo.slice(0, STEPS_OF_A_CHILD));
    yield* section(say("sheet.with-a-grown-up"), "Points", toDo.slice(STEPS_OF_A_CHILD));
  } else {
    yield* top(page, how.large);
    yield* section(say("page.what-to-do"), "Steps", toDo);
  }
  yield* section(say("page.near"), "Points", textsOf(page.near));
  yield* section(say("page.far"), "Points", textsOf(page.far));
  const others = page.help.filter((each) => each.need !== EMERGENCY);
  const scanned = page.under_13 ? undefined : others.find(firstIsScannable);
  for (const each of page.help) {
    const told = each !== others[0] ? [] : forStaff ? TOLD_TO_STAFF : TOLD_FIRST;
    const languages = page.nation === BILINGUAL ? ["languages"] : [];
    yield* helpBlocks(each, [...told, ...languages], each === scanned);
  }
  yield* section(say("page.good-to-know"), "Points", textsOf(page.know));
  if (page.worse) yield* [heading(say("page.if-worse")), paragraph(page.worse)];
  if (forStaff) yield* section(say("page.for-worker"), "Points", textsOf(page.worker));
  yield { kind: "Blank", label: say("sheet.who-i-told"), lines: 1 };
  if (code) {
    yield { kind: "Code", label: say("page.code"), letters: code, note: say("sheet.code-holds") };
  }
  yield fine([say(`sheet.for.${how.audience}`), ...origins(page, how.printed_on, forStaff)]);
}

// The blocks, with what SIGN means in the last lines if it stands anywhere in them.
function explained(found) {
  if (!JSON.stringify(found).includes(SIGN)) return found;
  return found.map((block) => {
    if (block.kind !== "Fine") return block;
    const [first, ...others] = block.lines;
    return fine([first, say("sheet.sign", { sign: SIGN }), ...others]);
  });
}

const doubted = (text, unsure) => (unsure ? `${text}${SIGN}` : text);

// A side with few steps and one number; what else there is to know is behind it.
function* forAChild(page, steps) {
  yield* firstWords(page);
  yield* section(say("page.what-to-do"), "Steps", steps);
  const rung = firstNumber(page);
  if (rung) yield boxOf(`${labels.lifeline(page)}: ${rung.title}`, [addressOf(rung.way, [], true)]);
  yield { kind: "Break" };
}

// The name and the number of the first service, whatever need it stands under.
function firstNumber(page) {
  return page.help
    .filter((each) => each.need !== EMERGENCY)
    .flatMap((each) => each.contacts)
    .flatMap(({ title, ways }) => ways.map((way) => ({ title, way })))
    .find(({ way }) => way.channel === "phone" && !way.unsure);
}

function* firstWords(page) {
  yield paragraph(labels.danger(page) || say("sheet.danger"), true);
  yield paragraph(page.opening);
}

// `always`: the first service may be on the next side, so a helpline stands here too.
function* top(page, always) {
  yield* firstWords(page);
  if (!page.lifeline || !(always || page.urgency >= TODAY)) return;
  const both = [{ ...page.lifeline, title: `${labels.lifeline(page)}: ${page.lifeline.title}` }];
  if (page.text_line) both.push(page.text_line);
  yield brief(both.map(({ title, way }) => boxOf(title, [addressOf(way, [], false)])));
}

function* section(title, kind, lines) {
  if (lines.length > 0) yield* [heading(title), { kind, lines }];
}

// One need: the first service and those with steps in boxes, the rest in brief.
function* helpBlocks(help, told, scanned) {
  yield heading(help.heading);
  for (const because of help.because) yield paragraph(because);
  const others = [];
  for (const [number, contact] of help.contacts.entries()) {
    const first = number === 0;
    if (first || contact.steps.length > 0 || contact.forms.length > 0) {
      const urgent = help.need === EMERGENCY;
      yield service(contact, first && !urgent ? told : [], urgent, scanned && first);
    } else {
      others.push(service(live(contact), [], false, false));
    }
  }
  if (others.length > 0) yield brief(others);
}

// The contact with its live ways only, or with all if none is live.
function live(contact) {
  const ways = contact.ways.filter(isLive);
  return ways.length > 0 ? { ...contact, ways } : contact;
}

function service(contact, told, urgent, short) {
  const forms = contact.forms.map(({ says, web, unsure }) => {
    return { label: says, text: web, uri: web, note: mayDiffer(unsure), scan: true };
  });
  const notes = contact.details
    .filter(({ field }) => told.includes(field))
    .map(({ field, text, unsure }) => ({ label: labels.detail(field), text: doubted(text, unsure) }));
  if (contact.steps.length > 0 && contact.unsure_steps) {
    notes.push({ label: "", text: say("page.steps-change") });
  }
  const addresses = [...addressesOf(contact.ways, short), ...forms];
  return boxOf(labels.titleOf(contact), addresses, contact.steps, notes, urgent);
}

// Each address once: the main channel, with the others in its note. One has a code to scan: the
// first that is long to type, and with `short` any.
function addressesOf(ways, short) {
  const alike = new Map();
  for (const way of ways) {
    const key = JSON.stringify([way.uri, way.address]);
    alike.set(key, [...(alike.get(key) ?? []), way]);
  }
  const several = [...alike.values()];
  const links = several.map(([way]) => way.uri).filter(scannable);
  const long = links.find((uri) => !isShort(uri));
  const scanned = long ?? (short ? links[0] : undefined);
  const rank = (way) => BESIDES.get(way.channel) ?? 0;
  return several.map((each) => {
    const [main, ...others] = [...each].sort((a, b) => rank(a) - rank(b));
    return addressOf(main, others.map(too), main.uri === scanned);
  });
}

// The note for a further channel of one address; none for a web page, which is obvious.
function too(way) {
  if (way.channel === "web") return "";
  const words = say("sheet.channel-too", { channel: labels.channel(way.channel).toLowerCase() });
  return doubted(words, way.unsure);
}

const mayDiffer = (unsure) => (unsure ? doubted(say("sheet.may-differ"), true) : "");

function addressOf(way, besides, scan) {
  const hours = way.says && doubted(way.says, way.unsure_hours);
  return {
    label: labels.channel(way.channel),
    text: way.address,
    uri: way.uri,
    note: [mayDiffer(way.unsure), way.label, hours, ...besides].filter(Boolean).join(", "),
    scan: scan && scannable(way.uri),
  };
}

// Whether this is a number, or the front page of a site.
const isShort = (uri) => /^tel:|^https:\/\/[^/?#]*\/?(?:[?#]|$)/.test(uri);

// Whether an address gets a QR code: links, and numbers of more than three digits.
function scannable(uri) {
  const digits = uri.replace(new RegExp(`^tel:(?:${TEXTPHONE})?`), "");
  return uri.startsWith("https:") || (uri.startsWith("tel:") && digits.length > "999".length);
}

const firstIsScannable = (help) => {
  return help.contacts.slice(0, 1).some(({ ways }) => ways.some((way) => scannable(way.uri)));
};

// Who has read a page, what it is from, how old its details are, and from whom it is not.
function* origins(page, today, inFull) {
  yield labels.reviewed(page);
  if (today > page.review_by) yield labels.overdue(page);
  if (page.approval && today > page.approval.until) yield labels.approvalOver(page.approval);
  if (page.sources.length > 0) {
    const named = page.sources.map((each) => labels.cited(inFull ? each : { ...each, title: "" }));
    yield say("sheet.sources", { sources: [...new Set(named)].join("; ") });
  }
  const seen = new Map();
  for (const contact of page.help.flatMap((each) => each.contacts)) {
    if (!contact.seen) continue;
    seen.set(contact.seen, (seen.get(contact.seen) ?? new Set()).add(contact.title));
  }
  if (seen.size > 0) {
    const told = [...seen].map(([day, titles]) => `${[...titles].join(", ")} (${day})`);
    yield say("sheet.seen", { sources: told.join("; ") });
  }
  yield say("page.from-nobody");
}
