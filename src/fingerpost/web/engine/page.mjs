// The page of an ending for one reader: what it holds, in which order; twin of page/page.py. A
// clock is `{ at, holidays }`, or null for paper, which gives opening hours instead of "open now".
import { NOT_SURE, NOW, TELLERS, TODAY, readBy, valueOf } from "./library.mjs";
import { either, say } from "./messages.mjs";
import { Speaker } from "./speaker.mjs";
import { EMERGENCY, lines, offered, served, speaksOfTheHurt, urgency } from "./visibility.mjs";
import { OPEN, SHUT, UNKNOWN, availability, londonDay, says } from "./availability.mjs";
import { approvalOf, shownParts } from "./approval.mjs";

export const FIRST_SHOWN = 3; // routes of a need on the page itself; the rest on request
const MOST_NAMED = 3; // things already done that the title of their part names
// The kinds of parts in the order in which they stand.
export const PARTS = [
  "more", "near", "far", "call", "answer", "already", "help", "know", "worse",
];
const BEST = [OPEN, UNKNOWN, SHUT];
const LIVE = ["phone", "text", "chat"]; // where a person answers, rather than a form
const BASIC = ["do", "dont"];
const BESIDE = ["near", "far"]; // kinds of lines for an adult only
const EMPTY = { name: "", title: "", publisher: "", published: "", url: "" };
const wholeSource = (source) => ({ ...EMPTY, ...source });

// The page of an ending for a person with these facts.
// `asked` are answers to what the person has asked in their own words: they come first.
export function page(library, tree, outcome, facts, clock = null, asked = []) {
  const speaker = new Speaker(library, facts, tree.name);
  const reader = speaker.teller;
  const already = new Set(asked.map(({ name }) => name));
  const own = lines(library, outcome, facts).filter(({ name }) => !already.has(name));
  const read = [...asked, ...own].filter(({ kind }) =>
    reader !== TELLERS[0] || !BESIDE.includes(kind));
  const told = [...BASIC, ...(reader === "staff" ? ["worker"] : [])];
  const today = clock && londonDay(clock.at);
  const { review_by } = tree;
  const help = helpOf(outcome, speaker, clock);
  // Nobody can ask a sheet for more: what stands only there has its number where it is named.
  const stands = clock ? allOf(help) : help.flatMap((each) => each.contacts);
  speaker.onPage = new Set(stands.map((each) => each.route));
  const soon = urgency(library, outcome, facts);
  // Whoever is hurt reads what to do before whom to talk to, who is among the services below.
  const talk = soon === NOW && speaksOfTheHurt(outcome, facts) ? [] : help;
  const helplines = ranked(library, talk);
  const theirs = talk.filter(({ because }) => !because.length);
  const adults = reader === "parent" ? ofAdults(library, theirs) : [];
  const age = facts.get("age");
  const under_13 = reader === TELLERS[0] && age?.size === 1 && age.has("under-13");
  const few = soon >= TODAY ? toTalk(helplines, talk, under_13) : [];
  const opening = speaker.say(outcome.open);
  const toDo = instructions(speaker, read, told, help);
  // What saves a life is on the first screen, however much it is.
  const first = read.filter((line) => line.first && told.includes(line.kind)).length;
  const { steps } = library.budgets, usual = steps.get(under_13 ? "under-13" : reader);
  const most = withLast(toDo, Math.max(usual ?? steps.get(TELLERS[0]), first));
  const shown = {
    reader,
    urgency: soon,
    opening,
    tree_title: speaker.say(tree.title),
    title: speaker.say(outcome.title),
    emergency: help.find((each) => each.need === EMERGENCY)?.contacts[0] ?? null,
    lifeline: helplines[0] ?? null,
    steps: toDo.slice(0, most),
    parts: partsOf(speaker, outcome, read, toDo.slice(most), help, under_13),
    help: withNation(reader === "staff" ? asNamed(help, toDo.slice(0, most)) : help, speaker, clock),
    // Equal ones are one object, since the data has what occurs twice once.
    sources: [...new Set(read.flatMap(({ source }) => source ?? []))].map(wholeSource),
    ...{ review_by, under_13 },
    overdue: today !== null && today > review_by,
    carry_on: speaker.say(outcome.carry_on?.say),
    // What a worker beside the reader does, in the words for a worker, whose lead is another.
    note: read.filter(({ kind }) => kind === "worker" && reader !== "staff")
      .map((line) => speaker.say(line.say, "staff")),
    to_talk: [...adults, ...few.filter(({ route, way }) => !adults.length || (way.channel === "phone" && route !== adults[0].route))],
    own_line: adults[0] ?? null,
    at_night: atNight(library, helplines, adults),
    nation: [...(facts.get("nation") ?? [])].find((nation) => nation !== NOT_SURE) ?? "",
    words: speaker.glossary(), // last, when every sentence has been said
  };
  const parts = shownParts(library, outcome, read, help, shown.words);
  return { ...shown, approval: approvalOf(library, `${tree.name}/${outcome.name}`, parts, today) };
}

