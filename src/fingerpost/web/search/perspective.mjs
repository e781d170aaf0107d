// Whom a text is about: its author, a friend, a child, or a young person in care; twin of
// search/perspective.py.

const NEAR = 3; // the most words between a possessive and its person

export class Perspective {
  constructor(known, vocabulary) {
    const phrases = (key) => (known.whom.get(key) ?? []).map((each) => vocabulary.words(each));
    const each = (key) => new Set(phrases(key).map((words) => words.join(" ")));
    this.theirs = new Map([["friend", each("friend")], ["child", each("child")]]);
    this.caredFor = new Map([["in-care", each("in-care")]]);
    this.mine = each("my");
    this.me = each("me");
    this.teller = new Set([...this.me, ...each("i")]);
    this.and = each("and");
    this.told = each("told");
    this.nobody = each("nobody");
    this.online = each("online");
    this.first = new Map([
      ["i", each("i")], ["mine", this.mine], ["they", each("they")], ["how", each("how")],
    ]);
  }

  // The features of whom a text is about; `said` are its words by `Vocabulary.words`. Another
  // person gives two marks; without one there is one, for the first word.
  marks(said) {
    const spokenOf = this.spokenOf(said);
    if (spokenOf === null) {
      const is = ([, anyOf]) => said.length > 0 && anyOf.has(said[0]);
      const [who] = [...this.first].find(is) ?? [""];
      return [`first: ${who}`];
    }
    const toMe = this.#isToMe(said) ? "to me" : "not to me";
    return [`of: ${spokenOf}`, `of: ${spokenOf}, ${toMe}`];
  }

  // The first person whom a text is about, other than its author; null if there is none.
  spokenOf(said) {
    for (const [at, word] of said.entries()) {
      const before = said.slice(Math.max(0, at - NEAR), at);
      const ends = [word, [...before.slice(-1), word].join(" ")];
      const isAnother = before.some((each) => this.mine.has(each))
        && this.#isAnother(before, said.slice(at + 1, at + 3));
      for (const people of isAnother ? [this.theirs, this.caredFor] : [this.caredFor]) {
        for (const [who, names] of people) if (ends.some((each) => names.has(each))) return who;
      }
    }
    return null;
  }

  // Whether a word means another person without the author, by the words before and after.
  #isAnother(before, after) {
    const withMe = this.#isBeside(before.slice(0, 2)) || this.#isBeside([...after].reverse());
    const isPerson = !before.some((each) => this.nobody.has(each));
    return isPerson && !withMe && !this.online.has(after[0]);
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
