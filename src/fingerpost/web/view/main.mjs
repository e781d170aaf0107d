// The conversation of a walk, from its first screen to leaving it; twin of terminal/walk_session.py.
import { londonDay } from "../engine/availability.mjs";
import { labels } from "../engine/labels.mjs";
import {
  NOW, isQuestion, libraryFrom, revived, shown, valueOf,
} from "../engine/library.mjs";
import { say } from "../engine/messages.mjs";
import { pageOf } from "../engine/joined.mjs";
import { answeringNow, danger } from "../engine/page.mjs";
import { asking, responding, standingNumbers } from "../engine/question.mjs";
import { Speaker } from "../engine/speaker.mjs";
import { EMERGENCY } from "../engine/visibility.mjs";
import {
  also, answer, answered, back, begin, carryOn, change, expecting, givenAnew, ofLocal, ofPerson, pastUnasked,
  waiting,
} from "../engine/walk.mjs";
import { AnswerSearch } from "../search/answers.mjs";
import { TreeSearch } from "../search/trees.mjs";
import { SOON, button, command, el, p, titled } from "./dom.mjs";
import { endingOf } from "./ending.mjs";
import { Frame, hasLeft } from "./frame.mjs";
import { layOut, recordOf } from "./paper.mjs";
import {
  aboutLines, choiceScreen, choices, dangerScreen, firstScreen, goodbyeScreen, questionScreen,
  askScreen, responseScreen, talkScreen,
} from "./screens.mjs";
import { waysNow } from "./services.mjs";

const YOUNG = "young-person";
const MOST_ASKED = 2; // answers to what was typed that come first on a page

// Begins when the file is opened. Whatever goes wrong, there is still whom to ring.
export async function start() {
  if (hasLeft()) return;
  const [walk, search] = ["walk", "search"].map((id) => document.getElementById(id));
  const { made, library } = await unpacked(walk);
  const talk = new Conversation(libraryFrom(library), made);
  const broken = () => document.body.replaceChildren(
    p("strong", say("danger.last-resort")), p("strong", say("web.broken")));
  for (const fault of ["error", "unhandledrejection"]) addEventListener(fault, broken);
  talk.begin();
  await new Promise((done) => { setTimeout(done, SOON); });
  const index = new TreeSearch(revived(await unpacked(search)));
  // The sentences are read by themselves, so that no tap waits for everything at once.
  setTimeout(() => { index.isCrisis(""); talk.indexed(index); });
}

// The data of an element of the page. A Blob and a Response would take it through another process,
// and four times as long.
async function unpacked(element) {
  const letters = atob(element.content.textContent), bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
  const { readable, writable } = new DecompressionStream("gzip");
  const writer = writable.getWriter();
  writer.write(bytes);
  writer.close();
  const reader = readable.getReader(), decoder = new TextDecoder();
  let text = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true });
  }
  return JSON.parse(text);
}

// `given` is what is known of every reader, `facts` what is known now, and `chooseAgain` shows
// where the tree was chosen.
class Conversation {
  constructor(library, made) {
    const given = revived({ table: [], value: made.given });
    Object.assign(this, { library, made, given, facts: given, said: [] });
    this.search = new Promise((done) => { this.indexed = done; }); // ready when its index is read
    this.search.then((index) => { this.index = index; });
    this.frame = new Frame({
      danger: () => this.frame.aside(dangerScreen(this.#helplines()), { urgent: true }),
      numbers: () => standingNumbers(this.library, this.facts),
    });
  }

  get clock() {
    return { at: new Date(), holidays: this.library.holidays };
  }

  #helplines() {
    return danger(this.library, this.facts, this.clock);
  }

  #toTalk() {
    return this.#helplines().filter(({ need }) => need !== EMERGENCY);
  }

