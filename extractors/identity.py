"""Whose document it is, what it covers and of what type it is: evidence from title, text, file name and address, weighed."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from extractors.language.dates import find_points
from extractors.language.periods import PeriodMention, find_periods, resolve
from schemas.authorities import Register, load_authorities
from schemas.documents import DocumentType, Identity
from schemas.periods import Period

_I = re.IGNORECASE
# How far the opening of a document reaches, in characters.
_OPENING = 700
_HEAD = 3000
# A council named only as a place must be named this often, and by this share of all such names.
_PLACE_MENTIONS, _PLACE_SHARE = 2, 0.6
_AUTHORITY_THRESHOLD = 2.0

_COVERS = re.compile(
    r"\b(?:for|covers?|covering|covered|during|in|over|from|between|of|runs|ended|ending|year|period|to)\b[^.;]{0,30}$",
    _I,
)
_COMPARES = re.compile(
    r"\b(?:compar\w+|than|against|since|from|versus|vs\.?|previous\w*|last|target)\b[^.;]{0,25}$", _I
)
# Words before a year that make it another one than the document's: a comparison, or a plan.
_OTHER_YEAR = re.compile(rf"{_COMPARES.pattern[:-1]}$|\b(?:will|planned|next)\b[^.;]{{0,50}}$", _I)
_AGENDA = re.compile(
    r"^\s*(?:supplementary\s+)?agenda\s*$|\bwork\s+programme\b|\bforward\s+plan\b(?!\s+ref)", _I | re.MULTILINE
)
_MEETING = re.compile(r"\b(?:meeting|committee|commission|panel|board|cabinet|council|held|agenda)\b", _I)
_INSPECTION = re.compile(r"\bInspection\s+dates?\s*:\s*([^\n]{8,80})", _I)
_TAKES_EFFECT = re.compile(r"\b(?:force|effect|live|begins?|starts?|until|since|from)\b[^.;]{0,20}$", _I)
_NOT_A_TITLE = re.compile(
    r"^\s*(?:agenda item(?: no)?[:.\d\s]*|minutes:?|report attached\.?|additional documents:?|appendix\s*\w?)\s*$", _I
)
# A bullet or a row of a table is no title.
_ENTRY = re.compile(r"[•·\-*]\s|\(?\w{1,3}\)\s|.*[|\t]")
_SERVICE = re.compile(
    r"\b(?:Child(?:ren)?(?:['’]?s['’]?)?(?:(?:,?\s+(?:and|&)|,)\s+(?:Young\s+(?:People|Persons)|Adults?|Famil(?:y|ies)|Schools|Learning|Education)(?:['’]s?)?)*"
    r"\s+(?:Social\s+Care|Social\s+Work|Specialist|Statutory)?\s*(?:Services?|Directorate|Department)?|Family\s+Services|People\s+Directorate)\b",
    _I,
)
_MINUTES_SIGNS = (
    (re.compile(r"^\s*Minutes\s*:?\s*$", _I | re.MULTILINE), 4, 'a line "Minutes"'),
    (re.compile(r"\bRESOLVED\b|\bResolved\s*[–:-]"), 3, '"Resolved"'),
    (re.compile(r"^\s*Agenda\s+item\s*\d*\s*$", _I | re.MULTILINE), 2, 'a line "Agenda item"'),
    (_AGENDA, 3, "an agenda or work programme"),
    (re.compile(r"\b(?:Members?|the\s+(?:Committee|Panel|Board|Sub-Committee))\s+(?:asked|noted|heard|considered|received|welcomed|were)\b"), 2, "what members said"),
    (re.compile(r"\bThe\s+\w+(?:\s\w+)?\s+(?:presented|introduced)\s+the\s+report\b", _I), 2, "a report being presented"),
)  # fmt: skip
_REPORT_SIGNS = (
    (re.compile(r"^\s*(?:Table\s+of\s+)?Contents\b", _I | re.MULTILINE), 3, "a table of contents"),
    (re.compile(r"^\s*(?:\d[\d.]*\s+|SECTION\s+\d+:?\s*)?(?:Introduction|Executive\s+summary|Background|Summary|Purpose)\s*$", _I | re.MULTILINE), 2, "headings of a report"),
    (re.compile(r"\b(?:this|the)\s+(?:annual\s+)?report\s+(?:covers|sets\s+out|says|provides|is\s+for|examines|looks|presents)\b|\bin\s+this\s+report\b", _I), 2, '"this report"'),
    (re.compile(r"\b(?:we|our)\b", _I), 1, '"we"'),
    (re.compile(r"^\s*Appendix\b", _I | re.MULTILINE), 2, "an appendix"),
    (_INSPECTION, 4, "an inspection report"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clue:
    """A period that some part of the evidence speaks for, with a weight and the reason in plain words."""

    period: Period
    weight: float
    reason: str


def identify(
    *,
    file_name: str,
    folder: str,
    source_url: str,
    title: str,
    head_text: str,
    full_text: str,
    authority: str | None = None,
    period: str | None = None,
) -> Identity:
    """Decide authority, period, type and service of a document; `authority` and `period` (a code) override.

    `head_text` is the beginning of the text, `full_text` all of it. Raises ValueError when `period` is no code of a period.
    """
    head = head_text[:_HEAD] or full_text[:_HEAD]
    title = title or _title_of(head)
    if period is not None:
        covered: Period | None = Period.parse(period)
        period_reason = "given by --period"
    else:
        covered, period_reason = _period(file_name, folder, source_url, title, head, full_text)
    name, code, authority_reason = _authority(
        file_name, folder, source_url, title, head, full_text, authority, covered.end if covered else None
    )
    kind, type_reason = _type(file_name, title, full_text)
    return Identity(
        authority=name,
        authority_code=code,
        authority_reason=authority_reason,
        period=covered,
        period_reason=period_reason,
        type=kind,
        type_reason=type_reason,
        service=_service(title, head),
    )


def _authority(
    file_name: str, folder: str, source_url: str, title: str, head: str, text: str, given: str | None, on: date | None
) -> tuple[str | None, str | None, str]:
    register = load_authorities()
    if given is not None:
        known = register.by_name(given, on) or register.by_code(given)
        return (
            (known.name, known.code or None, "given by --authority") if known else (given, None, "given by --authority")
        )
    scores: defaultdict[str, float] = defaultdict(float)
    reasons: dict[str, tuple[float, str]] = {}
    for name, weight, reason in _authority_clues(register, file_name, folder, source_url, title, head, text, on):
        scores[name] += weight
        reasons[name] = max(reasons.get(name, (0.0, "")), (weight, reason))
    ranked = sorted(scores, key=lambda n: (-scores[n], n))
    if not ranked or scores[ranked[0]] < _AUTHORITY_THRESHOLD:
        return None, None, "no council is named clearly in title, text, file name, folder or address"
    if len(ranked) > 1 and scores[ranked[1]] >= scores[ranked[0]] * 0.9:
        return None, None, f"{ranked[0]} and {ranked[1]} are equally likely"
    best = register.by_name(ranked[0], on)
    return ranked[0], (best.code or None) if best else None, reasons[ranked[0]][1]


def _authority_clues(
    register: Register, file_name: str, folder: str, source_url: str, title: str, head: str, text: str, on: date | None
) -> Iterator[tuple[str, float, str]]:
    """Name of an authority, weight, reason. Councils without social care weigh a third."""

    def weighed(name: str, weight: float, reason: str) -> tuple[str, float, str]:
        council = register.by_name(name, on)
        return name, weight if council is None or council.social_care else weight / 3, reason

    for words, place, strong, weak in ((title, "title", 10.0, 6.0), (head[:_OPENING], "opening", 6.0, 2.0)):
        for mention in register.find_in(words, on):
            weight = strong if mention.strong else 0.5 if mention.address else weak
            yield weighed(mention.authority.name, weight, f'{place} says "{words[mention.start : mention.end]}"')
    for words, place, weight in (
        (PurePath(file_name).stem, "file name", 6.0),
        (" ".join(PurePath(folder).parts[-2:]), "folder", 4.0),
    ):
        council = next((m.authority for m in register.find_in(_spaced(words), on, any_case=True)), None)
        if council:
            yield weighed(council.name, weight, f"{place} {file_name if place == 'file name' else words}")
    host = re.sub(r"^\w+://|/.*", "", source_url)
    for label in host.split("."):
        if council := register.by_web_name(label, on):
            yield weighed(council.name, 6.0, f"source address {host}")
    mentions = register.find_in(text, on)
    strong_counts = Counter(m.authority.name for m in mentions if m.strong)
    weak_counts = Counter(m.authority.name for m in mentions if not m.strong and not m.address)
    for name, count in strong_counts.items():
        yield weighed(name, min(count, 5) * 0.8, f"text names it {count} times")
    for mention in mentions:
        if not mention.strong and re.match(r"(?:['’]s)?\s+Child(?:ren)?\b", text[mention.end : mention.end + 14]):
            phrase = " ".join(text[mention.start : mention.end + 9].split())
            yield weighed(mention.authority.name, 2.0, f'text says "{phrase}…"')
    for name, count in weak_counts.items():
        if count >= _PLACE_MENTIONS and count >= _PLACE_SHARE * weak_counts.total():
            yield weighed(name, min(count, 10) * 1.0, f"text names the place {count} times")


def _period(
    file_name: str, folder: str, source_url: str, title: str, head: str, text: str
) -> tuple[Period | None, str]:
    """The period covered and the reason."""
    if inspected := _inspection(head):
        return inspected
    mentions = find_periods(text)
    meeting = _meeting(title, head, file_name)
    if meeting and _AGENDA.search(title + "\n" + head[:_OPENING]):
        return Period.financial(
            Period.day(meeting).financial_year
        ), f"agenda or work programme of a meeting on {meeting:%d %B %Y}"
    clues = list(_period_clues(file_name, folder, source_url, title, head, mentions, text))
    # a stretch of months that the meeting lies before is of its plans ("moved from November to January, 2024")
    clues = [c for c in clues if not (meeting and c.period.kind == "range" and c.period.end > meeting)]
    if not clues:
        return _from_dates(meeting, title, head, mentions, text)
    years: defaultdict[int, float] = defaultdict(float)
    for clue in clues:
        years[clue.period.financial_year] += clue.weight
    year = max(years, key=lambda y: (years[y], y))
    of_year = [c for c in clues if c.period.financial_year == year]
    best = max(of_year, key=lambda c: c.weight)
    part = _part_covered(title, head, file_name, Period.financial(year), of_year)
    return part or (best.period if best.period.kind != "day" else Period.financial(year), best.reason)


def _period_clues(
    file_name: str,
    folder: str,
    source_url: str,
    title: str,
    head: str,
    mentions: tuple[PeriodMention, ...],
    text: str,
) -> Iterator[_Clue]:
    for mention in _stated(find_periods(title)):
        assert mention.period is not None
        if _COMPARES.search(title[max(0, mention.start - 50) : mention.start]):
            continue
        yield _Clue(period=mention.period, weight=10.0, reason=f'title says "{_quoted(title, mention)}"')
    stated = _stated(find_periods(head))
    for place, mention in enumerate(stated):
        assert mention.period is not None
        before = head[max(0, mention.start - 50) : mention.start]
        words = _quoted(head, mention)
        if (
            re.search("[A-Za-z]{3}", words)
            and mention.period.kind in ("year", "half", "quarter", "range")
            and _COVERS.search(before)
        ):
            yield _Clue(period=mention.period, weight=7.0, reason=f'text says "{words}"')
        elif place == 0 and mention.start < _OPENING and not _COMPARES.search(before):
            latest = _last_of_row(stated)
            yield _Clue(period=latest, weight=5.0, reason=f'opening says "{latest}"')
    for words, source, weight in (
        (PurePath(file_name).stem, f"file name {file_name}", 6.0),
        (folder, f"folder {folder}", 2.0),
        (source_url, f"source address {source_url}", 3.0),
    ):
        for mention in _stated(find_periods(words.replace("_", " ")))[:1]:
            assert mention.period is not None
            yield _Clue(period=mention.period, weight=weight, reason=source)
    named = Counter(
        m.period.financial_year
        for m in mentions
        if m.period
        and m.kind in ("year", "half", "quarter")
        and not _OTHER_YEAR.search(text[max(0, m.start - 60) : m.start])
    )
    for year, count in named.items():
        reason = f"most named period in the text: {count} of {named.total()} times"
        yield _Clue(period=Period.financial(year), weight=5.0 * count / named.total(), reason=reason)
    if not named:
        calendar = Counter(m.period for m in mentions if m.period and m.kind == "calendar")
        for found, count in calendar.items():
            yield _Clue(period=found, weight=2.0 * count / calendar.total(), reason=f"text names {found} {count} times")


def _last_of_row(stated: list[PeriodMention]) -> Period:
    """The latest of the periods that stand side by side at the beginning, as in the head of a table "2020/21 | 2021/22"."""
    row = [stated[0]]
    for mention in stated[1:]:
        if mention.start - row[-1].end > 4:
            break
        row.append(mention)
    return max((m.period for m in row if m.period), key=lambda p: p.end)


def _part_covered(title: str, head: str, file_name: str, year: Period, clues: list[_Clue]) -> tuple[Period, str] | None:
    """The half or quarter of `year` that the document is about, if it says so at its beginning or in its file name."""
    whole = any(c.period.kind == "year" and c.reason.startswith("text says") for c in clues)
    for words, place in (
        (title, "title says"),
        (head[:_OPENING], "opening says"),
        (file_name.replace("_", " "), "file name says"),
    ):
        parts = {}
        for mention in find_periods(words):
            # "Quarter 3" without its year says what the document is about in a title only
            spoken = mention.kind in ("half", "quarter", "range") and (mention.period or place != "opening says")
            found = resolve(mention, year) if spoken else None
            if found and found.kind in ("half", "quarter") and found.financial_year == year.financial_year:
                parts[found] = f'{place} "{_quoted(words, mention)}"'
        if len(parts) == 1 and not (whole and place != "title says"):
            return next(iter(parts.items()))
    return None


def _inspection(head: str) -> tuple[Period, str] | None:
    """The last day of an inspection: what its report says without a date is as found on that day."""
    if match := _INSPECTION.search(head):
        days = [m.period.end for m in find_periods(match[1]) if m.period]
        if days:
            return Period.day(max(days)), f'last day of the inspection: "{match[0].strip()}"'
    return None


def _meeting(title: str, head: str, file_name: str) -> date | None:
    """The day of the meeting: a date in the title, in the opening near a word for a meeting, or in the file name."""
    for words, anywhere in ((title, True), (head[:_OPENING], False), (re.sub("[_-]", " ", file_name), True)):
        for point in find_points(words):
            around = words[max(0, point.start - 120) : point.end + 60]
            if _TAKES_EFFECT.search(words[max(0, point.start - 40) : point.start]):
                continue
            if point.day and point.year and (anywhere or _MEETING.search(around)) and (day := point.last()):
                return day
    return None


def _from_dates(
    meeting: date | None, title: str, head: str, mentions: tuple[PeriodMention, ...], text: str
) -> tuple[Period | None, str]:
    """The last resort, where no period is stated: from the day of the meeting, else from the dates in the text."""
    days = [m.period.end for m in mentions if m.period and m.kind in ("date", "day") and _of_its_time(text, m)]
    on = meeting or (max(days, key=lambda d: (days.count(d), d)) if days else None)
    if on is None:
        return None, "no period is stated and nothing is dated"
    source = f"meeting on {on:%d %B %Y}" if meeting else f"a date in the text, {on:%d %B %Y}"
    in_year = Period.day(on).financial_year
    for mention in find_periods(title + "\n" + head[:_OPENING]):
        if mention.kind in ("half", "quarter") and mention.period is None:
            ended = [p for y in (in_year, in_year - 1) if (p := resolve(mention, Period.financial(y))) and p.end < on]
            if ended:
                return ended[0], f"no year is stated; the {ended[0].kind} that ended before {source}"
    if re.search(r"\bannual\b", title + head[:_OPENING], _I):
        return Period.financial(in_year - 1), f"no period is stated; the financial year before {source}"
    return Period.financial(in_year), f"no period is stated; the financial year of {source}"


def _of_its_time(text: str, mention: PeriodMention) -> bool:
    """Whether a date is one of the document's time: a day or month, not the year of a law nor the day on which something begins."""
    if mention.period is None or mention.period.kind not in ("day", "range"):
        return False
    return not _TAKES_EFFECT.search(text[max(0, mention.start - 40) : mention.start])