// How many steps stand first, of which `most` may: one more, if it alone were left.
export const withLast = (toDo, most) => most + (toDo.length === most + 1);

// The parts of a page that hold something; `more` are the steps that its first screen has no room
// for. They are said in the order of Python, since hard words stand in that of their first use.
function partsOf(speaker, outcome, read, more, help, under13) {
  const part = (kind, { title = say(`part.${kind}`), short = "", text = [], lines = [] }) =>
    ({ kind, title, short, text, lines });
  const listed = (kind, some = read) => part(kind, { lines: instructions(speaker, some, [kind]) });
  const said = ({ ask, short, say: text }) => [ask, short, text].map((each) => speaker.say(each));
  const back = read.flatMap(({ already = [] }) => already);
  const parts = [
    part("more", { lines: more, ...(under13 && { title: say("part.more-with-an-adult") }) }),
    ...[listed("near"), listed("far"), listed("know", read.filter(({ ask }) => !ask))],
    part("call", { text: toSay(speaker, outcome, help) }),
    part("worse", { text: [speaker.say(outcome.worse)].filter(Boolean) }),
    ...read.filter(({ ask }) => ask).map(said)
      .map(([title, short, text]) => part("answer", { title, short, text: [text] })),
    part("already", back.length ? already(speaker, back) : { title: "" }),
    part("help", {}),
  ];
  const holds = ({ kind, text, lines }) => (kind === "help" ? help : [...text, ...lines]).length;
  const place = ({ kind }) => PARTS.indexOf(kind);
  return parts.filter(holds).sort((one, other) => place(one) - place(other));
}

// The way back for a reader who has done what the page tells them not to do. Of several each says
// what it is for.
function already(speaker, ways) {
  const done = ways.map((way) => speaker.say(way.done));
  const backs = new Map();
  for (const [n, back] of ways.map((way) => speaker.say(way.say)).entries()) {
    backs.set(back, (backs.get(back) ?? new Set()).add(done[n]));
  }
  const led = ([back, whats]) => {
    const [first = "", ...rest] = either([...whats]);
    return say("part.way-back", { done: first.toUpperCase() + rest.join(""), back });
  };
  const text = backs.size > 1 ? [...backs].map(led) : [...backs.keys()];
  const named = [...new Set(done)].slice(0, MOST_NAMED);
  return {
    title: say("part.already", { done: either(named) }),
    text: [say("part.not-too-late"), ...text],
  };
}

// The words with which a call begins, and what happens then where a person answers.
function toSay(speaker, outcome, help) {
  const { library, teller } = speaker, isAdult = TELLERS.indexOf(teller) > 0;
  const contacts = othersOf(help)
    .filter(({ need }) => !(isAdult && library.needs.get(need)?.young))
    .flatMap((each) => each.contacts);
  const words = speaker.say(outcome.to_say);
  const called = contacts.find(({ ways }) => ways.some(isLive));
  const expect = called?.details.find(({ field }) => field === "expect")?.text;
  return called && words ? [words, ...(expect ? [`${called.title}: ${expect}`] : [])] : [];
}

// The needs of a page but for that of an emergency.
export const othersOf = (help) => help.filter(({ need }) => need !== EMERGENCY);

// The services for danger: 999 in all its forms, then the helplines that are open now. A question
// that has not been asked yet counts as answered "not sure".
export function danger(library, known, clock) {
  const unasked = [...library.questions]
    .filter(([, question]) => question.answers.some((answer) => answer.value === NOT_SURE))
    .map(([fact]) => [fact, new Set([NOT_SURE])]);
  const facts = new Map([...unasked, ...known]);
  const speaker = new Speaker(library, facts, "");
  let routes = offered(library, facts);
  const found = [];
  for (const [need, words] of library.needs) {
    const urgent = need === EMERGENCY;
    if (!urgent && !words.live) continue;
    const serving = routes.filter((route) => route.serves.includes(need));
    const all = ordered(serving, speaker, clock);
    const open = all.filter((each) => !clock || answeringNow(each).length).slice(0, FIRST_SHOWN);
    const contacts = urgent ? all : open;
    routes = routes.filter(({ name }) => !contacts.some(({ route }) => route === name));
    const help = { need, heading: speaker.say(words.say), because: [], contacts, more: [] };
    if (contacts.length) found.push(help);
  }
  return found.sort((one, other) => (one.need !== EMERGENCY) - (other.need !== EMERGENCY));
}

