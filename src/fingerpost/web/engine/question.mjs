// The view of a question for one reader, of what is said after it, and whom to ring, which stands
// on every screen: texts, in no format; twin of page/question.py.
import { PAST, TELLERS, WROTE, isQuestion } from "./library.mjs";
import { say } from "./messages.mjs";
import { danger, isAgeKnown, isAlwaysOpen } from "./page.mjs";
import { Speaker } from "./speaker.mjs";
import { EMERGENCY } from "./visibility.mjs";
import { answered, askedBefore, offeredHere, pastUnasked, teller } from "./walk.mjs";

export const NUMBERS = 2; // the services whose numbers stand on the screen itself

// The view of the question at which a walk stands. `present` are the values of an answer that is
// being changed; else what was written is chosen.
export function asking(walk, present = new Set()) {
  const question = walk.here;
  const speaker = new Speaker(walk.library, walk.facts, walk.tree.name);
  return {
    tree_title: speaker.say(walk.library.trees.get(walk.start.tree).title),
    progress: say("question.place", { asked: askedBefore(walk) + 1 }),
    ask: speaker.say(question.ask),
    why: speaker.say(question.why),
    note: speaker.say(question.note),
    choices: choices(question, speaker),
    many: Boolean(question.many),
    for_staff: teller(walk) === "staff",
    unticked: speaker.say(question.answers.find(({ value }) => value === question.unticked)?.say),
    unticked_value: question.unticked ?? "",
    wrote: wrote(question, speaker, walk.facts) || stated(speaker, walk),
    words: speaker.glossary(), // last, when every sentence has been said
    said: said(walk),
    present: present.size ? present : offeredHere(walk),
    mark: say(present.size ? "question.present" : "question.offered"),
  };
}

// The first list, and after it the answers that stand behind the kinds in it.
function choices(question, speaker) {
  const listed = [], behind = [];
  for (const [kind, answers] of linesOf(question)) {
    const says = speaker.say(kind?.say);
    const line = answers.filter(({ value }) => value !== question.unticked).map((each) => ({
      value: each.value,
      says: speaker.say(each.say),
      alone: Boolean(each.alone),
      kind: says,
      inside: [],
    }));
    if (kind) behind.push(...line);
    listed.push(...(kind ? [{ value: "", says, alone: false, kind: "", inside: line }] : line));
  }
  return [...listed, ...behind];
}

// The lines of the first list: an answer, or a kind with its answers where the first of them was.
// A kind of one answer is that answer.
function linesOf({ answers, kinds }) {
  const lines = new Map();
  for (const answer of answers) {
    const name = answer.kind ? `kind ${answer.kind}` : answer.value;
    lines.set(name, [...(lines.get(name) ?? []), answer]);
  }
  return [...lines.values()].map((line) =>
    [line.length > 1 && kinds.find(({ name }) => name === line[0].kind), line]);
}

// The choices that stand in the list. Those after them are only found, by their words.
export function listedOf({ choices: all }) {
  return all.filter(({ kind }) => !kind);
}

// The list of a kind.
export function ofKind(view, { says, inside }) {
  const progress = say("question.part", { place: view.progress });
  return { ...view, progress, ask: says, choices: inside.map((each) => ({ ...each, kind: "" })) };
}

// What is said after these values of a question, which led to where a walk stands; null if nothing
// is, or if no more is asked: an ending says it.
export function responding(question, values, walk, clock) {
  const chosen = question.answers.filter((each) => each.response && values.has(each.value));
  if (!chosen.length || !isQuestion(pastUnasked(walk).here)) return null;
  const [{ response }] = chosen, { library, facts, tree } = walk;
  const speaker = new Speaker(library, facts, tree.name);
  const serves = ({ route }) =>
    library.routes.get(route).serves.some((need) => response.needs.includes(need));
  return {
    says: speaker.say(response.say),
    talk: speaker.say(response.talk),
    open: speaker.say(response.open),
    served: danger(library, facts, clock)
      .filter(({ need }) => need !== EMERGENCY).flatMap(({ contacts }) => contacts).filter(serves),
  };
}

// What kinds of danger the person wrote of, if this question is about danger; or empty.
function wrote(question, speaker, facts) {
  const kinds = new Set([...(facts.get(WROTE) ?? [])].filter((each) => !PAST.has(each)));
  if (!question.in_danger?.size || !kinds.size) return "";
  return say("question.wrote", { what: speaker.answers(WROTE, kinds) });
}

// What was not asked just before this question, as the person's words state it; or empty.
function stated(speaker, walk) {
  const every = answered(walk), from = every.findLastIndex(([, , reply]) => !reply.stated) + 1;
  const what = every.slice(from)
    .map(([, { fact }, { values }]) => speaker.answers(fact, values)).join(" · ");
  return what && say("question.stated", { what });
}

// The first sentence of each answer so far, in order; what is always asked is not for others to see.
function said(walk) {
  return answered(walk)
    .filter(([, question]) => !question.at_ending && !question.always_ask)
    .map(([, { fact }, { tree, values }]) =>
      brief(new Speaker(walk.library, walk.facts, tree).answers(fact, values)));
}

// The number for danger first; none if the library has none for that. A question that has not been
// asked yet counts as answered "not sure".
export function standingNumbers(library, facts) {
  const served = danger(library, facts, null), [emergency] = phones(served);
  if (!emergency) return [];
  const { address: number, uri } = emergency.way;
  return [
    { label: say("standing.danger"), says: say("standing.ring", { number }), uri },
    ...toTalk(library, facts, served.filter((each) => each.need !== EMERGENCY)),
  ];
}

// The first helpline for whoever has told an age; else one for the young that says so, and one for
// any age. A screen stays open: only what answers day and night stands on each.
function toTalk({ routes }, facts, served) {
  const isAdult = [...(facts.get("teller") ?? [])].some((each) => each !== TELLERS[0]);
  const open = phones(served).map((phone) => ({ ...phone, route: routes.get(phone.route) }))
    .filter(({ route }) => isAlwaysOpen(route, "phone"));
  if (!isAdult && isAgeKnown(facts)) {
    return open.slice(0, 1).map((each) => numberOf(say("standing.talk"), each));
  }
  const young = open.filter(({ route }) => route.under).slice(0, 1);
  const anyAge = open.filter(({ route }) => route.any_age).slice(0, 1);
  const label = say(young.length ? "standing.any-age" : "standing.talk");
  return [
    ...young.map((each) => numberOf(say("standing.under", { age: each.route.under }), each)),
    ...anyAge.map((each) => numberOf(label, each)),
  ];
}

function numberOf(label, { title, way }) {
  return { label, says: `${title} ${way.address}`, uri: way.uri };
}

// Each service with its first number, in order.
function phones(served) {
  return served.flatMap((each) => each.contacts).flatMap(({ route, title, ways }) =>
    ways.filter(({ channel }) => channel === "phone").slice(0, 1).map((way) => ({ route, title, way })));
}

function brief(text) {
  return text.split(". ")[0].replace(/\.+$/, "");
}