def _type(file_name: str, title: str, text: str) -> tuple[DocumentType, str]:
    minutes = [(w, r) for sign, w, r in _MINUTES_SIGNS if sign.search(text)]
    report = [(w, r) for sign, w, r in _REPORT_SIGNS if sign.search(text)]
    stem = file_name.lower()
    if re.search(r"minutes|agenda", stem):
        minutes.append((2, f"file name {file_name}"))
    elif re.search(r"report|appendix", stem):
        report.append((2, f"file name {file_name}"))
    for found, other, kind in ((minutes, report, "minutes"), (report, minutes, "annual_report")):
        weight = sum(w for w, _ in found)
        if weight > sum(w for w, _ in other) or (kind == "annual_report" and weight):
            return ("minutes" if kind == "minutes" else "annual_report"), "has " + ", ".join(
                r for _, r in sorted(found, reverse=True)[:3]
            )
    return "annual_report", "nothing marks it as minutes"


def _service(title: str, head: str) -> str:
    for words in (title, head[:_OPENING]):
        found = [" ".join(m[0].split()) for m in _SERVICE.finditer(words)]
        named = [f for f in found if re.search(r"services?|care|directorate|famil", f, _I)]
        if named:
            return max(named, key=len)
    return ""


def _title_of(head: str) -> str:
    """The first lines that are headings and not forms: what stands at the top where the caller found no title."""
    lines = [line.strip() for line in head.splitlines() if line.strip() and not _NOT_A_TITLE.match(line)]
    return "\n".join(line for line in lines[:3] if len(line) <= 120 and line[-1] not in ".;" and not _ENTRY.match(line))


def _stated(mentions: tuple[PeriodMention, ...]) -> list[PeriodMention]:
    return [
        m
        for m in mentions
        if m.period is not None and m.kind in ("year", "half", "quarter", "range") and not m.same_part
        # a stretch of days ("between 26 March and 29 June") is of an event, not what a report covers
        if m.period.kind != "range" or len(m.period.code) < 20
    ]


def _quoted(text: str, mention: PeriodMention) -> str:
    return " ".join(text[mention.start : mention.end].split())


def _spaced(name: str) -> str:
    return re.sub(r"[_\d]+", " ", name)
