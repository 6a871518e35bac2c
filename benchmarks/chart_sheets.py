"""Charts with known truth, drawn by several programs: reportlab, WeasyPrint and LibreOffice as the generated archive has them, and matplotlib."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from textwrap import fill
from typing import Literal

from fixtures.sample.paper import Block, Chart, ChartKind, ChartSeries, Fact, Paper, Paragraph, Said, plain
from fixtures.sample.rendering import house_styles, render
from fixtures.sample.rendering.styles import styles
from schemas.periods import Period

_YEAR = Period.financial(2014)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A PDF (or a Word file) with charts, what they show, and the program that drew them."""

    pdf: bytes
    charts: tuple[Chart, ...]
    producer: str


def drawn_charts(rng: Random, number: int) -> Iterator[Chart]:
    """Charts of all kinds, each with labels or without."""
    for index in range(number):
        kind: ChartKind = rng.choice(("column", "column", "bar", "bar", "pie", "line"))
        yield _chart(rng, f"c{index}", kind, labelled=rng.random() < 0.6)


def house_sheet(rng: Random, number: int, style: str, made: Literal["pdf", "docx"] = "pdf") -> Sheet:
    """A paper in a house style, with charts between its paragraphs."""
    charts = tuple(drawn_charts(rng, number))
    blocks: list[Block] = []
    for chart in charts:
        blocks += [Paragraph(id=f"p-{chart.id}", text=(rng.choice(_PROSE),)), chart]
    paper = Paper(
        name="charts", authority="Dudley Metropolitan Borough Council", period=_YEAR, kind="annual_report",
        title="Complaints in charts", style=style, blocks=tuple(blocks),
    )  # fmt: skip
    rendered = render(paper, format=made, seed=rng.randrange(10**6))
    return Sheet(pdf=rendered.content, charts=charts, producer=rendered.producer)


def house_sheets(seed: int, number: int) -> Iterator[Sheet]:
    """One paper in each house style."""
    for style in house_styles():
        yield house_sheet(Random(f"{seed}|{style}"), number, style)


def word_sheets(seed: int, number: int) -> Iterator[Sheet]:
    """The same papers as Word files."""
    for style in house_styles():
        yield house_sheet(Random(f"{seed}|{style}"), number, style, "docx")


def matplotlib_sheets(seed: int, number: int, *, type3: bool = True) -> Iterator[Sheet]:
    """Charts as matplotlib draws them, one on a page, in looks that vary; with fonts of Type 3 too, unless these are not wanted."""
    for index in range(number):
        rng = Random(f"{seed}|matplotlib|{index}")
        chart = next(drawn_charts(rng, 1))
        yield Sheet(pdf=_matplotlib(rng, chart, type3=type3), charts=(chart,), producer="matplotlib")


def is_stacked(chart: Chart) -> bool:
    """Whether matplotlib stacks the series of a chart."""
    return chart.kind in ("bar", "column") and len(chart.series) > 1 and chart.id.endswith("s")


