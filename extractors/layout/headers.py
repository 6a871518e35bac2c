"""Headings of tables that were flattened to lines of text: which words stand over which column."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.layout.tokens import is_period
from schemas.pages import Word

_JOINED_BEFORE = frozenset({"of", "in", "for", "to", "by", "from", "per", "on", "with", "at"})
_BETWEEN_YEARS = frozenset({"to", "-", "–", "and"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Words over `span` columns from `col` on."""

    col: int
    span: int
    words: tuple[Word, ...]


def is_sure_heading(words: Sequence[Word], columns: int) -> bool:
    """Whether a line can hardly be anything else than the headings of a label column and `columns` value columns."""
    cuts = (_by_periods(words, columns), _by_repeats(words, columns), _by_first_word(words, columns))
    return any(cuts) or columns > 1 and len(_units(words)) == columns + 1


def split_heading(words: Sequence[Word], columns: int) -> list[Heading] | None:
    """A line of headings cut up over a label column and `columns` value columns; None when that cannot be told."""
    for cut in (_by_periods, _by_repeats, _by_first_word, _by_units):
        headings = cut(words, columns)
        if headings is not None:
            return headings
    return None


def group_size(words: Sequence[Word], columns: int) -> int:
    """How many value columns stand under each repeated heading of a line: 2 for "Volume % Upheld Volume % Upheld"."""
    headings = _by_repeats(words, columns) or _by_periods(words, columns)
    spans = {h.span for h in headings or () if h.col}
    if headings and spans == {1}:
        texts = [" ".join(w.text for w in h.words) for h in headings if h.col]
        return texts[1:].index(texts[0]) + 1 if texts[0] in texts[1:] else 1
    return spans.pop() if len(spans) == 1 else 1


def _over(label: Sequence[Word], parts: Sequence[Sequence[Word]], columns: int) -> list[Heading]:
    """Equal shares of the value columns for `parts`, and the label column for the rest."""
    span = columns // len(parts)
    headings = [Heading(col=0, span=1, words=tuple(label))] if label else []
    return headings + [Heading(col=1 + n * span, span=span, words=tuple(p)) for n, p in enumerate(parts)]


def _by_periods(words: Sequence[Word], columns: int) -> list[Heading] | None:
    """Label words, then nothing but reporting years: "Quarter 2021 to 2022 2022 to 2023"."""
    parts = _units(words)
    start = next((n for n, part in enumerate(parts) if _is_period_unit(part)), len(parts))
    periods = parts[start:]
    if len(periods) < 2 or columns % len(periods) or not all(_is_period_unit(p) for p in periods):
        return None
    return _over([w for part in parts[:start] for w in part], periods, columns)


def _by_repeats(words: Sequence[Word], columns: int) -> list[Heading] | None:
    """Label words, then the same phrase again and again: "Area Volume % Upheld Volume % Upheld"."""
    texts = [w.text for w in words]
    for times in range(min(columns, len(words)), 1, -1):
        if columns % times:
            continue
        for size in range(len(words) // times, 0, -1):
            tail = texts[-size:]
            if texts[-size * times :] != tail * times or len(set(tail)) == 1 and size > 1:
                continue
            rest = len(words) - size * times
            return _split_phrases(words, rest, size, times, columns)
    return None


def _split_phrases(words: Sequence[Word], rest: int, size: int, times: int, columns: int) -> list[Heading]:
    """The repeated phrase over one column, or cut into its units if it has as many as columns."""
    parts: list[Sequence[Word]] = []
    for n in range(times):
        phrase = words[rest + n * size : rest + (n + 1) * size]
        units = _units(phrase)
        parts.extend(units if len(units) * times == columns else [phrase])
    whole = len(parts) if columns % len(parts) == 0 else times
    return _over(words[:rest], parts[:whole], columns)


def _by_first_word(words: Sequence[Word], columns: int) -> list[Heading] | None:
    """Every heading begins with the same word: "Team Number of cases Number of referrals"."""
    texts = [w.text for w in words]
    for first in dict.fromkeys(texts[: len(texts) // 2 + 1]):
        starts = [n for n, text in enumerate(texts) if text == first]
        if (
            len(starts) == columns > 1
            and starts[0] <= 4
            and first[:1].isalnum()
            and first.lower() not in _JOINED_BEFORE
        ):
            ends = [*starts[1:], len(words)]
            return _over(words[: starts[0]], [words[a:b] for a, b in zip(starts, ends, strict=True)], columns)
    return None


def _by_units(words: Sequence[Word], columns: int) -> list[Heading] | None:
    """As many units as columns, with or without one for the labels."""
    parts = _units(words)
    if len(parts) == columns + 1:
        return _over(parts[0], parts[1:], columns)
    return _over((), parts, columns) if len(parts) == columns else None


def _units(words: Sequence[Word]) -> list[list[Word]]:
    """Words that belong together: "Stage 1", "% of", "2021 to 2022", "closed in", "Q3 2018/19"."""
    units: list[list[Word]] = []
    for word in words:
        text = word.text
        before = units[-1] if units else []
        last = before[-1].text if before else ""
        years = len(before) == 2 and is_period(before[0].text) and last in _BETWEEN_YEARS and is_period(text)
        linked = is_period(last) and text in _BETWEEN_YEARS and len(before) == 1
        numbered = last.isalpha() and text.isdecimal() and len(text) < 3
        quarter = is_period(text) and last[:1] == "Q" and len(last) == 2
        if before and (years or linked or numbered or quarter or text.lower() in _JOINED_BEFORE or last == "%"):
            before.append(word)
        else:
            units.append([word])
    return units


def _is_period_unit(words: Sequence[Word]) -> bool:
    return all(is_period(w.text) or w.text in _BETWEEN_YEARS or w.text[:1] == "Q" for w in words) and any(
        is_period(w.text) for w in words
    )
