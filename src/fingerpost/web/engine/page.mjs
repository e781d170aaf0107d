// The page of an ending for one reader: what it holds, in which order; twin of page/page.py. A
// clock is `{ at, holidays }`, or null for paper, which gives opening hours instead of "open now".
import { NOT_SURE, NOW, TODAY, readBy, valueOf } from "./library.mjs";
import { say } from "./messages.mjs";
import { Speaker, routesIn } from "./speaker.mjs";
import { EMERGENCY, lines, offered, served, urgency } from "./visibility.mjs";
import { OPEN, SHUT, UNKNOWN, availability, londonDay, says } from "./availability.mjs";
import { ofPage } from "./approval.mjs";

export const FIRST_SHOWN = 3; // routes of a need on the page itself; the rest on request
const MOST_TO_TALK = 3;
const BEST = [OPEN, UNKNOWN, SHUT];
const LIVE = ["phone", "text", "chat"]; // where a person answers, rather than a form
const CHANNELS = ["phone", "text", "chat", "email", "web", "bsl"];
const DETAILS = ["who", "cost", "expect", "private", "limits", "languages"];
const BESIDE = ["near", "far"]; // kinds of lines for an adult only
const SOURCE = { name: "", title: "", publisher: "", published: "", url: "" };

// The page of an ending for a person with these facts.
export function page(library, tree, outcome, facts, clock = null) {
  const speaker = new Speaker(library, facts, tree.name);
  const reader = speaker.teller;
  const forStaff = reader === "staff";
  const read = lines(library, outcome, facts).filter(
    ({ kind, screen }) =>
      (reader !== "young-person" || !BESIDE.includes(kind)) && (clock || !screen),
  );
  const told = ["do", "dont", ...(forStaff ? ["worker"] : [])];
  const today = clock && londonDay(clock.at);
  const { review_by, reviewed } = tree;
  const help = helpOf(outcome, speaker, clock);
  const soon = urgency(library, outcome, facts);
  const age = facts.get("age");
  const shown = {
    tree: tree.name,
    outcome: outcome.name,
    reader,
    urgency: soon,
    worse: speaker.say(outcome.worse),
    opening: speaker.say(outcome.open),
    tree_title: speaker.say(tree.title),
    title: speaker.say(outcome.title),
    emergency: help.find((each) => each.need === EMERGENCY)?.contacts[0] ?? null,
    lifeline: lifeline(library, help),
    text_line: soon === NOW ? lifeline(library, help, "text") : null,
    instructions: instructions(speaker, read, told, help),
    near: instructions(speaker, read, ["near"]),
    far: instructions(speaker, read, ["far"]),
    help,
    know: instructions(speaker, read, ["know"]),
    worker: forStaff ? [] : instructions(speaker, read, ["worker"]),
    sources: sourcesOf(read),
    review_by,
    reviewed: reviewed ?? null,
    overdue: today !== null && today > review_by,
    carry_on: speaker.say(outcome.carry_on?.say),
    to_talk: soon >= TODAY ? toTalk(library, help) : [],
    nation: [...(facts.get("nation") ?? [])].find((nation) => nation !== NOT_SURE) ?? "",
    under_13: reader === "young-person" && age?.size === 1 && age.has("under-13"),
    words: speaker.glossary(), // last, when every sentence has been said
  };
  const words = shown.words.map(([word]) => word);
  return { ...shown, approval: ofPage(library, tree, outcome, facts, words, today) };
}

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
    let contacts = ordered(serving, speaker, clock);
    if (!urgent) contacts = contacts.filter((each) => !clock || liveNow(each)).slice(0, FIRST_SHOWN);
    routes = routes.filter((route) => !contacts.some((each) => each.route === route.name));
    if (!contacts.length) continue;
    found.push({ need, heading: speaker.say(words.say), because: [], contacts, more: [] });
  }
  return found.sort((one, other) => (one.need !== EMERGENCY) - (other.need !== EMERGENCY));
}

// Lines of some kinds in words, with the address of each service that they name.
function instructions(speaker, read, kinds, help = []) {
  const contacts = help.flatMap((each) => [...each.contacts, ...each.more]);
  const waysOf = (line, text) =>
    routesIn(readBy(line.say, speaker.teller)).flatMap((route) => {
      const found = contacts.find((each) => each.route === route)?.ways ?? [];
      const first = found.find((way) => way.channel === "web") ?? found[0];
      return first && !text.includes(first.address) && !first.unsure ? [first] : [];
    });
  return read
    .filter((line) => kinds.includes(line.kind))
    .map((line) => ({ line, text: speaker.say(line.say) }))
    .map(({ line, text }) => ({
      kind: line.kind,
      text,
      name: line.name ?? "",
      ways: waysOf(line, text),
    }));
}

function sourcesOf(read) {
  const cited = read.filter((line) => line.source).map(({ source }) => ({ ...SOURCE, ...source }));
  return [...new Map(cited.map((source) => [JSON.stringify(source), source])).values()];
}

// Each need in words, with its first routes and the rest.
function helpOf(outcome, speaker, clock) {
  const { library, facts } = speaker;
  return served(library, outcome, facts).map(({ need, wanted, routes }) => {
    let contacts = ordered(routes, speaker, clock);
    if (!clock) contacts = withOwn(library, valueOf(facts, "nation"), contacts);
    const words = library.needs.get(need);
    const heading = words ? speaker.say(words.say) : need;
    const because = wanted.filter((each) => each.because).map((each) => speaker.say(each.because));
    return {
      need,
      heading,
      because: [...new Set(because)],
      contacts: contacts.slice(0, FIRST_SHOWN),
      more: contacts.slice(FIRST_SHOWN),
    };
  });
}

