// The conversation of a walk, from its first screen until somebody leaves; twin of terminal/walk.py.
import { WrongCode } from "../codes/check_letters.mjs";
import { codeOf, opened } from "../codes/resume_code.mjs";
import { londonDay } from "../engine/availability.mjs";
import { entrances, urgentFirst } from "../engine/doors.mjs";
import { labels } from "../engine/labels.mjs";
import { alwaysAsks, isQuestion, libraryFrom, revived, shown, valueOf } from "../engine/library.mjs";
import { say } from "../engine/messages.mjs";
import { danger, liveNow, page } from "../engine/page.mjs";
import { asking, standing, toTalk } from "../engine/question.mjs";
import { Speaker } from "../engine/speaker.mjs";
import { EMERGENCY } from "../engine/visibility.mjs";
import { answer, answered, back, begin, carryOn, change, reask, unasked, waiting } from "../engine/walk.mjs";
import { TreeSearch } from "../search/trees.mjs";
import { layOut } from "../sheets/paper.mjs";
import { sheet } from "../sheets/sheet.mjs";
import { button, command, p, titled } from "./dom.mjs";
import { endingOf } from "./ending.mjs";
import { Frame } from "./frame.mjs";
import {
  aboutLines, choiceScreen, choices, dangerScreen, firstScreen, goodbyeScreen, questionScreen,
} from "./screens.mjs";

// Begins when the file is opened. Whatever goes wrong, there is still whom to ring.
export async function start() {
  const broken = () => {
    const told = [say("danger.last-resort"), say("web.broken")].map((text) => p("strong", text));
    document.body.replaceChildren(...told);
  };
  const [walk, search] = ["walk", "search"].map((id) => document.getElementById(id));
  const { made, library } = await unpacked(walk);
  const talk = new Conversation(libraryFrom(library), revived({ table: [], value: made.given }), made);
  addEventListener("error", broken);
  addEventListener("unhandledrejection", broken);
  talk.begin();
  const index = new TreeSearch(talk.library, revived(await unpacked(search)));
  const build = () => (index.step() ? talk.indexed(index) : setTimeout(build));
  build();
}

