"""A line of heads that was not told apart into columns, split by what its words mean."""

from functools import cache

from extractors.figures.table_labels import read_label
from extractors.language.table_words import dimension_of_head, plain, says, table_words
from extractors.language.terms import find_terms

_LONGEST = 8
"""Words of the longest head."""


def split_heads(words: list[str], count: int) -> tuple[str, ...] | None:
    """Heads for `count` columns of values from the words of one line, what stands over the row labels left off.

    Each head must mean one thing: a period, a measure or a breakdown, a unit. None where the line cannot be split so.
    """
    if count < 2 or len(words) < count:
        return None
    # best[i]: the best split of the words from i on into the heads still wanted
    best: dict[int, tuple[int, tuple[str, ...]]] = {len(words): (0, ())}
    for _ in range(count):
        ahead: dict[int, tuple[int, tuple[str, ...]]] = {}
        for start in range(len(words) - 1, -1, -1):
            for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
                if end not in best:
                    continue
                head = " ".join(words[start:end])
                worth = _worth(head)
                score = worth + best[end][0]
                if worth > 0 and (start not in ahead or score > ahead[start][0]):
                    ahead[start] = (score, (head, *best[end][1]))
        best = ahead
    fits = [(score + _corner_worth(" ".join(words[:start])), heads) for start, (score, heads) in best.items()]
    if fits and max(fits)[0] > 2 * count:
        return max(fits)[1]
    return tuple(words[-2:]) if count == 2 and _is_number_and_share(words[-2:]) else None


def _is_number_and_share(words: list[str]) -> bool:
    """Whether the last words of a line can only be the heads of numbers and their shares ("No. %"), whatever stands before them."""
    known = table_words()
    first, second = (plain(word) for word in words)
    return first in known.count and second in known.percent


def _corner_worth(text: str) -> int:
    """How well the words left over stand above row labels."""
    if not text or plain(text) in ("measure", "indicator", "item", "description"):
        return 1
    if says(text, table_words().count):
        return -2
    named = dimension_of_head(text) is not None or plain(text) in table_words().numbered_heads
    return 3 if named else -2 * len(text.split())


_JOINING = ("of", "for", "in", "by", "and", "to", "the", "on", "with")


@cache
def _worth(head: str) -> int:
    """How well `head` stands over one column: 3 for one known thing, 4 for a share of one, 0 for several things or for none."""
    words = plain(head).split()
    timely = plain(head) in (*table_words().on_time, *table_words().late)
    if not words or not timely and (words[0] in _JOINING or words[-1] in _JOINING):
        return 0
    label = read_label(head)
    if label.unknown and (label.nonfigure is None or len(words) > 1):
        return 0
    share = "%" in words or says(head, table_words().percent)
    units = share + says(head, table_words().count)
    named = max(len(label.mentions), _terms(head, "measure"), _terms(head, "dim"))
    alone = label.total or label.on_time or label.change or bool(label.average or label.nonfigure)
    since = label.change and len(words) > 2  # “Change on Q1” is one head
    if units > 1 or named > 1 or (label.mentions and alone and not since):
        return 0
    if not (units or named or alone):
        return 0
    return 4 if share and (named or alone) else 3


def _terms(head: str, kind: str) -> int:
    """How many nouns for measures, or how many breakdowns, a head names."""
    terms = [t for t in find_terms(head) if t.type == kind]
    if kind == "measure":
        return sum(t.kind in ("noun", "body") for t in terms)
    return sum(t.name in ("stage", "regime", "outcome", "event") for t in terms)
