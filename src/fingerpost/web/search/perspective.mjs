// Whom a text is about: its author, a friend, a child, or a young person in care; twin of
// search/perspective.py.

const NEAR = 3; // the most words between a possessive and its person

export class Perspective {
  constructor(whom) {
    const each = (key) => whom.get(key) ?? new Set();
    this.others = ["friend", "child", "in-care"].map((who) => [who, each(who)]);
    for (const key of ["my", "me", "and", "told", "nobody", "online", "kin"]) this[key] = each(key);
    this.teller = new Set([...this.me, ...each("i")]);
    this.first = [["i", "i"], ["mine", "my"], ["they", "they"], ["how", "how"]]
      .map(([name, key]) => [name, each(key)]);
  }

  // The features of whom a text is about; `said` are its words by `Vocabulary.words`: another
  // person, or without one who acts; and whether it was done to the author.
  marks(said) {
    const named = said.flatMap((word) => this.first.filter(([, anyOf]) => anyOf.has(word)));
    const about = this.spokenOf(said, false) ?? "", acts = named[0]?.[0] ?? "";
    const mark = about ? `of: ${about}` : `first: ${acts}`;
    return [mark, `${mark}, ${this.#isToMe(said) ? "to me" : "not to me"}`];
  }

  // The first person whom a text is about, other than its author; null if there is none. One who is
  // only known `online` is a friend in danger, and else may be a stranger.
  spokenOf(said, online = true) {
    for (let at = 0; at < said.length; at++) {
      const two = said.slice(Math.max(0, at - 1), at + 1).join(" ");
      for (const [who, names] of this.others) {
        const isNamed = names.has(said[at]) || names.has(two);
        if (isNamed && (who === "in-care" || this.#isAnother(said, at, online))) return who;
      }
    }
    return null;
  }

  // Whether a word after a possessive means another person without the author.
  #isAnother(said, at, online) {
    const before = said.slice(Math.max(0, at - NEAR), at), after = said.slice(at + 1, at + 3);
    const withMe = this.#isBeside(before.slice(0, 2)) || this.#isBeside([...after].reverse());
    const isMine = before.some((each) => this.my.has(each));
    const isPerson = isMine && !before.some((each) => this.nobody.has(each));
    const isMet = online || ![...before, after[0]].some((each) => this.online.has(each));
    if (!(isPerson && !withMe && isMet)) return false;
    if (this.#isOfKin(before, after)) return online && !this.#isToMe(said);
    return !(this.kin.has(after[0]) && this.#isToMe(said));
  }

  // Whether somebody is another's: a mum's friend, or a brother in law.
  #isOfKin(before, after) {
    const mine = before.findLastIndex((each) => this.my.has(each));
    const between = !before.some((each) => this.and.has(each))
      && before.slice(mine + 1).some((each) => this.kin.has(each));
    return (mine >= 0 && between) || (after.length > 1 && this.kin.has(after.join(" ")));
  }

  // Whether two words are "me and", or "and me" reversed.
  #isBeside(two) {
    return two.length === 2 && this.teller.has(two[0]) && this.and.has(two[1]);
  }

  // Whether a text has "me" other than as one who was told or shown something.
  #isToMe(said) {
    return said.some((word, at) => this.me.has(word) && !(at && this.told.has(said[at - 1])));
  }
}
