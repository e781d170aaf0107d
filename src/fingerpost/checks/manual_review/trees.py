"""Trees that a person has to review as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ...model.facts import READERS, TELLERS
from ...model.library import Library
from ...model.text_index import read_aloud
from ...model.tree import Tree
from ..upkeep import staleness
from .item import READER, Group, Item


def items(library: Library, day: date) -> Iterator[Item]:
    """Every tree without an approval, or whose review is due."""
    for tree in library.trees.values():
        if reasons := tuple(_reasons(library, tree, day)):
            tellers = tree.given.get("teller", TELLERS)
            yield Item(
                group=Group.TREES,
                name=tree.name,
                title=read_aloud(library, tree.title.read_by(READER), READER),
                task="Read all of it, as each of its readers, and write down in the file who read "
                "it and when (reviewed), and when next (review-by).",
                reasons=reasons,
                whom=", ".join(READERS[teller] for teller in READERS if teller in tellers),
                seen=f"{tree.reviewed.on}, by {tree.reviewed.by}" if tree.reviewed else "",
            )


def _reasons(library: Library, tree: Tree, day: date) -> Iterator[str]:
    if tree.reviewed is None and tree.name not in library.approvals:
        yield "No safeguarding professional has approved these words yet."
    if tree.review_by < day:
        yield f"It was to be read again by {tree.review_by}."
    elif staleness.due(tree, day):
        yield f"It is to be read again by {tree.review_by}."
