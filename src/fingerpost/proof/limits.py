"""What no proof of a library can show, in words for whoever relies on one."""

from __future__ import annotations

NOT_PROVED = (
    "That people understand a page as it is meant, or do what it says. No proof can show that.",
    "That people choose the answer that is true of them. They choose in fear and haste.",
    "That a number still answers. Each route says when its source was last seen.",
    "That the words are the best ones. Only a person who knows the work can judge that.",
    "That every trouble is known. Hazards are here if somebody thought of them, or met them.",
)
