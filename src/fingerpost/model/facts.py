"""Facts about whoever asks, and the values that the program itself knows.

Options are made of them before anything is loaded, so that this needs nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Facts: TypeAlias = Mapping[str, frozenset[str]]
"""What is known: each fact's name with the values that were chosen.

A question with one answer gives a set of one; a ``many`` question gives as many as were
chosen. A fact that nobody has asked is not a key.
"""


TELLERS = ("young-person", "parent", "staff")
"""Who is reading: the values of the built-in fact ``teller``, in the order they are offered."""

UK = ("england", "wales", "scotland", "northern-ireland")
"""The nations of the United Kingdom, which a contract may name at one go."""

NATIONS = UK
"""The nations, as values of the built-in fact ``nation``. One that is added here is not one that
a contract with ``nations: uk`` claims."""

NOT_SURE = "not-sure"
"""The value of the answer that is always fair, and is treated with care."""