def _chart(rng: Random, name: str, kind: ChartKind, *, labelled: bool) -> Chart:
    years = kind == "line" or (kind == "column" and rng.random() < 0.35)
    if years:
        first = rng.randint(6, 14)
        labels = [f"20{y:02}/{y + 1:02}" for y in range(first, first + rng.randint(3, 7))]
    else:
        names = rng.choice(_NAMES)
        labels = rng.sample(names, min(len(names), rng.randint(3, 6 if kind == "pie" else 7)))
    lines = 1 if kind == "pie" else rng.choice((1, 1, 2, 3))
    named = rng.sample(_SERIES, lines) if years else [f"20{y:02}/{y + 1:02}" for y in range(11, 11 + lines)]
    top = rng.choice((12, 40, 90, 300, 1200))
    percent = rng.random() < 0.25
    series = []
    for line in named:
        values = _shares(rng, len(labels)) if percent and kind == "pie" else [
            rng.randint(0 if kind != "pie" else max(1, top // 20), 100 if percent else top) for _ in labels
        ]  # fmt: skip
        series.append(
            ChartSeries(name=line, values=tuple(_said(f"{name}{line}{i}", v, percent) for i, v in enumerate(values)))
        )
    title = (
        f"{rng.choice(('Complaints', 'Compliments', 'Enquiries'))} {rng.choice(('by team', 'received', 'recorded'))}"
    )
    return Chart(
        id=name + ("s" if rng.random() < 0.3 else ""), kind=kind, title=(f"{title}{' (%)' if percent else ''}",),
        categories=tuple(labels), series=tuple(series), labelled=labelled,
    )  # fmt: skip


def _shares(rng: Random, number: int) -> list[int]:
    cuts = sorted(rng.sample(range(1, 24), number - 1))
    return [4 * (b - a) + (0 if b < 24 else 4) for a, b in zip([0, *cuts], [*cuts, 24], strict=True)]


def _said(key: str, value: int, percent: bool) -> Said:
    fact = Fact(
        measure="complaints", statistic="percent_of" if percent else "count", unit="percent" if percent else "count",
        period=_YEAR, value=Decimal(value),
    )  # fmt: skip
    return Said(key=key, fact=fact, value=Decimal(value), printed=f"{value}%" if percent else f"{value:,}")


def _matplotlib(rng: Random, chart: Chart, *, type3: bool) -> bytes:
    import matplotlib

    matplotlib.use("pdf")
    from matplotlib import pyplot as plt

    font = rng.choice((3, 42))
    with plt.rc_context({"pdf.fonttype": font if type3 else 42, "font.size": rng.choice((7, 8, 9)),
                         "font.family": rng.choice(("DejaVu Sans", "DejaVu Serif"))}):  # fmt: skip
        figure = plt.figure(figsize=(8.27, 11.69))
        body = figure.add_axes((0.28, 0.55, 0.44, 0.3))
        colours = rng.sample(list(styles().values()), 1)[0].chart_colours
        if chart.kind == "pie":
            _pie(body, chart, rng, colours)
        else:
            _axes(body, chart, rng, colours)
        body.set_title(plain(chart.title))
        figure.text(0.1, 0.93, _PROSE[0], wrap=True)
        figure.text(0.1, 0.4, _PROSE[1], wrap=True)
        written = io.BytesIO()
        figure.savefig(written, format="pdf", metadata={"CreationDate": None})
        plt.close(figure)
    return written.getvalue()


def _pie(body, chart: Chart, rng: Random, colours: Sequence[str]) -> None:  # type: ignore[no-untyped-def]
    values = [float(s.value) for s in chart.series[0].values]
    printed = iter([s.printed for s in chart.series[0].values])
    named = rng.random() < 0.5
    wedges, *_ = body.pie(
        values, labels=chart.categories if named else None, colors=colours[: len(values)], startangle=rng.choice((0, 90)),
        counterclock=rng.random() < 0.5, autopct=(lambda _share: next(printed)) if chart.labelled else None,
        pctdistance=rng.choice((0.6, 0.75, 1.15)) if not named else 0.65,
        wedgeprops={"edgecolor": "white"} if rng.random() < 0.5 else {},
    )  # fmt: skip
    if not named:
        body.legend(wedges, chart.categories, loc="center left", bbox_to_anchor=(1.05, 0.5))


def _axes(body, chart: Chart, rng: Random, colours: Sequence[str]) -> None:  # type: ignore[no-untyped-def]
    places = list(range(len(chart.categories)))
    stacked = is_stacked(chart)
    base = [0.0] * len(places)
    count = len(chart.series)
    width = 0.7 if stacked else 0.8 / count
    for index, series in enumerate(chart.series):
        values = [float(s.value) for s in series.values]
        named = series.name if count > 1 else None
        if chart.kind == "line":
            body.plot(places, values, color=colours[index], label=named, marker=rng.choice(("o", "s", None)))
            if chart.labelled:
                for place, value, said in zip(places, values, series.values, strict=True):
                    body.annotate(said.printed, (place, value), xytext=(0, 5), textcoords="offset points", ha="center")
            continue
        at = places if stacked else [p + (index - (count - 1) / 2) * width for p in places]
        draw = body.bar if chart.kind == "column" else body.barh
        under = {"bottom" if chart.kind == "column" else "left": base} if stacked else {}
        bars = draw(at, values, width, color=colours[index], label=named, **under)
        if chart.labelled:
            body.bar_label(
                bars, [s.printed for s in series.values], padding=0 if stacked else 2,
                label_type="center" if stacked else "edge", color="white" if stacked and index == 0 else "black",
            )  # fmt: skip
        base = [b + v for b, v in zip(base, values, strict=True)]
    if chart.kind == "bar":
        body.set_yticks(places, chart.categories)
        body.invert_yaxis()
    else:
        turned = rng.choice((45, 90)) if len(places) > 5 else 0
        names = chart.categories if turned else [fill(name, 56 // len(places)) for name in chart.categories]
        body.set_xticks(places, names, rotation=turned)
    if rng.random() < 0.5:
        body.grid(axis="x" if chart.kind == "bar" else "y", alpha=0.5)
        body.set_axisbelow(True)
    if rng.random() < 0.5:
        body.set_ylabel("" if chart.kind == "bar" else "Number")
        body.spines[["top", "right"]].set_visible(False)
    if count > 1:
        body.legend(**rng.choice(({"loc": "upper center", "bbox_to_anchor": (0.5, -0.25), "ncol": count},
                                  {"loc": "center left", "bbox_to_anchor": (1.02, 0.5)})))  # fmt: skip


_PROSE = (
    "The charts show the year in numbers; the text below them says what has been learnt.",
    "Managers met each quarter to talk over what complaints had shown, and shared it with all teams.",
    "Some complaints cover more than one matter, and each is counted under the first.",
)
_SERIES = ("Complaints", "Compliments", "Enquiries", "Stage 1", "Stage 2", "Upheld", "Comments")
_NAMES = (
    ("Upheld", "Partly upheld", "Not upheld", "Withdrawn", "Resolved", "No finding"),
    ("Delay in assessment", "Staff attitude", "Quality of service", "Communication", "Lack of support", "Disagreement with decision", "Finance", "Contact"),
    ("Fostering", "Leaving care", "North locality", "South locality", "Disabled children", "MASH", "Adoption", "Family support"),
    ("Parent", "Young person", "Grandparent", "Advocate", "Carer", "Solicitor", "Other", "Not known"),
    ("E-mail", "Telephone", "Letter", "In person", "Website", "Through a councillor", "App"),
)  # fmt: skip
