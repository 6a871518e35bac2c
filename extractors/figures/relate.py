"""Relations that the prose of a document states among its figures: changes, shares of a whole, sums of parts.

What hangs together is told from the words: the members of one cluster, “of the 75”, the introduction of a list, “the remaining
58”. Where the words name no whole, the arithmetic may find one, but then it must leave no choice.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extractors.figures.drafts import Draft, DraftRelation
from extractors.figures.put_right import put_right
from extractors.figures.relate_back import Place, antecedents
from extractors.figures.relate_changes import change_relations, changes_since
from extractors.figures.relate_said import Passage, Said, is_level, lost_wholes, sentences
from extractors.figures.relate_shares import (
    Pair,
    can_be_whole,
    escalated_whole,
    fits,
    named_whole,
    nested_shares,
    only_whole,
    pair_host,
    pairs_of,
    ranked_shares,
    share_relation,
    shares_alone,
    speaks_of_the_rest,
    stated_wholes,
    voted_whole,
)
from extractors.figures.relate_sums import (
    both_procedures,
    found_whole,
    group_total,
    hundred,
    in_time_and_late,
    is_all_outcomes,
    leading_whole,
    more_than_all,
    parts_of_sentence,
    stages_of,
    sum_relation,
    with_unread,
)


def relate(passages: Sequence[Passage]) -> tuple[DraftRelation, ...]:
    """All relations among the drafts of the prose of one document, by their keys."""
    saids = tuple(sentences(passages))
    counts = [
        d for p in passages for d in p.drafts if d.statistic == "count" and not d.definite and (d.value or d.proposed)
    ]
    relations = [r for said in saids for r in (*change_relations(said), *put_right(said))]
    related = {r.keys[-1] for r in relations}
    relations += [r for said in saids for r in changes_since(said, related, counts)]
    wholes = [
        (number, d) for number, p in enumerate(passages) for d in p.drafts if d.definite and d.statistic == "count"
    ]
    meant = antecedents(saids)
    relations += [*in_time_and_late(saids), *more_than_all(saids)]
    for stretch in _stretches(saids):
        shares = list(_shares(stretch, counts, wholes, meant))
        relations += [*shares, *_sums(stretch, [*counts, *(d for _, d in wholes)], meant, shares)]
    return tuple(relations)


_AS_FOLLOWS = re.compile(r"\b(?:as follows|as shown|broken down|divided|split)\b[^.]*:", re.I)
"""That a list is all of something."""
_SHORTLY = 6
"""How many counts before a share may be the whole that it names."""

_LISTED = 3
"""Shares that are a list."""

Stretch = tuple[Said, ...]
"""Sentences that speak of one whole: one and “The remaining …” after it, or the introduction of a list and its items."""


def _stretches(saids: Sequence[Said]) -> Iterator[Stretch]:
    stretch: list[Said] = []
    for said in saids:
        if stretch and _goes_on(stretch, said):
            stretch.append(said)
            continue
        if stretch:
            yield tuple(stretch)
        stretch = [said]
    if stretch:
        yield tuple(stretch)


def _goes_on(stretch: Sequence[Said], said: Said) -> bool:
    """Whether a sentence speaks of the same whole as those before it."""
    last = stretch[-1]
    if said.item and said.passage == last.passage + 1 and (last.opens or (last.item and stretch[0].opens)):
        return True
    return said.passage <= last.passage + 1 and speaks_of_the_rest(said) and said.item == last.item


def _shares(
    stretch: Stretch, counts: Sequence[Draft], wholes: Sequence[tuple[int, Draft]], meant: Mapping[Place, Draft]
) -> Iterator[DraftRelation]:
    """The shares of a stretch: of the whole that a sentence names or refers back to, else of the one that the pairs agree on."""
    open_pairs: list[Pair] = []
    stated: Draft | None = None
    introduced = _introduced(stretch)
    listed = introduced if introduced is not None and introduced.definite else _referred(stretch[0], meant)
    for said in stretch:
        pairs = pairs_of(said)
        yield from nested_shares(said, pairs)
        named = list(stated_wholes(said, pairs))
        named += [(p, of) for p in pairs if (of := pair_host(said, p)) is not None]
        named += [
            (p, of) for p in pairs if all(p is not q for q, _ in named) and (of := escalated_whole(said, p)) is not None
        ]
        if said.item and listed is not None and said is not stretch[0]:
            # further pairs of an item may be shares of the item, or of something else that it names
            left = [p for p in pairs if all(p is not q for q, _ in named)]
            named += [(p, listed) for p in left if p is pairs[0] or fits(p.part, listed, p.percent)]
            pairs = [p for p, _ in named]
        if not named and not said.refers and (whole := meant.get((said.passage, said.start))) is not None:
            named += [(p, whole) for p in pairs if can_be_whole(whole, p.part)]
        if not named and stated is not None and speaks_of_the_rest(said):
            named += [(p, stated) for p in pairs]
        named += list(ranked_shares(said, pairs, named))
        yield from shares_alone(said, pairs, stated or listed)
        own = [d for d in said.drafts if d.definite and d.statistic == "count"]
        stated = own[0] if len(own) == 1 else stated
        for pair, whole in named:
            yield share_relation(pair, whole)
            stated = whole if whole.definite else stated
        open_pairs += [p for p in pairs if all(p is not q for q, _ in named)]
    for group in _groups(open_pairs):
        near = [introduced] if introduced is not None else _levels_before(stretch, group)
        found = _opening(stretch, group) or voted_whole(group, near, [*counts, *_named_nearby(stretch, wholes)])
        if found is not None:
            yield from (share_relation(p, found) for p in group)
        elif len(group) == 1 and len(stretch) == 1:
            shortly = [d for d in counts if d.key < group[0].part.key][-_SHORTLY:]
            nearby = [d for d in _named_nearby(stretch, wholes) if d.key < group[0].part.key]
            named_only = named_whole(stretch[0], group[0], shortly) or named_whole(stretch[0], group[0], nearby)
            named_only = named_only or only_whole(stretch[0], group[0], [*counts, *(d for _, d in wholes)])
            yield from [] if named_only is None else [share_relation(group[0], named_only)]


def _named_nearby(stretch: Stretch, wholes: Sequence[tuple[int, Draft]]) -> list[Draft]:
    """The wholes that the same text takes for known in another sentence: “… This means that 47% (133 of 282) were upheld”."""
    places = {said.passage for said in stretch}
    return [replace(whole, definite=False) for number, whole in wholes if number in places]


def _referred(said: Said, meant: Mapping[Place, Draft]) -> Draft | None:
    """What the list is about that a sentence opens with “Of this number:”."""
    return meant.get((said.passage, said.start)) if said.refers else None


def _groups(pairs: Sequence[Pair]) -> Iterator[list[Pair]]:
    """Pairs that may be shares of one whole: those of one measure and period."""
    found: dict[tuple[str, str], list[Pair]] = {}
    for pair in pairs:
        period = pair.part.period.code if pair.part.period else ""
        found.setdefault((pair.part.measure, period), []).append(pair)
    yield from found.values()


def _levels_before(stretch: Stretch, pairs: Sequence[Pair]) -> list[Draft]:
    """The counts that the first sentence of a stretch gives before its pairs."""
    first = min(p.first for p in pairs)
    return [d for d in stretch[0].drafts if d.statistic == "count" and is_level(d) and d.start < first]


def _opening(stretch: Stretch, pairs: Sequence[Pair]) -> Draft | None:
    """The one count before a colon, of all that is listed behind it: “18 cases had been decided: four were premature (22%), …”.

    The percentages behind it must make up 100, so that nothing is left out.
    """
    said = stretch[0]
    before = _levels_before(stretch, pairs)
    if len(before) != 1 or hundred(stretch) is None or len(pairs) < _LISTED:
        return None
    first = min((d for p in pairs for d in (p.part, p.percent)), key=lambda d: d.start)
    between = said.between(before[0], first)
    return before[0] if between.rstrip().endswith(":") and can_be_whole(before[0], pairs[0].part) else None


def _introduced(stretch: Stretch) -> Draft | None:
    """The whole that the introduction of a list counts (“Of the 62 Stage 1 complaints:”)."""
    if not stretch[0].opens:
        return None
    counted = [d for d in stretch[0].drafts if d.statistic == "count" and (d.definite or is_level(d))]
    return counted[-1] if counted and len({d.value for d in counted}) == 1 else None


def _sums(
    stretch: Stretch, counts: Sequence[Draft], meant: Mapping[Place, Draft], shares: Sequence[DraftRelation]
) -> Iterator[DraftRelation]:
    """The parts of a stretch and their whole: named, at the beginning of the sentence, that of all their `shares`, or the only total that they make up."""
    words = " ".join(f"{s.text}." if s.item and not s.text.rstrip().endswith((",", ";")) else s.text for s in stretch)
    introduced = _introduced(stretch)
    body = stretch[1:] if introduced is not None else stretch
    parts = [d for s in body for d in (parts_of_sentence(s)[:1] if introduced is not None else parts_of_sentence(s))]
    wholes = [d for s in stretch for d in s.drafts if d.definite and d.statistic == "count"]
    referred = meant.get((stretch[0].passage, stretch[0].start))
    percents = hundred(stretch)
    all_told = percents is not None and len(percents.keys) == len(parts)
    some_left = _all_fit(parts, stretch, shares)
    if introduced is not None:
        relation = sum_relation(introduced, parts, words, all_told=all_told, some_left=some_left)
    elif referred is not None and not wholes:
        relation = sum_relation(referred, parts, words, of_these=True)
    elif len(wholes) == 1:
        relation = sum_relation(wholes[0], parts, words, all_told=all_told, some_left=some_left)
    elif wholes or any(lost_wholes(s) for s in stretch):
        relation = None
    elif (leading := leading_whole(stretch[0], parts)) is not None:
        relation = sum_relation(
            *leading, words, all_told=percents is not None and len(percents.keys) == len(leading[1])
        )
    else:
        total, listed = found_whole(parts, counts) or stages_of(parts, counts, words), False
        if total is None and all_told and is_all_outcomes(parts):
            total = _whole_of_all(parts, shares, counts)
        if total is None and (all_told or is_all_outcomes(parts)) and _AS_FOLLOWS.search(words):
            total = group_total(parts, counts)
            all_told = listed = total is not None
        how = {"full": True, "all_told": all_told, "of_these": listed}
        relation = sum_relation(total, parts, words, **how) if total is not None else both_procedures(stretch, counts)
    if relation is not None:
        yield with_unread(relation, stretch)
    if percents is not None:
        yield percents


def _all_fit(parts: Sequence[Draft], stretch: Stretch, shares: Sequence[DraftRelation]) -> bool:
    """Whether each part has a percentage beside it that is right, so that none of them is the slip."""
    by_key = {d.key: d for said in stretch for d in said.drafts}
    fitting = {
        part
        for part, whole, percent in (r.keys for r in shares if r.roles == ("part", "whole", "percent"))
        if part in by_key and whole in by_key and percent in by_key
        and fits(by_key[part], by_key[whole], by_key[percent])
    }  # fmt: skip
    return bool(parts) and all(d.key in fitting for d in parts)


def _whole_of_all(parts: Sequence[Draft], shares: Sequence[DraftRelation], counts: Sequence[Draft]) -> Draft | None:
    """The whole that every one of some parts is a share of."""
    part_and_whole = [r.keys[:2] for r in shares if r.roles == ("part", "whole", "percent")]
    wholes = {whole for part, whole in part_and_whole if any(part == d.key for d in parts)}
    covered = {part for part, _ in part_and_whole}
    if len(wholes) != 1 or not all(d.key in covered for d in parts):
        return None
    # all complaints may be more than those at a stage by those that were at no other before
    return next((d for d in counts if d.key in wholes and d.dims.get("stage") == parts[0].dims.get("stage")), None)


__all__ = ["Passage", "relate"]
