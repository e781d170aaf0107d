// The numbers at the foot of every screen: for danger, and to talk to someone, and whom each is for;
// twin of page/standing.py.
import { TELLERS } from "./library.mjs";
import { say } from "./messages.mjs";
import { danger, isAgeKnown } from "./page.mjs";
import { EMERGENCY } from "./visibility.mjs";

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
// the adult who reads this, or for any age.
function toTalk({ routes }, facts, served) {
  const isAdult = [...(facts.get("teller") ?? [])].some((each) => each !== TELLERS[0]);
  const isForReader = ({ whens }) => whens.some((when) => when.some(([fact]) => fact === "teller"));
  const all = phones(served).map((phone) => ({ ...phone, route: routes.get(phone.route) }));
  const forReader = all.filter(({ route }) => isAdult && isForReader(route));
  const others = all.filter((each) => !forReader.includes(each));
  if (!isAdult && isAgeKnown(facts)) {
    return others.slice(0, 1).map((each) => numberOf(say("standing.talk"), each));
  }
  const young = others.filter(({ route }) => route.under).slice(0, 1);
  const anyAge = others.filter(({ route }) => route.any_age).slice(0, 1);
  const label = say(young.length ? "standing.any-age" : "standing.talk");
  return [
    ...young.map((each) => numberOf(say("standing.under", { age: each.route.under }), each)),
    ...(young.length && forReader.length ? [] : anyAge.map((each) => numberOf(label, each))),
    ...forReader.slice(0, 1).map((each) => numberOf(say("standing.reader"), each)),
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
