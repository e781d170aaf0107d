// Labels and notes of a page, the same on the screen and on paper; twin of page/labels.py.
import { say } from "./messages.mjs";
import { forAges } from "./page.mjs";

// All of them under one name, as in Python: labels.danger(page) is not the danger of page.mjs.
export const labels = {
  urgency: (how) => say(`urgency.${["INFO", "SOON", "TODAY", "NOW"][how]}`),
  channel: (name) => say(`channel.${name}`),
  detail: (field) => say(`detail.${field}`),

  // The label of the helpline at the top, which is for the person in trouble.
  lifeline: (page) => say(page.reader === "young-person" ? "page.lifeline" : "page.lifeline-them"),

  // A source with its publisher and date, as far as they are known.
  cited: ({ title, publisher, published }) =>
    [title, publisher, published].filter(Boolean).join(", "),

  // The name of a service, marked if it comes from the organisation's own file.
  titleOf(contact) {
    const title = forAges(contact);
    return contact.local ? say("page.local", { title }) : title;
  },

  // What to do in danger; empty if the page does not offer it.
  danger({ emergency }) {
    if (!emergency) return "";
    return say("page.danger", { number: emergency.ways[0]?.address ?? emergency.title });
  },

  // Who approved the words and if they have changed since, or that nobody has approved them.
  reviewed: ({ approval }) => (approval ? labels.approved(approval) : say("page.not-reviewed")),

  // How many pages of a tree somebody has signed; of all trees, if none is chosen yet.
  approvalOf({ approvals, unsigned, trees }, name) {
    const some = trees.has(name) ? [[name, trees.get(name)]] : [...trees];
    const pages = some.flatMap(([tree, { outcomes }]) => [...outcomes.keys()].map((x) => `${tree}/${x}`));
    const signed = approvals.size && pages.filter((page) => !unsigned.has(page)).length;
    return signed ? say("approval.signed", { count: pages.length, signed }) : say("page.not-reviewed");
  },

  // Who approved the words, when, for whom, and if they have changed since.
  approved(approval) {
    const { role, organisation, on, changed } = approval;
    let by = `${approval.by}, ${role}`;
    if (organisation) by = say("approval.for", { by, organisation });
    const said = say(changed ? "approval.changed" : "approval.by", { by, on });
    return approval.over ? `${said} ${labels.approvalOver(approval)}` : said;
  },

  // The note that the words were to be read again by a day that is past.
  approvalOver: ({ until }) => say("approval.over", { day: until }),

  // The note that the review of the words is overdue.
  overdue: ({ review_by }) => say("page.overdue", { day: review_by }),
};