  // The first screen: who is reading, if that is not known, and what happened is chosen next.
  begin() {
    const { library, given, made: { tree } } = this, question = library.questions.get("teller");
    if (tree || !question || given.has(question.fact)) {
      return this.#open(tree, given, () => (tree ? this.#start(tree, given) : this.#choose(given)));
    }
    const speaker = new Speaker(library, given);
    const readers = question.answers.map((each) => ({
      says: speaker.say(each.say),
      does: () => this.#choose(new Map([...given, [question.fact, new Set([each.value])]])),
    }));
    return this.#first(null, given, { asks: speaker.say(question.ask), items: readers });
  }

  // The first screen where nothing is asked, with what a worker says first.
  #open(tree, given, onward) {
    const known = new Map([...given, ...(this.library.trees.get(tree)?.given ?? [])]);
    const isWorker = valueOf(known, "teller") === "staff";
    const saidFirst = isWorker ? this.#saidFirst(known) : [];
    const items = [{ says: say("web.go-on"), does: onward }];
    this.#first(tree, known, { saidFirst, items });
  }

  #first(tree, known, shown) {
    const { library, made, clock } = this;
    this.facts = known;
    this.approval = labels.approvalOf(library, tree);
    const isOld = londonDay(clock.at) > made.review_by;
    this.#show(firstScreen({ ...shown, approval: this.approval, made, isOld }));
  }

  // What a worker says before the first question.
  #saidFirst(known) {
    const speaker = new Speaker(this.library, known);
    const first = this.library.opening.filter((each) => shown(each, known));
    return first.map((each) => speaker.say(each.say));
  }

  // Chooses a tree that is for this reader: a door, and then one of the trees behind it. Opens
  // the door at the place `open` at once, if one is given.
  #choose(known, open, further) {
    this.facts = known;
    const { library, library: { trees } } = this, speaker = new Speaker(library, known);
    const doors = library.entrances.get(valueOf(known, "teller") ?? "");
    const item = (name, { door, said = "", then } = {}) => {
      const { title, about } = trees.get(name);
      const does = async () => {
        const [now, stated] = said ? (await this.search).told(said, known) : [known, new Map()];
        const how = { stated, said, then, chooseAgain: () => this.#choose(known, door) };
        if (!further) return this.#start(name, now, how);
        this.said = [...this.said.slice(0, 1), said];
        return this.#go(expecting(also(further, name, now), stated));
      };
      return { says: speaker.say(title), about: speaker.say(about), does };
    };
    const items = doors.map(([door, behind], at) => {
      if (!door || behind.length === 1) return item(behind[0]);
      const inside = behind.map((name) => item(name, { door: at })), says = speaker.say(door.say);
      const goBack = () => this.#choose(known, undefined, further);
      const does = () => this.#show([titled(says), choices(inside)], goBack);
      return { says, about: speaker.say(door.about), does };
    });
    if (open !== undefined) return items[open].does();
    const talk = { talk: say("talk.title"), open: say("talk.how"), served: this.#toTalk() };
    const justTalk = { says: say("menu.just-talk"), does: () => this.frame.aside(talkScreen(talk), {}) };
    const offered = doors.flatMap(([, behind]) => behind);
    const found = (said) => this.#found(said, offered, known, item, [...items, justTalk], { mayBeTwo: !further });
    const saidFirst = speaker.teller === "staff" ? this.#saidFirst(known) : [];
    const asks = say(further ? "menu.what-else" : "menu.what-happened");
    const nodes = choiceScreen({ asks, saidFirst, items, found, justTalk });
    this.#show(nodes, () => (further ? this.#go(further) : this.begin()));
  }

  // The trees for a reader's own words, best first, and the one for everything else last; all doors for another language. Where the
  // words may speak of danger, `live` are those who answer now.
  async #found(said, offered, known, item, doors, { mayBeTwo }) {
    const search = await this.search;
    const last = offered.filter((name) => this.library.trees.get(name).catch_all).slice(0, 1);
    const names = search.find(said, valueOf(known, "teller")).map((each) => each.tree)
      .filter((name) => offered.includes(name) && !last.includes(name));
    const fit = mayBeTwo ? search.two(said, valueOf(known, "teller")) : [];
    const two = names.filter((name) => fit.includes(name)), isTwo = two.length > 1;
    const each = [...new Set([...(isTwo ? two : []), ...names, ...last])].map((name) => item(name, { said }));
    const isForeign = !names.length && !search.isEnglish(said);
    const items = isForeign ? doors : names.length ? each : [...each, doors.at(-1)];
    const both = isTwo && item(two[0], { said, then: two[1] });
    if (both) items.splice(2, 0, { says: say("find.both"), does: both.does });
    const needs = search.needsInDanger(said), live = needs && this.#live(needs);
    const about = new Map([...known, ...(this.library.trees.get(names[0])?.given ?? [])]);
    const lines = search.advice(said).map((name) => this.library.in_danger.get(name));
    const line = lines.find((each) => each && shown(each, about));
    const first = line ? new Speaker(this.library, about).say(line.say) : say("find.danger");
    const mayBeDanger = search.mayBeCrisis(said);
    const asked = live || mayBeDanger ? "" : this.#answered(said, known, search);
    const told = asked || (isTwo ? say("find.two") : names.length ? "" : say(isForeign ? "find.foreign" : "find.no-tree"));
    const atOnce = !asked && search.plain(said, valueOf(known, "teller")) === names[0];
    return { items, told, live, first, mayBeDanger, atOnce };
  }

  // The short answer to what was typed, if it plainly asks a question of these facts.
  #answered(said, known, index) {
    const speaker = new Speaker(this.library, known);
    const answers = new AnswerSearch(this.library.answers, known, valueOf(known, "teller"), index);
    const line = answers.askedPlainly(said);
    return line ? `${speaker.say(line.ask)} ${speaker.say(line.short)}` : "";
  }

  // Those who answer now of some needs. Of those for an emergency only the first. An adult is shown
  // first whom they can ring themselves.
  #live(needs) {
    const isFor = ({ route }) => this.library.routes.get(route).serves.some((e) => needs.includes(e));
    const first = ({ need, contacts }) => (need === EMERGENCY ? contacts.slice(0, 1) : contacts);
    const contacts = this.#helplines().flatMap(first).filter(isFor);
    const isText = (each) => answeringNow(each).every(({ channel }) => channel === "text");
    const late = (each) => 2 * Boolean(each.under) + isText(each);
    const isAdult = (valueOf(this.facts, "teller") ?? "young-person") !== "young-person";
    return waysNow(isAdult ? contacts.sort((a, b) => late(a) - late(b)) : contacts);
  }

  // Begins a walk: `said` are the words by which it was found, if any, and `then` is another trouble.
  #start(tree, known, { chooseAgain = () => this.begin(), stated = new Map(), said = "", then } = {}) {
    Object.assign(this, { chooseAgain, said: [said], then });
    this.#go(expecting(begin(this.library, tree, known), stated));
  }

  // Shows where a walk stands. What is asked at the ending is not asked before.
  #go(walk) {
    walk = pastUnasked(walk);
    this.facts = walk.facts;
    return isQuestion(walk.here) ? this.#ask(walk) : this.#end(walk);
  }

  #ask(walk) {
    const asked = asking(walk), now = this.#saidFirst(walk.facts), isFirst = !walk.replies.length;
    const before = isFirst ? [] : this.#saidFirst(back(walk).facts); // the nation adds to it
    const note = [...now.filter((each) => !before.includes(each)), asked.note].filter(Boolean);
    const view = isFirst ? asked : { ...asked, note: note.join(" ") };
    const given = (values) =>
      this.#respond(walk.here, values, answer(walk, values), () => this.#go(walk));
    const changing = (walk.replies.length || ofLocal(walk)) && this.#changing(walk);
    const ways = [changing, this.#noted(note)];
    this.#question(view, { answer: given }, () => this.#back(walk), { ways });
  }

  // What is for a worker alone is opened by a key that no screen names: a child may be looking.
  #noted(note) {
    const told = () => [titled(say("note.heading")), note.map((each) => p("", each))];
    return note.length > 0 && button("", () => this.frame.aside(told(), {}), { hidden: true });
  }

  // Asks a question, from whose kinds of answers the way back leads to the first list.
  #question(view, how, goBack, ways) {
    const again = () => this.#question(view, how, goBack, ways);
    const open = (inside) => this.#question(inside, how, again, ways);
    this.#show(questionScreen(view, { ...how, open }), goBack, ways);
  }

  // Says what is said after an answer, before it goes on.
  #respond(question, values, walk, goBack) {
    const response = responding(question, new Set(values), walk, this.clock);
    if (!response) return this.#go(walk);
    this.facts = walk.facts;
    const talk = { ...response, served: [{ contacts: response.served }] };
    const items = [
      { says: response.talk, does: () => this.frame.aside(talkScreen(talk), {}) },
      { says: say("response.go-on"), does: () => this.#go(walk) },
    ];
    return this.#show(responseScreen(response, items), goBack);
  }

  #end(walk) {
    const other = this.#other(walk);
    if (other) return this.#go(other);
    const { index, library: { answers }, said } = this;
    const isShared = ({ name }) => name && answers.some(({ line }) => line.name === name);
    const ofPage = walk.here.advice.filter((line) => line.ask && !isShared(line));
    const reader = valueOf(walk.facts, "teller");
    const search = (from, own = []) =>
      new AnswerSearch([...answers, ...own.map((line) => ({ line }))], walk.facts, reader, from);
    // No page waits for an index that is not read yet.
    const asked = new Set(index ? said.flatMap((text) => search(index).askedBy(text)) : []);
    const paper = (how) => () => this.#sheet(walk, how);
    const later = waiting(walk).map(([index]) => index);
    const ways = [
      button(say("web.paper"), () => this.#print(walk, paper)),
      this.#changing(walk),
    ];
    const more = [later.length > 0 && button(command("APP"), () => this.#askAgain(walk, later))];
    const view = pageOf(walk, this.clock, [...asked].slice(0, MOST_ASKED));
    const further = () => this.#choose(ofPerson(walk), undefined, walk);
    if (!walk.beside && !view.carry_on && this.library.trees.size > 1) {
      more.unshift(button(command("ALSO"), further));
    }
    const onward = () => this.#go(carryOn(walk));
    ways.push(this.#noted(view.note));
    const nodes = endingOf(view, { onward });
    const speaker = new Speaker(this.library, walk.facts);
    const found = async (text) => {
      const read = await this.search;
      const answered = ({ ask, short, say: told }) =>
        [ask, short, told].map((each) => speaker.say(each));
      const live = read.namesDanger(text) && this.#live(read.needsInDanger(text));
      return { live, hits: search(read, ofPage).find(text).map(answered) };
    };
    if (answers.some(({ line }) => shown(line, walk.facts))) {
      const nothing = view.urgency === NOW ? "find.no-answer-in-danger" : "find.no-answer";
      nodes.push(askScreen(found, say(nothing)));
    }
    this.#show(nodes, () => this.#back(walk), { ways, more, paper: paper({}) });
  }

  // The walk of the other of two troubles that were chosen, beside this one, once. Who needs help now
  // reads first how to get it, and may choose it there.
  #other(walk) {
    const { then } = this, shown = then && pageOf(walk, this.clock);
    if (!then || shown.carry_on) return null;
    this.then = undefined;
    return shown.urgency === NOW ? null : also(walk, then);
  }

  // Back from the very first question leads to where its tree was chosen.
  #back(walk) {
    while (walk.replies.length) {
      walk = back(walk);
      if (!isQuestion(walk.here) || !walk.here.at_ending) return this.#go(walk);
    }
    return walk.beside ? this.#go(walk.beside) : this.chooseAgain();
  }

  // Chooses an earlier answer, or one of local details, and gives another.
  #changing(walk) {
    const item = ([index, { ask, fact }, { tree, values }]) => {
      const speaker = new Speaker(this.library, walk.facts, tree);
      const does = () => this.#askAgain(walk, [index]);
      return { says: speaker.say(ask), about: speaker.answers(fact, values), does };
    };
    return button(command("CHANGE"), () => {
      const earlier = answered(walk).filter(([, question]) => !question.at_ending);
      const local = ofLocal(walk), items = [...(local ? [local] : []), ...earlier].map(item);
      this.#show([titled(say("menu.change")), choices(items)], () => this.#go(walk));
    });
  }

  // Asks again what was answered at some places, one after the other.
  #askAgain(walk, [index, ...others]) {
    if (index === undefined) return this.#go(walk);
    const { tree: name, step, values } = index < 0 ? ofLocal(walk)[2] : walk.replies[index];
    const tree = this.library.trees.get(name), here = tree.questions.get(step);
    const replies = walk.replies.slice(0, Math.max(0, index));
    const view = asking({ ...walk, tree, here, replies, kept: [] }, values);
    const given = (chosen) => {
      const after = index < 0 ? givenAnew(walk, here.fact, chosen) : change(walk, index, chosen);
      const goBack = () => this.#go(walk);
      return others.length ? this.#askAgain(after, others)
        : this.#respond(here, chosen, after, goBack);
    };
    const ways = [this.#noted([view.note].filter(Boolean))];
    return this.#question(view, { answer: given }, () => this.#go(walk), { ways });
  }

  // The ending laid out for print.
  #sheet(walk, { large = false, record = null }) {
    if (record) return layOut(recordOf(record));
    const view = pageOf(walk);
    const bilingual = this.library.bilingual.includes(view.nation);
    const paper = { large, bilingual, today: londonDay(this.clock.at) };
    layOut(endingOf(view, { codes: this.library.scanned, paper }), { large, child: view.under_13 });
  }

  // Begins as the young person whom a page is about, for a sheet in their words.
  #young(walk) {
    const known = new Map([...ofPerson(walk), ["teller", new Set([YOUNG])]]), { tree } = walk.start;
    const isTheirs = this.library.entrances.get(YOUNG).some(([, behind]) => behind.includes(tree));
    return isTheirs ? this.#start(tree, known, { chooseAgain: () => this.#go(walk) }) : this.#choose(known);
  }

  #print(walk, paper) {
    const reader = valueOf(walk.facts, "teller"), record = reader === "staff" && this.library.record;
    const young = { says: say("save.young"), about: say("save.young-about"), does: () => this.#young(walk) };
    const laid = (made) => () => { this.frame.screen.paper = made; print(); };
    const item = (key, how) => ({ says: say(key), does: laid(paper(how)) });
    const card = { says: say("web.print-card"), about: say("web.print-card-about"), does: laid(this.frame.card) };
    const told = p("", say("save.holds"), " ", say("web.print-stays"));
    const items = [
      card, item("web.print", {}), reader !== YOUNG && young, item("web.print-large", { large: true }),
      record && item("web.print-record", { record }),
    ].filter(Boolean);
    this.frame.aside([titled(say("save.title")), told, choices(items)], { paper: paper({}) });
  }

  // Shows a screen with the commands that stand on every one but the first.
  #show(nodes, goBack, { ways = [], more = [], paper } = {}) {
    const about = () =>
      this.frame.aside([titled(say("web.title")), aboutLines(this.approval, this.made)]);
    const again = [{ says: say("menu.again-yes"), does: () => this.begin() }];
    const others = [
      ...more,
      button(command("STOP"), () => this.#stop()),
      goBack && button(command("AGAIN"), () => this.frame.aside([titled(say("menu.again")), choices(again)])),
      goBack && button(command("ABOUT"), about),
    ].filter(Boolean);
    const folded = others.length > 1 ? [el("details", null, el("summary", null, say("web.more-choices")), others)] : others;
    this.frame.show(nodes, { back: goBack, paper, ways: [...ways.filter(Boolean), ...folded] });
  }

  #stop() {
    const nodes = goodbyeScreen(this.#toTalk());
    Object.assign(this, { facts: this.given, chooseAgain: null });
    this.frame.show(nodes, { ways: [button(command("AGAIN"), () => this.begin())] });
  }
}
