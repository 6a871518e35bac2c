"""Do the work of many documents in processes of their own, so that no document can harm the run.

Each document has a time and a memory limit. One that breaks its process (a native library crashes, hangs or eats the memory)
is tried once more alone, because at first nobody knows which of the documents at work did it; then it is given up.
"""

import contextlib
import faulthandler
import gc
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import active_children, connection, forkserver, get_context, parent_process, resource_tracker
from typing import Generic, Literal, TypeVar

Task = TypeVar("Task")
Outcome = TypeVar("Outcome")
FailureReason = Literal["timed_out", "out_of_memory", "crashed"]

# After the time limit a document in Python code is interrupted; one that sits in native code has this much longer.
_GRACE_SECONDS = 5.0
# How many new objects a worker makes before it looks for garbage; Python's own 700 is for programs with little memory.
_GARBAGE = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one document may take."""

    seconds: float = 300.0
    memory_bytes: int = 4 << 30


@dataclass(frozen=True, slots=True)
class Failure:
    """The work of a document did not end; `detail` is for the message."""

    reason: FailureReason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class _Job(Generic[Task, Outcome]):
    """What is sent to a worker."""

    work: Callable[[Task], Outcome]
    task: Task
    seconds: float

    def __call__(self) -> "Outcome | Failure":
        return _limited(self.work, self.task, self.seconds)


def run(
    tasks: Iterable[Task],
    work: Callable[[Task], Outcome],
    *,
    workers: int,
    limits: Limits,
    preload: tuple[str, ...] = (),
) -> Generator[tuple[Task, Outcome | Failure]]:
    """Yield each task with its outcome, as they are done. `work` must be importable; `preload` names modules that it needs.

    With no workers the work is done in this process, without protection: for tests and for profiling. Whoever may leave
    before the end closes the iterator (`contextlib.closing`), which ends what is still at work.
    """
    if workers == 0:
        yield from ((task, work(task)) for task in tasks)
        return
    waiting, suspects = deque(tasks), deque[Task]()
    while waiting:
        with _pool(min(workers, len(waiting)), limits, preload) as pool:
            yield from _crowd(pool, waiting, suspects, work, limits, workers)
        while suspects:
            with _pool(1, limits, preload) as pool:
                yield _alone(pool, suspects.popleft(), work, limits)


def _crowd(
    pool: ProcessPoolExecutor,
    waiting: deque[Task],
    suspects: deque[Task],
    work: Callable[[Task], Outcome],
    limits: Limits,
    workers: int,
) -> Iterator[tuple[Task, Outcome | Failure]]:
    """Work on `waiting` until it is empty or the pool breaks; what was at work then, or reached a limit, is suspect."""
    running: dict[Future[Outcome | Failure], Task] = {}
    broken = False
    while running or (waiting and not broken):
        # One more than there are workers, so that none is idle while results are stored.
        while waiting and not broken and len(running) <= workers:
            try:
                future = _submit(pool, work, waiting[0], limits)
            except BrokenProcessPool:
                broken = True
                break
            running[future] = waiting.popleft()
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            task = running.pop(future)
            try:
                outcome = future.result()
            except BrokenProcessPool:
                broken = True
                suspects.append(task)
                continue
            if isinstance(outcome, Failure):
                suspects.append(task)
            else:
                yield task, outcome


def _alone(
    pool: ProcessPoolExecutor, task: Task, work: Callable[[Task], Outcome], limits: Limits
) -> tuple[Task, Outcome | Failure]:
    """The last try."""
    began = time.monotonic()
    try:
        return task, _submit(pool, work, task, limits).result()
    except BrokenProcessPool:
        overdue = time.monotonic() - began >= limits.seconds
        return task, Failure("timed_out") if overdue else Failure("crashed", "The program that reads it stopped.")


@contextlib.contextmanager
def _pool(workers: int, limits: Limits, preload: tuple[str, ...]) -> Iterator[ProcessPoolExecutor]:
    # The numeric libraries would start a thread per core in every worker; documents are what we do in parallel.
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "OMP_THREAD_LIMIT"):
        os.environ.setdefault(name, "1")
    # A server process loads the modules once; each worker is a copy of it, ready at once, also after a crash.
    context = get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    # Ctrl-C reaches every process of the terminal; only this one answers it. What waits here is blocked in the server, from its
    # first moment, and in its copies. (The tracker of resources, which the server would start first, would unblock it.)
    resource_tracker.ensure_running()
    with _interrupted_later():
        forkserver.ensure_running()
    others = set(active_children())
    pool = ProcessPoolExecutor(workers, context, initializer=_enter_worker, initargs=(limits.memory_bytes,))
    try:
        yield pool
    except BaseException:
        # Interrupted: nobody waits for documents that are still at work. Without its workers the pool ends at once, and is
        # waited for: its threads must not meet the end of the interpreter, where they fail with a traceback.
        for child in set(active_children()) - others:
            child.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _submit(
    pool: ProcessPoolExecutor, work: Callable[[Task], Outcome], task: Task, limits: Limits
) -> Future[Outcome | Failure]:
    """Send a task to the pool. A worker whose start is interrupted would be nobody's, and outlive the run."""
    with _interrupted_later():
        return pool.submit(_Job(work, task, limits.seconds))


@contextlib.contextmanager
def _interrupted_later() -> Iterator[None]:
    """Within, Ctrl-C waits."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _enter_worker(memory_bytes: int) -> None:
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, hard))
    # What was loaded before is there to stay, and need not be searched for garbage again and again: a tenth of the time.
    gc.freeze()
    gc.set_threshold(_GARBAGE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    threading.Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    """End with the parent, even if it was killed."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


class _TimeUpError(BaseException):
    """Not an Exception, so that no well-meant `except Exception` in a library swallows it."""


def _time_up(_signal: int, _frame: object) -> None:
    raise _TimeUpError


def _limited(work: Callable[[Task], Outcome], task: Task, seconds: float) -> Outcome | Failure:
    """Do the work within the time: first by a signal, which Python code heeds, then by ending the process."""
    signal.signal(signal.SIGALRM, _time_up)
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123
        faulthandler.dump_traceback_later(seconds + _GRACE_SECONDS, exit=True, file=nowhere)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            return work(task)
        except _TimeUpError:
            return Failure("timed_out")
        except MemoryError:
            return Failure("out_of_memory")
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            faulthandler.cancel_dump_traceback_later()
