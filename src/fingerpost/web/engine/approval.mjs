// What a person approved, and whether it has changed since; twin of page/approval.py. What has changed
// is found out when the page is made. A part is a tree, or a page of it ("tree/ending").

// The approval of a part; null if nobody approved it. `today` may be null.
export function approvalOf(approvals, part, today) {
  const found = approvals.get(part);
  if (!found) return null;
  const { by, role, on, until, organisation = "", changed = false } = found;
  return { by, role, on, until, organisation, changed, over: today !== null && today > until };
}
