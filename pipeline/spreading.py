"""Do the same work on many parts of a store: here, or in processes of their own where there is enough of it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from pipeline.engine import Failure, Limits, run
from pipeline.store.database import Store, open_store
from schemas.errors import CrossfootError

Part = TypeVar("Part")
Outcome = TypeVar("Outcome")

# Starting the processes takes about a second.
_WORTH_IT = 200
# Enough for the largest part there could be; what reads hostile files has limits of its own.
_LIMITS = Limits(seconds=3600.0)


@dataclass(frozen=True, slots=True)
class _Task(Generic[Part]):
    location: str
    blobs: str
    work: Callable[[Store, Part], object]
    part: Part


def spread(
    store: Store, work: Callable[[Store, Part], Outcome], parts: Sequence[Part], *, size: int, workers: int
) -> Iterator[Outcome]:
    """Yield what `work` gives for each part, as it is done. `work` must be importable and only read; `size` is how many documents it is.

    Raises CrossfootError when a process breaks.
    """
    if workers < 2 or size < _WORTH_IT or len(parts) < 2:
        yield from (work(store, part) for part in parts)
        return
    location = store.engine.url.render_as_string(hide_password=False)
    tasks = [_Task(location, str(store.blobs.root), work, part) for part in parts]
    with closing(run(tasks, _do, workers=workers, limits=_LIMITS, preload=(work.__module__,))) as outcomes:
        for _, outcome in outcomes:
            if isinstance(outcome, Failure):
                advice = "Run `crossfoot reconcile` again; `crossfoot doctor` looks closer."
                raise CrossfootError(
                    f"Reconciling broke down: {outcome.reason}. {outcome.detail}".strip(), advice=advice
                )
            yield outcome  # type: ignore[misc]


def _do(task: _Task[Part]) -> object:
    return task.work(_opened(task.location, task.blobs), task.part)


@cache
def _opened(location: str, blobs: str) -> Store:
    """The store, opened once in each process."""
    return open_store(location, blobs)
