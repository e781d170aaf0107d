// The screens of a walk other than its ending; twin of terminal/views/walk.py.
import { say } from "../engine/messages.mjs";
import { button, command, el, field, form, list, onRequest, p, titled } from "./dom.mjs";
import { helplines, wayOf } from "./services.mjs";

const PAUSE = 150; // milliseconds without a key before it is searched

// Choices as buttons, each { says, about, does }: a number of the keyboard takes one.
export function choices(items) {
  return list("ol", "choices", items.map(({ says, about, does, present }) =>
    button([el("span", { class: "says" }, says, present && ` ${say("question.present")}`),
      about && el("span", { class: "about" }, about)], does)));
}

// The first screen. `asks` is the question of who is reading, or what goes on without it.
export function firstScreen({ notice, talk, saidFirst, asks, approval, made, isOld, openCode }) {
  return [
    p("strong", say("web.danger")),
    notice && p("notice", notice),
    isOld && p("notice", say("web.old", { day: made.made_on })),
    p("", say("opening.comfort")),
    talk && p("", say("opening.talk", { talk })),
    asks.says ? titled(asks.says) : titled(say("web.title")),
    saidFirst.map((text) => p("", text)),
    choices(asks.choices),
    aboutLines(approval, made),
    codeField(openCode),
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

function codeField(openCode) {
  const wrong = p("wrong");
  wrong.setAttribute("role", "alert");
  const [label, typed] = field("code", say("web.type-code"), { class: "letters" });
  const open = () => (wrong.textContent = openCode(typed.value));
  return onRequest(say("web.have-code"), form(open, label, typed, wrong, el("button", null, say("web.open-code"))));
}

// The choice of what has happened. `found` searches by the user's own words, later if need be.
export function choiceScreen({ saidFirst, items, found, below }) {
  const told = el("div", { role: "status" }), shown = el("div", null, choices(items));
  let sought = "";
  // A screen reader is told only what is new.
  const tell = (...inside) => {
    const nodes = el("div", null, inside);
    if (nodes.textContent !== told.textContent) told.replaceChildren(...nodes.childNodes);
  };
  const look = async () => {
    const said = typed.value.trim();
    if (said === sought) return;
    sought = said;
    if (said && !shown.classList.contains("found")) tell(p("quiet", say("web.moment")));
    const { items: hits, live, told: instead } = said ? await found(said) : { items };
    if (said !== sought) return;
    tell(
      live && p("strong", say("find.danger")),
      live && list("ul", "ways", live.map(({ title, way }) => [el("b", null, title), " ", wayOf(way)])),
      live && !live.length && p("", say("danger.last-resort")),
      instead && p("", instead),
      said && !instead && p("quiet", say("web.found", { count: hits.length })),
    );
    told.classList.toggle("box", Boolean(live));
    shown.classList.toggle("found", Boolean(said));
    shown.replaceChildren(choices(hits));
  };
  let soon;
  const input = () => (clearTimeout(soon), soon = setTimeout(look, PAUSE));
  const [label, typed] = field("said", say("web.own-words"), { input });
  return [
    titled(say("menu.what-happened")),
    saidFirst.map((text) => p("note", text)),
    form(() => shown.querySelector("button")?.focus(), label, typed),
    told,
    shown,
    below.map((text) => p("", text)),
  ];
}

// A question, whose answers call `answer` with values. `note` is that of the worker.
export function questionScreen(shown, { note, answer }) {
  const values = (ticks) => shown.choices.filter((_, at) => ticks[at].checked).map((each) => each.value);
  return [
    titled(shown.ask, `${shown.tree_title} · ${shown.progress}`),
    shown.for_staff && shown.note && p("note", el("b", null, say("question.worker")), shown.note),
    shown.many ? ticked(shown, (ticks) => answer(values(ticks))) : choices(shown.choices.map((each) => ({
      says: each.says, present: shown.present.has(each.value), does: () => answer([each.value]),
    }))),
    shown.why && p("quiet", el("b", null, `${say("why.heading")}: `), shown.why),
    shown.standing && p("", shown.standing),
    shown.said.length > 0 && p("quiet", say("question.said", { words: shown.said.join(" · ") })),
    meanings(shown.words),
    onRequest(command("NOTE"), note.length > 0 && [el("h2", null, say("note.heading")), note.map((text) => p("", text))]),
  ];
}

// Answers of which several may be ticked: one that stands alone unticks the others.
function ticked({ choices: all, present }, done) {
  const wrong = p("wrong");
  wrong.setAttribute("role", "alert");
  const tick = (at) => ticks.forEach((each, other) => {
    if (other !== at && ticks[at].checked && (all[at].alone || all[other].alone)) each.checked = false;
  });
  const ticks = all.map((each, at) =>
    el("input", { type: "checkbox", checked: present.has(each.value), change: () => tick(at) }));
  const given = () => {
    if (ticks.some((each) => each.checked)) return done(ticks);
    wrong.textContent = say("web.choose-first");
  };
  return form(
    given,
    p("", say("web.choose-more")),
    list("ol", "choices", all.map(({ says }, at) => el("label", null, ticks[at], " ", el("span", { class: "says" }, says)))),
    wrong,
    el("button", { class: "onward" }, say("web.go-on")),
  );
}

// The meanings of hard words, by the alphabet; a word with and without a capital is one.
export function meanings(words) {
  const known = new Map([...words].reverse().map(([word, meaning]) => [word.toLowerCase(), [word, meaning]]));
  const sorted = [...known.keys()].sort().map((key) => known.get(key));
  return onRequest(
    say("words.heading"),
    sorted.length > 0 && el("dl", null, sorted.map(([word, meaning]) => [el("dt", null, word), el("dd", null, meaning)])),
  );
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
