"""Runs the inputs of a kind, counts them, and keeps those that failed in ``corpus``."""

from __future__ import annotations

import json
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings

from .kind import Kind

CORPUS = Path(__file__).parent / "corpus"

QUIETLY = settings(
    database=None,  # what failed is kept in the corpus
    deadline=None,
    phases=(Phase.generate, Phase.shrink),
    report_multiple_bugs=False,
    suppress_health_check=[*HealthCheck],
    print_blob=False,
)


@dataclass
class Tried:
    """What came of some inputs. ``failed`` are those that failed, made as small as can be, by the
    place where they did; ``slowest`` is in seconds of processor time, ``size`` in bytes."""

    inputs: int = 0
    slowest: float = 0
    size: int = 0
    failed: dict[str, tuple[Any, BaseException]] = field(default_factory=dict)
    last: Any = None

    def one(self, kind: Kind, each: Any, folder: Path) -> None:
        """Run one input; a kind that writes makes a folder of its own inside this one."""
        self.last = each
        self.inputs += 1
        begun = time.process_time()
        try:
            kind.run(each, folder)
        finally:
            spent = time.process_time() - begun
            if spent > self.slowest:
                self.slowest, self.size = spent, len(written(each).encode())

    def has_failed(self, error: BaseException) -> None:
        self.failed.setdefault(place_of(error), (self.last, error))


def replay(kind: Kind, corpus: Path = CORPUS) -> Tried:
    """Run again everything that ever failed."""
    tried = Tried()
    with TemporaryDirectory() as folder:
        for each in kept(kind, corpus):
            try:
                tried.one(kind, each, Path(folder))
            except Exception as error:  # whatever it is, it is a failure
                tried.has_failed(error)
    return tried


def draw(kind: Kind, drawings: int, seed: int, tried: Tried | None = None) -> Tried:
    """Draw so many times, or up to the first failure, which is made as small as can be."""
    tried = Tried() if tried is None else tried
    with TemporaryDirectory() as folder:

        @hypothesis.seed(seed)
        @settings(QUIETLY, max_examples=drawings)
        @given(kind.drawn)
        def each_holds(drawn: Any) -> None:
            for each in kind.inputs(drawn):
                tried.one(kind, each, Path(folder))

        try:
            each_holds()
        except Exception as error:  # whatever it is, it is a failure
            tried.has_failed(error)
    return tried


def kept(kind: Kind, corpus: Path = CORPUS) -> Iterator[Any]:
    """The inputs of this kind that failed once."""
    for file in sorted((corpus / kind.name).glob("*.json")):
        yield json.loads(file.read_text("utf-8"))


def keep(kind: Kind, each: Any, corpus: Path = CORPUS) -> Path:
    """Keep an input, in a file that is named by what it holds."""
    text = written(each)
    file = corpus / kind.name / f"{sha256(text.encode()).hexdigest()[:12]}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{text}\n", encoding="utf-8")
    return file


def written(each: Any) -> str:
    return json.dumps(each)


def place_of(error: BaseException) -> str:
    """What failed and where, so that a thousand inputs that meet one fault are kept once."""
    frames = [
        f for f in traceback.extract_tb(error.__traceback__) if "hypothesis" not in f.filename
    ]
    where = " from ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames[-2:]))
    told = str(error).partition(":")[0]
    return f"{type(error).__name__} at {where}: {told}"


def most_memory() -> float:
    """The most that this process has had, in MiB; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0  # it does not say
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)
