"""A value that is computed while a person goes on typing."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

_Value = TypeVar("_Value")


class Background(Generic[_Value]):
    """A value that a thread of its own computes, from when it is first asked for.

    ``compute`` must be pure, for it runs beside everything else, and ends half done when the
    program does: to leave at once waits for nothing. Its thread runs as a daemon for that.
    """

    def __init__(self, compute: Callable[[], _Value]) -> None:
        self._compute = compute
        self._made: list[_Value] = []
        self._raised: list[BaseException] = []
        self._thread = Thread(target=self._run, daemon=True)

    def is_ready(self) -> bool:
        """Whether it is computed."""
        if self._thread.ident is None:
            self._thread.start()
        return not self._thread.is_alive()

    def __call__(self) -> _Value:
        """The value, waited for. Raises what its computation raised."""
        if not self.is_ready():
            self._thread.join()
        for raised in self._raised:
            raise raised
        return self._made[0]

    def _run(self) -> None:
        try:
            self._made.append(self._compute())
        except BaseException as raised:  # it is raised where the value is wanted
            self._raised.append(raised)
