// Whether a service is open at a moment, and when it opens next; twin of page/opening_hours.py and
// page/london_time.py. Hours are read when the page is made. Moments are milliseconds of UTC, days
// are counted from 1970, and a wall is a moment in milliseconds that London's clocks show.
import { say } from "./messages.mjs";

export const OPEN = "open", UNKNOWN = "unknown", SHUT = "shut"; // in the order of a page
const MINUTE = 60 * 1000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;
const WHOLE_DAY = 24 * 60;
const FURTHEST_WEEKDAY = 6; // days ahead for which the name of a weekday is not ambiguous

// --- London time ---------------------------------------------------------------------------------

// What London's clocks show at a moment: in summer an hour more than UTC.
export function wall(moment) {
  const year = new Date(moment).getUTCFullYear();
  return moment + (changed(year, 2) <= moment && moment < changed(year, 9) ? HOUR : 0);
}

// When the clocks change: at 01:00 UTC of the last Sunday of March (2) and of October (9).
function changed(year, month) {
  const last = Date.UTC(year, month, 31, 1);
  return last - new Date(last).getUTCDay() * DAY;
}

const dayOf = (here) => Math.floor(here / DAY);
const minuteOf = (here) => Math.floor((here - dayOf(here) * DAY) / MINUTE);
const isMidnight = (here) => minuteOf(here) === 0;
const isoDay = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const weekday = (day) => (day + 3) % 7; // 0 is Monday
const dayName = (day) => say(`day.${weekday(day)}`);
const evening = (here) => dayOf(isMidnight(here) ? here - MINUTE : here); // midnight ends a day

// The date in London of a moment, as 2026-12-25.
export function londonDay(at) {
  return isoDay(dayOf(wall(at.getTime())));
}

function longDate(day) {
  const date = new Date(day * DAY);
  const month = say(`month.${date.getUTCMonth() + 1}`);
  return say("date.long", { weekday: dayName(day), day: date.getUTCDate(), month });
}

// A time of day as GOV.UK writes it: 9am, 5:30pm, midday, midnight.
function clockTime(here) {
  const minute = minuteOf(here), hour = Math.floor(minute / 60), past = minute % 60;
  if (minute % (WHOLE_DAY / 2) === 0) return say(minute ? "time.midday" : "time.midnight");
  const twelve = `${((hour + 11) % 12) + 1}${past ? `:${String(past).padStart(2, "0")}` : ""}`;
  return say(hour < 12 ? "time.am" : "time.pm", { hour: twelve });
}

// --- in words ------------------------------------------------------------------------------------

// An availability in a few words for a page: "open now, until 10pm", "opens at 9am tomorrow".
export function says({ state, at, until, opens, at_the_latest }) {
  if (state === UNKNOWN) return "";
  if (state === OPEN && until === undefined) return say("hours.open");
  if (state === OPEN) return say("hours.open-until", { time: ends(wall(at), wall(until)) });
  if (opens === undefined) return say("hours.shut");
  const key = at_the_latest ? "hours.opens-latest" : "hours.opens";
  return say(key, { when: begins(wall(at), wall(opens)) });
}

function ends(here, until) {
  const time = clockTime(until), day = evening(until), days = day - dayOf(here);
  if (days === 0 || (!isMidnight(until) && until - here < 12 * HOUR)) return time;
  if (days === 1) return say("hours.time-tomorrow", { time });
  return say("hours.time-on", { time, day: dayName(day) });
}

function begins(here, opens) {
  const day = evening(opens), days = day - dayOf(here);
  const which = ["today", "tomorrow"][days] ?? (days <= FURTHEST_WEEKDAY ? "on" : "date");
  const key = `hours.${isMidnight(opens) ? "midnight" : "at"}-${which}`;
  return say(key, { time: clockTime(opens), day: dayName(day), date: longDate(day) });
}

// --- open or shut --------------------------------------------------------------------------------

