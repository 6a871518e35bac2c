"""The circumstances of a run, which every result carries with it."""

import os
import platform
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Where and when a benchmark ran. `load` is what else kept the machine busy before it began."""

    day: str
    cores: int
    memory_gib: int
    load: float
    python: str
    commit: str

    def __str__(self) -> str:
        return (
            f"{self.day}, {self.cores} cores, {self.memory_gib} GiB, Python {self.python}, "
            f"load before the run {self.load:.1f}, commit {self.commit}"
        )


def this_machine() -> Machine:
    """What can be told of the machine without asking any program."""
    pages, page = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return Machine(
        day=date.today().isoformat(),
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        memory_gib=round(pages * page / (1 << 30)),
        load=round(os.getloadavg()[0], 2),
        python=platform.python_version(),
        commit=_commit(),
    )


def _commit() -> str:
    """The commit that is checked out, from the files that git keeps it in; "?" outside a repository."""
    git = Path(__file__).parents[1] / ".git"
    try:
        if git.is_file():  # a further working tree: its own HEAD, the branches of the first
            git = Path(git.read_text("utf-8").removeprefix("gitdir: ").strip())
        head = (git / "HEAD").read_text("utf-8").strip()
        if not head.startswith("ref: "):
            return head[:7]
        shared = git / "commondir"
        branches = git / shared.read_text("utf-8").strip() if shared.is_file() else git
        return (branches / head.removeprefix("ref: ")).read_text("utf-8").strip()[:7]
    except OSError:
        return "?"