// Open first, then unknown, then shut; within each, routes marked first, then file order.
function ordered(routes, speaker, clock) {
  return routes
    .map((route) => ({ contact: contactOf(route, speaker, clock), last: !route.first }))
    .map((each) => ({ ...each, place: BEST.indexOf(stateOf(each.contact)) }))
    .sort((one, other) => one.place - other.place || one.last - other.last)
    .map(({ contact }) => contact);
}

// The openness of a service: that of its best way.
export function stateOf({ ways }) {
  return BEST.find((state) => ways.some((way) => way.state === state)) ?? UNKNOWN;
}

// The first way by which a person answers at this moment, or undefined.
export function liveNow({ ways }) {
  return ways.find((way) => isLive(way) && way.state === OPEN);
}

// Whether a person answers here, rather than a form.
export function isLive({ channel }) {
  return LIVE.includes(channel);
}

// On paper the first service of the reader's own nation is second, if it is not the first.
function withOwn(library, nation, contacts) {
  const own = contacts.find(({ route }) => {
    const nations = library.routes.get(route).contract?.nations;
    return nations?.size === 1 && nations.has(nation);
  });
  if (!own || own === contacts[0]) return contacts;
  return [contacts[0], own, ...contacts.slice(1).filter((each) => each !== own)];
}

// One route in words for this reader, with whether it is open at the clock's moment.
function contactOf(route, speaker, clock) {
  const isUnsure = (field) => route.unsure.has(field);
  return {
    route: route.name,
    title: speaker.say(route.title),
    ways: CHANNELS.flatMap((channel) => waysBy(channel, route, speaker, clock)),
    details: DETAILS.map((field) => ({ field, text: speaker.say(route[field]) }))
      .filter(({ text }) => text)
      .map((detail) => ({ ...detail, unsure: isUnsure(detail.field) })),
    steps: route.steps.map((step) => speaker.say(step)),
    unsure_steps: isUnsure("steps"),
    forms: route.forms.map((form) => ({
      says: speaker.say(form.say),
      web: form.web,
      unsure: isUnsure(`forms.${form.name}`),
    })),
    seen: route.source?.seen ?? "",
    source_url: route.source?.url ?? "",
    confidence: route.confidence ?? "",
    local: Boolean(route.local),
  };
}

function waysBy(channel, route, speaker, clock) {
  const written = route.hours.get(channel);
  const nation = valueOf(speaker.facts, "nation");
  const { state, says } = hoursOf(speaker.library, channel, written, nation, clock);
  return addresses(channel, route, speaker).map(({ address, uri, label = "" }) => ({
    channel,
    address,
    uri,
    label,
    says,
    state,
    unsure: route.unsure.has(channel),
    unsure_hours: Boolean(written) && route.unsure.has(`hours.${channel}`),
  }));
}

function addresses(channel, route, speaker) {
  const digits = (number) => number.replace(/[^0-9]/g, "");
  if (channel === "phone") {
    const dial = (number) => ({ address: number, uri: `tel:${digits(number)}` });
    return route.phone.map((phone) => ({ ...dial(phone.number), label: speaker.say(phone.say) }));
  }
  if (channel === "text") {
    const what = ({ to, send }) => (send ? `${send} to ${to}` : to);
    return route.text.map((line) => ({ address: what(line), uri: `sms:${digits(line.to)}` }));
  }
  const address = route[channel];
  if (!address) return [];
  return [{ address, uri: channel === "email" ? `mailto:${address}` : address }];
}

// Whether a channel is open, and the words for it: empty for a form without hours.
function hoursOf(library, channel, written, nation, clock) {
  const hours = library.hours.get(written);
  if (!clock) return { state: UNKNOWN, says: hours?.says ?? "" };
  const found = availability(hours?.read, clock.at, nation, clock.holidays);
  const { state } = found;
  if (!written && !LIVE.includes(channel)) return { state, says: "" };
  const online = state === UNKNOWN && channel !== "phone";
  return { state, says: online ? say("hours.check-online") : says(found) };
}

// The first helpline that answers now; if none does for sure, the first that there is.
function lifeline(library, help, only) {
  return ranked(library, help).find(({ way }) => !only || way.channel === only) ?? null;
}

// The lifeline, one by text, and one more, of different services that are not shut.
function toTalk(library, help) {
  const all = ranked(library, help);
  const mayAnswer = all.filter(({ way }) => way.state !== SHUT && !way.unsure);
  const byText = mayAnswer.filter(({ way }) => way.channel === "text");
  const found = new Map();
  for (const each of [...all.slice(0, 1), ...byText.slice(0, 1), ...mayAnswer]) {
    if (!found.has(each.route)) found.set(each.route, each);
  }
  return [...found.values()].slice(0, MOST_TO_TALK);
}

// Every way by which a person answers, of the needs that are for that: first those that are open
// now, then those that are sure, then those by voice.
function ranked(library, help) {
  const contacts = help.flatMap((each) => [...each.contacts, ...each.more]);
  const rank = ({ way }) =>
    4 * (way.state !== OPEN) + 2 * way.unsure + 1 * (way.channel !== "phone");
  return help
    .filter(({ need }) => library.needs.get(need)?.live)
    .flatMap(({ need }) =>
      contacts.filter(({ route }) => library.routes.get(route).serves.includes(need)),
    )
    .flatMap(({ route, title, ways }) => ways.filter(isLive).map((way) => ({ route, title, way })))
    .map((each) => ({ ...each, way: { ...each.way, says: each.way.unsure_hours ? "" : each.way.says } }))
    .sort((one, other) => rank(one) - rank(other));
}
