"""Lists that are shown page by page, and the addresses of their states."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

LINES = 50
_MOST_PAGES = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A choice of a filter: its code, and how it is called."""

    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One filter of a list: its name in the address, its label, its choices (none: free text) and what is chosen.

    `unset` says what holds when nothing is chosen.
    """

    name: str
    label: str
    chosen: str
    options: Sequence[Option] = ()
    unset: str = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """Where a list stands: lines `first` to `last` of `total`, and the addresses of the pages before and after."""

    first: int
    last: int
    total: int
    before: str
    after: str


def offset_of(page: int) -> int:
    """How many lines stand before a page (from 1)."""
    return (min(max(page, 1), _MOST_PAGES) - 1) * LINES


def paging(path: str, asked: Mapping[str, str], page: int, total: int, lines: int = LINES) -> Paging:
    """Where page `page` of a list with `total` lines stands."""
    page = min(max(page, 1), _MOST_PAGES)
    first, last = (page - 1) * lines + 1, min(page * lines, total)
    return Paging(
        first=first if total else 0,
        last=last,
        total=total,
        before=address(path, asked, page=str(page - 1)) if page > 1 else "",
        after=address(path, asked, page=str(page + 1)) if last < total else "",
    )


def address(path: str, asked: Mapping[str, str], **more: str) -> str:
    """An address with what is asked for, without what is empty."""
    said = {name: value for name, value in {**asked, **more}.items() if value}
    return f"{path}?{urlencode(said)}" if said else path