// Lines of some kinds in words, with the address of each service that they name.
function instructions(speaker, read, kinds, help = []) {
  const contacts = allOf(help);
  const waysTo = (route, text) => {
    const { ways = [] } = contacts.find((each) => each.route === route) ?? {};
    const there = ways.filter((way) => way.channel === "phone" && text.includes(way.address));
    const web = ways.find((way) => way.channel === "web") ?? ways[0];
    return there.length || !web || web.unsure || text.includes(web.address) ? there : [web];
  };
  const said = ({ kind, say, first }) => {
    const text = speaker.say(say, undefined, true);
    const ways = speaker.rung(say).flatMap((route) => waysTo(route, text));
    return { text, ways, first: Boolean(first && BASIC.includes(kind)) };
  };
  return read.filter((line) => kinds.includes(line.kind)).map(said);
}

const allOf = (help) => help.flatMap((each) => [...each.contacts, ...each.more]);

// Each need in words, with its first routes and the rest.
function helpOf(outcome, speaker, clock) {
  const { library, facts } = speaker;
  return served(library, outcome, facts).map(({ need, wanted, routes }) => {
    let contacts = ordered(routes, speaker, clock);
    if (!clock) contacts = withOwn(library, valueOf(facts, "nation"), contacts);
    const words = library.needs.get(need);
    return {
      need,
      heading: words ? speaker.say(words.say) : need,
      because: [...new Set(wanted.flatMap(({ because: it }) => (it ? [speaker.say(it)] : [])))],
      contacts: contacts.slice(0, FIRST_SHOWN),
      more: contacts.slice(FIRST_SHOWN),
    };
  });
}

// The needs in the order in which a worker's steps name their services, and the others after them.
// Those of danger stay first.
function asNamed(help, steps) {
  const text = steps.map((step) => step.text).join("\n").toLowerCase();
  const rung = steps.flatMap(({ ways }) => ways);
  const namesOf = ({ title, word, ways }) =>
    [title, word, ...ways.filter((way) => rung.includes(way)).map(({ address }) => address)];
  const place = ({ need, contacts }) => {
    const names = contacts.flatMap(namesOf).filter(Boolean).map((name) => text.indexOf(name.toLowerCase()));
    return need === EMERGENCY ? -1 : Math.min(text.length, ...names.filter((at) => at >= 0));
  };
  return [...help].sort((one, other) => place(one) - place(other));
}

// Above all services their nation, if nobody was asked and local details say it, and how to change it.
function withNation([first, ...others], speaker, clock) {
  const { facts, library: { nation } } = speaker;
  if (!first) return [];
  if (!nation || valueOf(facts, "nation") !== nation) return [first, ...others];
  const key = clock ? "page.local-nation-else" : "page.local-nation";
  const told = say(key, { nation: speaker.answers("nation", facts.get("nation")) });
  return [{ ...first, because: [told, ...first.because] }, ...others];
}

// Open first, then unknown, then shut; within each, routes marked first, then file order.
function ordered(routes, speaker, clock) {
  const rank = (contact) => BEST.indexOf(stateOf(contact));
  return [...routes].sort((one, other) => !one.first - !other.first)
    .map((route) => contactOf(route, speaker, clock))
    .sort((one, other) => rank(one) - rank(other));
}

// The openness of a service: that of its best way.
export function stateOf({ ways }) {
  return BEST.find((state) => ways.some((way) => way.state === state)) ?? UNKNOWN;
}

// The first way by which a person answers at this moment, and where its label says for whom that
// is, all such lines; none if nobody does.
export function answeringNow({ ways }) {
  const found = ways.filter((way) => isLive(way) && way.state === OPEN);
  return found.filter((way, at) => !at || (found[0].label && way.channel === found[0].channel));
}

// Whether a person answers here, rather than a form.
export function isLive({ channel }) {
  return LIVE.includes(channel);
}

// On paper the first service of the reader's own nation is second, if it is not the first.
function withOwn(library, nation, contacts) {
  const own = nation && contacts.find(({ route }) => library.routes.get(route).nation === nation);
  if (!own || own === contacts[0]) return contacts;
  return [contacts[0], own, ...contacts.slice(1).filter((each) => each !== own)];
}

