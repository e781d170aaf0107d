// The screens of a walk other than its ending; twin of terminal/walk_screens.py.
import { say } from "../engine/messages.mjs";
import { NUMBERS, listedOf, ofKind } from "../engine/question.mjs";
import { button, command, el, field, flat, form, list, onRequest, p, titled } from "./dom.mjs";
import { helplines, oneWay, waysNow } from "./services.mjs";

const PAUSE = 150; // milliseconds without a key before it is searched

// Choices as buttons, each { says, about, does }: a number of the keyboard takes one.
export function choices(items) {
  return list("ol", "choices", items.map(({ says, about, does, mark }) => {
    const told = el("span", { class: "says" }, says, mark && ` ${mark}`);
    return button([told, about && el("span", { class: "about" }, about)], does);
  }));
}

// The first screen. `asks` is the question of who is reading; without it one item goes on.
export function firstScreen({ saidFirst = [], asks, items, made, isOld, approval }) {
  return [
    p("strong", say("web.danger")),
    isOld && p("notice", say("web.old", { day: made.made_on })),
    p("", say("opening.comfort")),
    titled(asks ?? say("web.title")),
    saidFirst.map((text) => p("note", text)),
    choices(items),
    aboutLines(approval, made),
  ];
}

// Who is speaking, what stays private, and what leaving cannot clear.
export function aboutLines(approval, made) {
  return el(
    "section",
    { class: "quiet" },
    el("h2", null, say("web.about")),
    p("", say("opening.who-speaks"), " ", approval),
    p("", say("opening.nothing-kept"), " ", say("web.leaving")),
    p("", say("web.made", { day: made.made_on, version: made.version })),
  );
}

// The choice of what has happened. Just to talk comes first, as a phone has no room for all below.
export function choiceScreen({ asks, saidFirst, justTalk: { says, does }, ...listed }) {
  const notes = saidFirst.map((text) => p("note", text));
  return [titled(asks), notes, p("", button(says, does)), findable({ ...listed, label: say("menu.own-words") })];
}

// Choices, and a field above them; `found` searches by what is typed in it, later if need be. Enter
// goes to the first, at once if it is plainly meant.
function findable({ items, found, label: says }) {
  const told = el("div", { role: "status" }), shown = el("div", { class: "listed" }, choices(items));
  let sought = "", soon, first = (button) => button.focus();
  const tell = (...inside) => { // a screen reader is told only what is new
    const news = el("div", null, inside);
    if (news.textContent !== told.textContent) told.replaceChildren(...news.childNodes);
  };
  const look = async () => {
    const said = typed.value.trim();
    if (said === sought) return void (shown.ariaBusy = "false");
    if (said && !shown.classList.contains("found")) tell(p("quiet", say("web.moment")));
    const { items: hits, live, first: does, mayBeDanger, told: instead, atOnce } = said ? await found(said) : { items };
    if (said !== typed.value.trim()) return; // more was typed meanwhile
    sought = said;
    first = (button) => (atOnce ? button.click() : button.focus());
    const count = said && !instead && say("web.found", { count: hits.length });
    const warned = !live && mayBeDanger && p("", say("find.may-be-danger"));
    tell(live ? answering(live, does) : warned, instead && p("", instead), count && p("quiet", count));
    told.classList.toggle("box", Boolean(live));
    shown.classList.toggle("found", Boolean(said));
    shown.replaceChildren(...flat([choices(hits), live && others(live)]));
    shown.ariaBusy = "false";
  };
  const input = () => {
    shown.ariaBusy = "true";
    clearTimeout(soon);
    soon = setTimeout(look, PAUSE);
  };
  const [label, typed] = field("said", says, { input });
  return [form(() => first(shown.querySelector("button")), label, typed), told, shown];
}

// A field for a question of the reader's own; `found` gives the answers that fit, `nothing` is said
// where none does.
export function askScreen(found, nothing) {
  const told = el("div", { class: "parts", role: "status" });
  const answered = ([ask, short, text], at) => { // the best is open, the others are to choose from
    const made = onRequest([el("h2", null, ask), ` ${short}`], () => p("", text));
    made.open = !at;
    return made;
  };
  const look = async () => {
    const { live, hits } = await found(typed.value);
    const inside = hits.length ? hits.map(answered) : p("", nothing);
    told.replaceChildren(...flat([live && answering(live), inside, live && others(live)]));
    told.scrollIntoView({ block: "nearest" }); // else it is below what one sees
  };
  const [label, typed] = field("asked", say("web.ask"));
  return el("section", null, form(look, label, typed, el("button", null, command("ASK"))), told);
}

// What is to be done first, and the first of those who answer now, each in one line; 999 and
// Childline if there is none.
const answering = (live, first = say("find.danger")) =>
  [p("strong", first), lines(live.slice(0, NUMBERS))];

// The others, below what is found.
const others = (live) => live.length > NUMBERS &&
  el("div", { class: "box" }, p("", say("find.others")), lines(live.slice(NUMBERS)));

const lines = (live) => list("ul", "ways", live.map(oneWay)) || p("", say("danger.last-resort"));

