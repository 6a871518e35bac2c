"""Charts of Word files as tables, from the values that Word keeps beside the drawing (DrawingML, ECMA-376 part 1, 21.2).

What is printed is what the labels of the chart show or would show: each value in the number format of its label, else of its
source. The values are exact, whether the chart has labels or not.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from lxml import etree  # type: ignore[import-untyped]

from extractors.reading.number_formats import GENERAL, shown

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_LINK = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# A chart with more points is no chart that anybody reads.
MOST_POINTS, MOST_SERIES = 2_000, 100
# What Word calls a series that nobody named.
_UNNAMED = re.compile(r"(Series|Column|Data) ?\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordChart:
    """A chart as a table of texts: `rows` of equal length, the first with the names of the series, if `headed`."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    headed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Series:
    """A series: its name, its categories as printed (none if the chart says none), and its values as printed by their places."""

    name: str
    categories: tuple[str, ...]
    values: Mapping[int, str]


def parsed(content: bytes) -> etree._Element:
    """XML of an untrusted file. Raises etree.XMLSyntaxError."""
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def charts_of(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[WordChart, ...]]:
    """The charts that a part of a Word file shows, by the ids of their relationships; those that keep no values are left out."""
    folder, name = posixpath.split(part)
    links = f"{folder}/_rels/{name}.rels"
    names = set(archive.namelist())
    if links not in names:
        return {}
    found = {}
    for link in parsed(archive.read(links)).iter(_LINK):
        target = posixpath.normpath(posixpath.join(folder, link.get("Target", ""))).lstrip("/")
        if link.get("Type", "").endswith("/chart") and target in names:
            try:
                found[link.get("Id", "")] = read_chart(archive.read(target))
            except etree.XMLSyntaxError:
                continue  # it counts among the charts that are not read
    return {link: charts for link, charts in found.items() if charts}


def read_chart(content: bytes) -> tuple[WordChart, ...]:
    """The chart of a chart part, a table for every set of categories; none where it keeps no values. Raises etree.XMLSyntaxError."""
    root = parsed(content)
    from_1904 = next((_is_on(e) for e in root.iter(f"{C}date1904")), False)
    plot = root.find(f"{C}chart/{C}plotArea")
    if plot is None:
        return ()
    elements = [e for e in plot.iter(f"{C}ser")][:MOST_SERIES]
    series = [made for e in elements if (made := _series(e, _axis_format(plot), from_1904=from_1904)).values]
    named = next((one.categories for one in series if one.categories), ())
    groups: dict[tuple[str, ...], list[_Series]] = {}
    for one in series:
        groups.setdefault(one.categories or named, []).append(one)
    title = _title(root, plot, series)
    return tuple(_table(title, categories, group) for categories, group in groups.items())


def _table(title: str, categories: tuple[str, ...], series: list[_Series]) -> WordChart:
    length = max(len(categories), *(max(one.values) + 1 for one in series))
    rows = [
        (categories[at] if at < len(categories) else "", *(one.values.get(at, "") for one in series))
        for at in range(length)
    ]
    headed = any(one.name for one in series)
    heads = [("", *(one.name for one in series))] if headed else []
    return WordChart(title=title, rows=(*heads, *rows), headed=headed)


def _series(element: etree._Element, usual: str, *, from_1904: bool) -> _Series:
    label = {
        e.find(f"{C}idx").get("val"): e for e in element.iterfind(f"{C}dLbls/{C}dLbl") if e.find(f"{C}idx") is not None
    }
    of_all = _own_format(element.find(f"{C}dLbls")) or _own_format(element.find(f"../{C}dLbls"))
    values = {}
    for place, text, code in _points(_first(element, "val", "yVal")):
        value = _decimal(text)
        if value is not None:
            own = _own_format(label.get(str(place))) or of_all
            values[place] = shown(value, own or (code if code != GENERAL else usual))
    categories = _categories(_first(element, "cat", "xVal"), from_1904=from_1904)
    name = _text(element.find(f"{C}tx"))
    return _Series(name="" if _UNNAMED.fullmatch(name) else name, categories=categories, values=values)