// Whether a service with these hours (undefined: none that can be read) is open at a moment, for a
// person in this nation. The rules are those of the twin.
export function availability(hours, date, nation, holidays) {
  const at = date.getTime();
  if (!hours?.week) return { state: UNKNOWN, at };
  if (hours.always) return { state: OPEN, at };
  const nations = holidays.holidays.has(nation) ? [nation] : [...holidays.holidays.keys()];
  const found = nations.map((each) =>
    foresee(hours, at, holidays, (day) => kindOf(holidays, each, day)),
  );
  const [first] = found;
  const toCompare = ({ state, until, opens, at_the_latest }) =>
    JSON.stringify([state, wall(until), wall(opens), at_the_latest]);
  if (new Set(found.map(toCompare)).size === 1) return first;
  if (found.some((one) => one.state !== first.state)) return { state: UNKNOWN, at };
  if (first.state === OPEN) return { state: OPEN, at };
  if (found.some((one) => one.opens === undefined)) return { state: SHUT, at };
  return { ...first, opens: Math.max(...found.map((one) => one.opens)), at_the_latest: true };
}

// What a day is by the table: ordinary, a holiday, moved or uncovered.
function kindOf(holidays, nation, day) {
  const date = isoDay(day);
  if (date < holidays.covers_from || date > holidays.covers_until) return "uncovered";
  if (holidays.holidays.get(nation).has(date)) return "holiday";
  return holidays.moved.get(nation).has(date) ? "moved" : "ordinary";
}

function foresee(hours, at, holidays, kind) {
  const state = stateAt(hours, at, kind);
  if (state === UNKNOWN) return { state, at };
  const today = dayOf(wall(at)), withinAWeek = today + FURTHEST_WEEKDAY + 1;
  const last = state === OPEN ? withinAWeek : dayOf(Date.parse(holidays.covers_until));
  let doubt = false;
  for (const moment of changes(hours, at, today, last)) {
    const then = stateAt(hours, moment, kind);
    if (state === OPEN && then !== OPEN) {
      return { state, at, until: evening(wall(moment)) < withinAWeek ? moment : undefined };
    }
    if (state === SHUT && then === OPEN) return { state, at, opens: moment, at_the_latest: doubt };
    doubt = doubt || then === UNKNOWN;
  }
  return { state, at };
}

function stateAt(hours, moment, kind) {
  const here = wall(moment), day = dayOf(here), minute = minuteOf(here);
  const told = [hours.week[weekday(day - 1)], hours.holiday ?? [], []];
  const nights = possible(hours, day - 1, kind)
    .flatMap((plan) => (plan ? [plan] : told))
    .map((plan) => covers(plan, minute + WHOLE_DAY));
  if (!nights.includes(false)) return OPEN;
  const [plan, ...others] = possible(hours, day, kind);
  if (!plan || others.length) return UNKNOWN;
  if (covers(plan, minute)) return OPEN;
  return nights.includes(true) ? UNKNOWN : SHUT;
}

// The plans that may hold on such a day; undefined stands for an unknown plan.
function possible(hours, day, kind) {
  const usual = hours.week[weekday(day)], onHoliday = hours.holiday ?? [];
  const sort = kind(day);
  if (sort === "ordinary") return [usual];
  if (sort !== "moved") return [sort === "holiday" ? hours.holiday : undefined];
  return JSON.stringify(usual) === JSON.stringify(onHoliday) ? [usual] : [usual, onHoliday];
}

function covers(plan, minute) {
  return plan.some(({ start, end }) => start <= minute && minute < end);
}

// Every later moment up to the end of the last day at which the state could change, in order: the
// midnights, the ends of ranges (twice, where the autumn repeats them) and 01:00 UTC, at which the
// clocks change.
function* changes(hours, at, today, last) {
  const ranges = [...hours.week, hours.holiday ?? []].flat();
  const ends = ranges.flatMap(({ start, end }) => [start % WHOLE_DAY, end % WHOLE_DAY]);
  const marks = [...new Set([0, ...ends])].map((minute) => minute * MINUTE);
  for (let day = today; day <= last; day++) {
    const walls = marks.map((mark) => day * DAY + mark);
    const shownAt = (here) => [here - HOUR, here].filter((moment) => wall(moment) === here);
    const moments = new Set([day * DAY + HOUR, ...walls.flatMap(shownAt)]);
    yield* [...moments].filter((moment) => moment > at).sort((one, other) => one - other);
  }
}
