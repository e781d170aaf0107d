// One page for two troubles of one person, each thing once; twin of page/joined.py.
import { say } from "./messages.mjs";
import { PARTS, page, withLast } from "./page.mjs";
import { EMERGENCY } from "./visibility.mjs";

const FIRST_OF_GRAVER = 3; // steps of the graver page that stand before those of the other

// The page of the ending at which a walk stands, joined with that of the walk beside it.
export function pageOf(walk, clock = null, asked = []) {
  const shown = page(walk.library, walk.tree, walk.here, walk.facts, clock, asked);
  return walk.beside ? joined(pageOf(walk.beside, clock), shown) : shown;
}

const toDoOf = ({ steps, parts }) =>
  [...steps, ...parts.flatMap(({ kind, lines }) => (kind === "more" ? lines : []))];

function joined(one, other) {
  const [first, second] = one.urgency >= other.urgency ? [one, other] : [other, one];
  const kept = once(first.steps.filter((line, at) => at < FIRST_OF_GRAVER || line.first));
  const toDo = once([kept, second.steps, first.steps, toDoOf(first), toDoOf(second)].flat());
  const saving = toDo.filter((line) => line.first && !kept.includes(line)).length;
  const most = Math.max(first.steps.length, second.steps.length, kept.length + saving);
  const steps = toDo.slice(0, withLast(toDo, most)), said = new Set(steps.map(({ text }) => text));
  const rest = [first, second].map((each) => {
    const lines = toDoOf(each).filter(({ text }) => !said.has(text));
    return { kind: "more", title: say("part.more-of", each), short: "", text: [], lines };
  });
  const same = (name) => JSON.stringify(first[name]) === JSON.stringify(second[name]);
  const ofBoth = (name) => (same(name) ? first[name] : null);
  return {
    ...first,
    title: same("title") ? first.title
      : say("page.both", { one: first.title, other: second.title }),
    emergency: first.emergency ?? second.emergency,
    lifeline: first.lifeline ?? second.lifeline,
    to_talk: first.to_talk.length ? first.to_talk : second.to_talk,
    own_line: first.own_line ?? second.own_line,
    at_night: (first.own_line ? first : second).at_night,
    steps,
    parts: [...rest.filter(({ lines }) => lines.length), ...partsOf(first, second)],
    help: helpOf(first, second),
    sources: by([...first.sources, ...second.sources], JSON.stringify),
    words: [...new Map([...second.words, ...first.words])],
    review_by: first.review_by < second.review_by ? first.review_by : second.review_by,
    note: [...new Set([...first.note, ...second.note])],
    overdue: first.overdue || second.overdue,
    approval: ofBoth("approval"), // nobody approved a page of which they have read half
    carry_on: other.carry_on,
  };
}

// The first of those that have one key.
function by(values, key) {
  const found = new Map();
  for (const each of values) if (!found.has(key(each))) found.set(key(each), each);
  return [...found.values()];
}

const byText = (lines) => by(lines, ({ text }) => text);

// Each line once, what saves a life before all others.
const once = (lines) => byText(lines).sort((a, b) => !a.first - !b.first);

// The parts of both in their order, each once; those of one title as one.
function partsOf(first, second) {
  const found = new Map();
  for (const part of [...first.parts, ...second.parts].filter(({ kind }) => kind !== "more")) {
    const key = `${part.kind} ${part.title}`, { text, lines } = found.get(key) ?? part;
    found.set(key, {
      ...(found.get(key) ?? part),
      text: [...new Set([...text, ...part.text])],
      lines: byText([...lines, ...part.lines]),
    });
  }
  const place = ({ kind }) => PARTS.indexOf(kind);
  return [...found.values()].sort((a, b) => place(a) - place(b));
}

// The needs of both, the emergency first; each service once, where it stands first.
function helpOf(first, second) {
  const every = [...first.help, ...second.help], shown = new Set();
  const fresh = (contacts) => contacts.filter(({ route }) => !shown.has(route) && shown.add(route));
  const both = (one, name) => every.filter(({ need }) => need === one.need).flatMap((e) => e[name]);
  return by(every, ({ need }) => need)
    .map((each) => ({
      ...each, because: [...new Set(both(each, "because"))], contacts: fresh(both(each, "contacts")),
    }))
    .map((each) => ({ ...each, more: fresh(both(each, "more")) }))
    .filter(({ contacts, more }) => contacts.length || more.length)
    .sort((a, b) => (a.need !== EMERGENCY) - (b.need !== EMERGENCY));
}