// A question, whose answers call `answer` with values, and its kinds `open` with their list.
export function questionScreen(shown, { answer, open }) {
  const item = (each) => ({
    says: each.says,
    mark: [each, ...each.inside].some(({ value }) => shown.present.has(value)) && shown.mark,
    does: () => (each.value ? answer([each.value]) : open(ofKind(shown, each))),
  });
  const listed = listedOf(shown), items = listed.map(item);
  const found = (said) => {
    const words = said.toLowerCase().split(/\s+/);
    const hits = shown.choices.filter(({ says }) => words.every((w) => says.toLowerCase().includes(w)));
    return { items: hits.map(item), told: hits.length ? "" : say("find.nothing") };
  };
  return [
    titled(shown.ask, `${shown.tree_title} · ${shown.progress}`),
    shown.wrote && p("", shown.wrote),
    shown.for_staff && shown.note && p("note", el("b", null, say("question.worker")), shown.note),
    shown.many ? several(shown, answer)
      : listed.length < shown.choices.length ? findable({ items, found, label: say("web.find") })
        : choices(items),
    shown.why && p("quiet", el("b", null, `${say("why.heading")}: `), shown.why),
    shown.said.length > 0 && p("quiet", say("question.said", { words: shown.said.join(" · ") })),
    meanings(shown.words),
  ];
}

// Answers of which several may be ticked. One that stands alone is unticked by the others. After a
// tick it has to be chosen against that: a tick about danger is never dropped unseen.
function several({ choices: all, present, mark, unticked, unticked_value: none }, answer) {
  const wrong = el("p", { class: "wrong", role: "alert" });
  const ticks = all.map((each, at) =>
    el("input", { type: "checkbox", checked: present.has(each.value), change: () => changed(at) }));
  const ticked = () => all.filter((_, at) => ticks[at].checked);
  const goOn = () => {
    wrong.textContent = "";
    onto.replaceChildren(wrong, goingOn);
    goingOn.focus();
  };
  const changed = (at) => {
    if (wrong.textContent) {
      goOn();
      ticks[at].focus();
    }
    const { alone, value, says } = all[at], words = ticked().filter((each) => !each.alone).map((each) => each.says).join(", ");
    if (!alone) ticks.forEach((each, other) => { each.checked &&= !ticks[at].checked || !all[other].alone; });
    if (!alone || !ticks[at].checked || !words) return;
    const keep = button(say("web.keep-tick"), goOn);
    ticks[at].checked = false;
    wrong.textContent = say("web.ticked", { words });
    onto.replaceChildren(wrong, keep, " ", button(says, () => answer([value])));
    keep.focus();
  };
  const given = () => {
    const values = ticked().length || !none ? ticked().map(({ value }) => value) : [none];
    return values.length ? answer(values) : wrong.replaceChildren(say("web.choose-first"));
  };
  const labelled = ({ says, value }, at) =>
    el("label", null, ticks[at], el("span", { class: "says" }, says, present.has(value) && ` ${mark}`));
  const goingOn = el("button", { class: "onward" }, say("web.go-on"));
  const onto = el("div", { class: "onto" }, wrong, goingOn), ticking = list("ol", "choices", all.map(labelled));
  const refusal = unticked && p("unticked", say("web.unticked", { says: unticked }));
  return form(given, p("", say("web.choose-more")), ticking, refusal, onto);
}

// The meanings of hard words, by the alphabet; a word with and without a capital is one.
export function meanings(words) {
  const known = new Map([...words].reverse().map((each) => [each[0].toLowerCase(), each]));
  const sorted = [...known.keys()].sort().map((key) => known.get(key));
  const told = ([word, meaning]) => [el("dt", null, word), el("dd", null, meaning)];
  return sorted.length > 0 &&
    onRequest(el("h2", null, say("words.heading")), () => el("dl", null, sorted.map(told)));
}

// What is said after an answer, before anything more is asked; `items` are to talk, or to go on.
export function responseScreen({ says, served }, items) {
  const now = lines(waysNow(served).slice(0, NUMBERS));
  return [titled(says), p("", say("response.now")), now, choices(items)];
}

// All of those who answer now, for somebody who would rather talk than answer.
export function talkScreen({ talk, open, served }) {
  return [
    titled(talk),
    p("strong", say("goodbye.danger")),
    p("", open),
    served.some(({ contacts }) => contacts.length) ? served.map(helplines)
      : p("", say("danger.last-resort")),
  ];
}

// Help in danger, with 999 and Childline even if a library has no services.
export function dangerScreen(served) {
  return [
    titled(say("danger.title")),
    p("strong", say("danger.ring")),
    p("", say("danger.cannot-speak")),
    !served.some((each) => each.contacts.length) && p("", say("danger.last-resort")),
    served.map(helplines),
  ];
}

// The last screen: kind words, and helplines for later.
export function goodbyeScreen(served) {
  return [
    titled(say("goodbye.title")),
    p("", say("goodbye.well-done"), " ", say("web.close")),
    served.map(helplines),
    p("strong", say("goodbye.danger")),
  ];
}
