// What a person approved, and whether it has changed since; twin of page/approval.py. What has changed
// is found out when the page is made. A part is a tree, or a page of it ("tree/ending").

// The approval of a part, for a reader of a nation if given; null if there is none. `today` may be null.
export function approvalOf(approvals, part, today, nation = null) {
  const { by, role, on, until, organisation = "", changed = false, nations = [] } = approvals.get(part) ?? {};
  if (!by || (nation !== null && nations.length && !nations.includes(nation))) return null;
  return { by, role, on, until, organisation, changed, over: today !== null && today > until, nations };
}