// The data of an element of the page.
async function unpacked(element) {
  const letters = atob(element.content.textContent);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

class Conversation {
  // `given` is what is known of every reader.
  constructor(library, given, made) {
    Object.assign(this, { library, given, made, facts: given });
    // The index of the search, when it is built.
    this.search = new Promise((done) => (this.indexed = done));
    this.frame = new Frame(() => this.#danger());
  }

  get clock() {
    return { at: new Date(), holidays: this.library.holidays };
  }

  // The first screen: who is reading, if that is not known, and what happened is chosen next.
  begin() {
    const { tree } = this.made, question = this.library.questions.get("teller");
    if (tree || !question || this.given.has(question.fact)) {
      this.#open(tree, this.given, () => (tree ? this.#start(tree, this.given) : this.#choose(this.given)));
      return;
    }
    const speaker = new Speaker(this.library, this.given);
    const items = question.answers.map(({ say: says, value }) => ({
      says: speaker.say(says),
      does: () => this.#choose(new Map([...this.given, [question.fact, new Set([value])]])),
    }));
    this.#first(null, this.given, { asks: { says: speaker.say(question.ask), choices: items } });
  }

  // The first screen where nothing is asked, with what a worker says first.
  #open(tree, given, onward, { notice, resumed } = {}) {
    const known = new Map([...given, ...(this.library.trees.get(tree)?.given ?? [])]);
    const saidFirst = resumed || valueOf(known, "teller") === "staff" ? this.#saidFirst(known) : [];
    const asks = { choices: [{ says: say("web.go-on"), does: onward }] };
    this.#first(tree, known, { asks, saidFirst, notice });
  }

  #first(tree, known, { asks, saidFirst = [], notice }) {
    this.facts = known;
    const { library, made, clock } = this;
    this.approval = labels.approvalOf(library, tree, clock);
    const isOld = londonDay(clock.at) > made.review_by;
    const openCode = (code) => this.#openCode(code);
    const talk = toTalk(library, known);
    this.#show(firstScreen({ notice, talk, saidFirst, asks, approval: this.approval, made, isOld, openCode }));
  }

  // Goes on from a code; the sentence that says what is wrong with it, if something is.
  #openCode(typed) {
    try {
      const { tree, facts, walk } = opened(this.library, typed);
      const known = new Map([...facts].filter(([fact]) => !alwaysAsks(this.library, fact)));
      const onward = () => (walk ? this.#go(reask(walk)) : this.#start(tree, new Map([...this.given, ...known])));
      this.#open(tree, known, onward, { notice: say(walk ? "code.opened" : "code.changed"), resumed: Boolean(walk) });
    } catch (wrong) {
      if (!(wrong instanceof WrongCode)) throw wrong;
      return wrong.message;
    }
  }

  // What a worker says before the first question.
  #saidFirst(known) {
    const speaker = new Speaker(this.library, known);
    return this.library.opening.filter((each) => shown(each, known)).map((each) => speaker.say(each.say));
  }

  // Chooses a tree that is for this reader: a door, and then one of the trees behind it.
  #choose(known) {
    this.facts = known;
    const { library } = this, { trees } = library;
    const speaker = new Speaker(library, known);
    const reader = valueOf(known, "teller");
    const doors = entrances(library, speaker.teller, urgentFirst(library, [...trees.keys()], reader));
    const item = (name) => {
      const { title, about } = trees.get(name);
      return { says: speaker.say(title), about: speaker.say(about), does: () => this.#start(name, known) };
    };
    const items = doors.map(([door, behind]) => {
      if (!door || behind.length === 1) return item(behind[0]);
      const inside = behind.map(item), says = speaker.say(door.say);
      const does = () => this.#show([titled(says), choices(inside)], () => this.#choose(known));
      return { says, about: `${inside.map((each) => each.says).join(". ")}.`, does };
    });
    const offered = doors.flatMap(([, behind]) => behind);
    const saidFirst = speaker.teller === "staff" ? this.#saidFirst(known) : [];
    const found = (said) => this.#found(said, offered, known, item);
    this.#show(choiceScreen({ saidFirst, items, found, below: this.#numbers(known) }), () => this.begin());
  }

  // The trees for a reader's own words, best first, and the one for everything else last. Where the
  // words may speak of danger, `live` are those who answer now.
  async #found(said, offered, known, item) {
    const search = await this.search;
    const last = offered.filter((name) => this.library.trees.get(name).catch_all).slice(0, 1);
    const found = search.find(said, valueOf(known, "teller")).map((each) => each.tree);
    const names = found.filter((name) => offered.includes(name) && !last.includes(name));
    const next = say(last.length ? "find.this-one" : "find.from-list");
    return {
      items: [...names, ...last].map(item),
      told: names.length ? "" : say("find.no-tree", { next }),
      live: search.isCrisis(said) && this.#live(known, search.words.crisis.needs),
    };
  }

  // Those who answer now of the needs of a crisis. Of those for an emergency only the first.
  #live(known, needs) {
    const { routes } = this.library;
    return danger(this.library, known, this.clock)
      .flatMap(({ need, contacts }) => (need === EMERGENCY ? contacts.slice(0, 1) : contacts))
      .filter(({ route }) => routes.get(route).serves.some((need) => needs.includes(need)))
      .map((each) => ({ title: labels.titleOf(each), way: liveNow(each) }))
      .filter(({ way }) => way);
  }

  // The numbers below the doors: for danger, for a young person, and for this reader.
  #numbers(known) {
    const young = standing(this.library, known), reader = toTalk(this.library, known);
    const isOther = reader && known.has("teller") && !young.includes(reader.split(".")[0]);
    return [young, isOther && say("opening.talk", { talk: reader })].filter(Boolean);
  }

  #start(tree, known) {
    this.known = known;
    this.#go(begin(this.library, tree, known));
  }

  // Shows where a walk stands. What is asked at the ending is not asked before.
  #go(walk) {
    while (isQuestion(walk.here) && unasked(walk.here)) walk = answer(walk, unasked(walk.here));
    this.facts = walk.facts;
    if (isQuestion(walk.here)) this.#ask(walk);
    else this.#end(walk);
  }

  #ask(walk) {
    const view = asking(walk);
    const note = [view.note, ...(walk.replies.length ? [] : this.#saidFirst(walk.facts))].filter(Boolean);
    const nodes = questionScreen(view, { note, answer: (values) => this.#go(answer(walk, values)) });
    this.#show(nodes, () => this.#back(walk), view.said.length > 0 && [this.#changing(walk)]);
  }

  #end(walk) {
    const { library } = this, code = codeOf(walk);
    const asked = waiting(walk).map(([index]) => index);
    const ways = [
      button(command("PRINT"), () => this.#print(walk, code)),
      this.#changing(walk),
      asked.length > 0 && button(command("APP"), () => this.#askAgain(walk, asked)),
    ];
    const view = page(library, walk.tree, walk.here, walk.facts, this.clock);
    const onward = () => this.#go(carryOn(walk));
    const nodes = endingOf(view, { code, codes: library.scanned, carryOn: onward });
    this.#show(nodes, () => this.#back(walk), ways, this.#paper(walk, code, false));
  }

  // Back from the very first question leads to where its tree was chosen.
  #back(walk) {
    while (walk.replies.length) {
      walk = back(walk);
      if (!isQuestion(walk.here) || !walk.here.at_ending) return this.#go(walk);
    }
    return this.made.tree || !this.known ? this.begin() : this.#choose(this.known);
  }

  #changing(walk) {
    return button(command("CHANGE"), () => {
      const items = answered(walk).filter(([, question]) => !question.at_ending).map(([index, { ask, fact }, reply]) => {
        const speaker = new Speaker(this.library, walk.facts, reply.tree);
        const about = speaker.answers(fact, reply.values);
        return { says: speaker.say(ask), about, does: () => this.#askAgain(walk, [index]) };
      });
      this.#show([titled(say("menu.change")), choices(items)], () => this.#go(walk));
    });
  }

  // Asks again what was answered at some places, one after the other.
  #askAgain(walk, [index, ...others]) {
    if (index === undefined) return this.#go(walk);
    const { tree: name, step, values } = walk.replies[index];
    const tree = this.library.trees.get(name);
    const here = tree.questions.get(step), replies = walk.replies.slice(0, index);
    const view = asking({ ...walk, tree, here, replies, kept: [] }, values);
    const given = (chosen) => this.#askAgain(change(walk, index, chosen), others);
    this.#show(questionScreen(view, { note: [view.note].filter(Boolean), answer: given }), () => this.#go(walk));
  }

  // Lays out the sheet of an ending for print, and takes it away again.
  #paper(walk, code, large) {
    return (wanted) => {
      const view = page(this.library, walk.tree, walk.here, walk.facts, null);
      const how = { audience: view.reader, printed_on: londonDay(this.clock.at), large };
      layOut(wanted ? sheet(view, code, how) : null, document, this.library.scanned);
    };
  }

  #print(walk, code) {
    const print = (large) => {
      this.frame.screen.paper = this.#paper(walk, code, large);
      globalThis.print();
    };
    this.frame.aside([
      titled(say("save.title")),
      p("", say("save.holds"), " ", say("web.print-stays")),
      choices([
        { says: say("web.print"), does: () => print(false) },
        { says: say("web.print-large"), does: () => print(true) },
      ]),
    ], { paper: this.#paper(walk, code, false) });
  }

  // Shows a screen with the commands that stand on every one.
  #show(nodes, goBack, ways, paper) {
    const { frame } = this;
    const everywhere = [
      goBack && button(command("AGAIN"), () => this.begin()),
      button(command("ABOUT"), () => frame.aside([titled(say("web.title")), aboutLines(this.approval, this.made)])),
      button(command("STOP"), () => this.#stop()),
    ];
    frame.show(nodes, { back: goBack, paper, ways: [...(ways || []), ...everywhere].filter(Boolean) });
  }

  #danger() {
    this.frame.aside(dangerScreen(danger(this.library, this.facts, this.clock)), { urgent: true });
  }

  #stop() {
    const served = danger(this.library, this.facts, this.clock).filter(({ need }) => need !== EMERGENCY);
    this.facts = this.given;
    this.known = undefined;
    this.frame.show(goodbyeScreen(served), { ways: [button(command("AGAIN"), () => this.begin())] });
  }
}