// One route in words for this reader, with whether it is open at the clock's moment.
function contactOf(service, speaker, clock) {
  const { name, seen = "", local = false, word = "" } = service;
  const about = ({ field, say }) => ({ field, text: speaker.say(say) });
  const link = ({ says, web }) => ({ says: speaker.say(says), web });
  // A number that is not sure enough is not given to a child, who may not try another.
  const ways = (service.ways_in?.get(valueOf(speaker.facts, "nation")) ?? service.ways)
    .filter((way) => !way.adults || speaker.teller !== TELLERS[0]);
  const under = isAgeKnown(speaker.facts) ? "" : service.under ?? "";
  return {
    route: name,
    title: speaker.say(service.title),
    ways: ways.map((way) => wayOf(way, speaker, clock)),
    details: service.details.map(about).filter(({ text }) => text),
    steps: service.steps.map((step) => speaker.say(step)),
    forms: service.forms.map(link),
    ...{ seen, local, under, word },
  };
}

// Whether somebody has told an age.
export function isAgeKnown(facts) {
  return [...(facts.get("age") ?? [])].some((age) => age !== NOT_SURE);
}

// The name of a service, with whom it serves where that has to be said.
export function forAges({ title, under }) {
  return under ? say("page.under", { title, age: under }) : title;
}

// One way to get in touch, with whether it is open, and the words for that: those of paper for a
// `silent` one, which by hours that nobody has confirmed is never known to be open.
function wayOf(way, speaker, clock) {
  const { channel, address, uri, hours, unsure = false, silent = false } = way;
  const shown = { channel, address, uri, label: speaker.say(way.label), unsure };
  if (!clock || !hours?.read) return { ...shown, state: UNKNOWN, says: hours?.says ?? "" };
  const nation = valueOf(speaker.facts, "nation");
  const found = availability(hours.read, clock.at, nation, clock.holidays);
  const isDoubtful = silent && hours.says && found.state === OPEN;
  return { ...shown, state: isDoubtful ? UNKNOWN : found.state, says: silent ? hours.says ?? "" : says(found) };
}

const isByText = ({ way }) => way.channel === "text";

// The lifeline and one by text, of different services that are not shut, or only one for a child. If
// the age is not known, and the lifeline is for some ages, there is one more for any.
function toTalk(all, help, onlyOne) {
  const limited = allOf(help).filter(({ under }) => under).map(({ route }) => route);
  const mayAnswer = all.filter(({ way }) => way.state !== SHUT && !way.unsure)
    .sort((one, other) => limited.includes(one.route) - limited.includes(other.route));
  const found = [...all.slice(0, 1), ...mayAnswer.filter(isByText).slice(0, 1), ...mayAnswer];
  const isNew = ({ route }, at) => found.findIndex((each) => each.route === route) === at;
  const most = limited.length ? 3 : 2;
  return found.filter(isNew).slice(0, onlyOne ? 1 : most);
}

// Every way by which a person answers, of the needs that are for that: first those that are open
// now or always, then those that are sure, then those by voice.
function ranked(library, help) {
  const live = ({ need }) => library.needs.get(need)?.live;
  const rank = ({ way }) =>
    4 * (way.state !== OPEN && way.says !== say("hours.always")) + 2 * way.unsure + 1 * (way.channel !== "phone");
  return help
    .filter(live)
    .flatMap(({ need }) => allOf(help).filter(({ route }) => library.routes.get(route).serves.includes(need)))
    .flatMap((each) =>
      each.ways.filter(isLive).map((way) =>
        ({ route: each.route, title: forAges(each), way })))
    .sort((one, other) => rank(one) - rank(other));
}

// Who surely answers anyone at any hour, where a parent's own line may be shut.
function atNight({ routes }, helplines, [own]) {
  if (!own || isAlwaysOpen(routes.get(own.route), own.way.channel)) return null;
  const isForAll = ({ route, way }) => !way.label && !routes.get(route).under;
  return helplines.find((each) => each.way.channel === "phone" && isForAll(each) &&
    isAlwaysOpen(routes.get(each.route), "phone")) ?? null;
}

// Whether it is known to answer by this channel day and night.
export function isAlwaysOpen({ ways }, by) {
  return ways.some(({ channel, hours, silent }) => channel === by && hours?.read?.always && !silent);
}

// The first helpline that serves no young people, or none. Of several for the same, the one whose
// number the page needs earlier is first, also if nobody knows its hours.
function ofAdults(library, help) {
  const serves = ({ route }) => library.routes.get(route).serves;
  const [first, ...rest] = ranked(library, help)
    .filter((each) => !serves(each).some((need) => library.needs.get(need)?.young));
  const order = allOf(help).map(({ route }) => route);
  const place = ({ route, way }) => (way.state === SHUT) * order.length + order.indexOf(route);
  const isLike = (each) => serves(each).some((need) => serves(first).includes(need));
  return first ? [first, ...rest.filter(isLike)].sort((one, other) => place(one) - place(other)).slice(0, 1) : [];
}
