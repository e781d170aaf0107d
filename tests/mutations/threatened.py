"""What breaks the rules of threatened."""

from __future__ import annotations

from .change import THREAT, Change

MONEY = "  sextortion:\n"

BROKEN_BY: dict[str, Change] = {
    "a-threat-that-could-be-now-is-an-emergency": Change(
        THREAT, "      - emergency\n", after="  violence-now:\n"
    ),
    "money-that-was-sent-may-be-stopped": Change(
        THREAT,
        "stop the money.\n        when: {threat: money-paid}",
        "stop the money.\n        when: {threat: money}",
        after=MONEY,
    ),
    "threats-of-violence-reach-the-police-of-the-nation": Change(
        THREAT, "      - police\n", after="  violence-later:\n"
    ),
}
