"""Facts about a person, and the values of facts that the program itself knows.

Command-line options are built of them before anything else is loaded, so this imports nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Facts: TypeAlias = Mapping[str, frozenset[str]]
"""The known facts: the name of each with the values chosen.

A question with one answer gives a set of one, a ``many`` question one or more. A fact that has
not been asked is not a key.
"""

TELLERS = ("young-person", "parent", "staff")
"""The readers: values of the built-in fact ``teller``, in the order offered."""

UK = ("england", "wales", "scotland", "northern-ireland")
"""The nations of the United Kingdom, for which a contract may write ``uk``."""

NATIONS = UK
"""The nations: values of the built-in fact ``nation``. A contract with ``nations: uk`` does not
claim one that is added here."""

NOT_SURE = "not-sure"
"""The value of the answer “not sure”, which is treated with care."""
