// What a person approved of a page, and whether it has changed since; twin of page/approval.py. What
// has changed is found out when the page is made.

// The approval of an ending; null if nobody approved its tree. `today` may be null.
export const ofPage = ({ approvals }, tree, outcome, today) =>
  told(approvals.get(tree.name), (approval) => approval.changed.has(outcome.name), today);

// The approval of what is read of a tree before its endings.
export const ofTree = ({ approvals }, tree, today) =>
  told(approvals.get(tree.name), (approval) => approval.before ?? false, today);

function told(approval, hasChanged, today) {
  if (!approval) return null;
  const { by, role, on, until, organisation = "" } = approval;
  const over = today !== null && today > until;
  return { by, role, on, until, organisation, changed: hasChanged(approval), over };
}