def _first(element: etree._Element, *names: str) -> etree._Element | None:
    return next((found for name in names if (found := element.find(f"{C}{name}")) is not None), None)


def _points(holder: etree._Element | None) -> Iterator[tuple[int, str, str]]:
    """Place, text and format code of each point that is kept."""
    cache = (
        None if holder is None else next(holder.iter(f"{C}numCache", f"{C}numLit", f"{C}strCache", f"{C}strLit"), None)
    )
    if cache is not None:
        yield from _level(cache)


def _level(level: etree._Element) -> Iterator[tuple[int, str, str]]:
    usual = level.findtext(f"{C}formatCode", GENERAL)
    for point in level.iterfind(f"{C}pt"):
        place = point.get("idx", "")
        if place.isdecimal() and int(place) < MOST_POINTS:
            yield int(place), " ".join(point.findtext(f"{C}v", "").split()), point.get("formatCode", usual)


def _categories(holder: etree._Element | None, *, from_1904: bool) -> tuple[str, ...]:
    """The names of the categories; of those in levels the outer ones, which stand once for several, come first."""
    if holder is None:
        return ()
    levels = list(holder.iter(f"{C}lvl"))
    if not levels:
        named = {place: _named(text, code, from_1904=from_1904) for place, text, code in _points(holder)}
        return tuple(named.get(at, "") for at in range(max(named, default=-1) + 1))
    inner, *outer = [{place: text for place, text, _ in _level(level)} for level in levels]
    names = []
    for at in range(max(inner, default=-1) + 1):
        above = [level[max(p for p in level if p <= at)] for level in reversed(outer) if any(p <= at for p in level)]
        names.append(" ".join(part for part in (*above, inner.get(at, "")) if part))
    return tuple(names)


def _named(text: str, code: str, *, from_1904: bool) -> str:
    value = _decimal(text) if code != GENERAL else None
    return text if value is None else shown(value, code, from_1904=from_1904)


def _own_format(holder: etree._Element | None) -> str:
    """The format code that labels have of their own, or ""."""
    code = None if holder is None else holder.find(f"{C}numFmt")
    return "" if code is None or _is_on(code, "sourceLinked") else code.get("formatCode", "")


def _axis_format(plot: etree._Element) -> str:
    """The format of the axis of values where it says that they are percentages; else the general one."""
    codes = [_own_format(axis) for axis in plot.iterfind(f"{C}valAx")]
    return codes[0] if codes and all("%" in code for code in codes) else GENERAL


def _title(root: etree._Element, plot: etree._Element, series: list[_Series]) -> str:
    """What stands over the chart, with the names of its axes of values."""
    element = root.find(f"{C}chart/{C}title")
    title = "" if element is None else _text(element.find(f"{C}tx"))
    if element is not None and not title and len(series) == 1:
        title = series[0].name  # what Word puts there of its own accord
    units = [text for axis in plot.iterfind(f"{C}valAx") if (text := _text(axis.find(f"{C}title/{C}tx")))]
    units = [unit for unit in dict.fromkeys(units) if unit.lower() not in title.lower()]
    return " ".join(part for part in (title, f"({', '.join(units)})" if units else "") if part)


def _text(holder: etree._Element | None) -> str:
    """The text of a title or a name: as typed, or as it is kept from its source."""
    if holder is None:
        return ""
    rich = holder.find(f"{C}rich")
    if rich is not None:
        lines = ("".join(e.text or "" for e in line.iter(f"{A}t")) for line in rich.iter(f"{A}p"))
    else:
        lines = (e.text or "" for e in holder.iter(f"{C}v"))
    return " ".join(" ".join(lines).split())


def _decimal(text: str) -> Decimal | None:
    """A value as it is kept ("0.14000000000000001"); None for what is none ("#N/A")."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value.adjusted()) < 20 else None


def _is_on(element: etree._Element, name: str = "val") -> bool:
    return element.get(name, "1") in ("1", "true")
