// What a person approved, and whether it has changed since; twin of page/approval.py. What is not
// approved is found out when the page is made: its value is whether this is only as it has changed.

// The approval of a page ("tree/ending") with what trees share and it shows; null if there is none,
// or not of all that. `today` may be null.
export function approvalOf({ approvals, unsigned }, place, shown, today) {
  const { by, role, on, until, organisation = "" } = approvals.get(place) ?? {};
  const waits = [place, ...shown].filter((part) => unsigned.has(part)).map((part) => unsigned.get(part));
  if (!by || waits.includes(false)) return null;
  return { by, role, on, until, organisation, changed: waits.length > 0, over: today !== null && today > until };
}

// The names of what trees share and a page shows: lines, the services by need, hard words.
export function shownParts({ kinds: [aLine, aNeed, aRoute, aWord] }, outcome, lines, help, words) {
  const own = outcome.advice ?? [];
  return [
    ...lines.map((each) => each.name ? `${aLine} ${each.name}` : own.includes(each) ? "" : "always"),
    ...help.flatMap(({ need, contacts, more }) =>
      [`${aNeed} ${need}`, ...[...contacts, ...more].map(({ route }) => `${aRoute} ${route}`)]),
    ...words.map(([word]) => `${aWord} ${word.toLowerCase()}`),
  ];
}
