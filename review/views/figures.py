"""A figure as the pages show it."""

from dataclasses import dataclass

from sqlalchemy import RowMapping

from pipeline.decisions.overlay import Decided
from pipeline.store.rows import box_of, dims_of, readings_in
from review import labels
from schemas.pages import BBox

_AGREEMENTS = {
    "agree": "the two readings agree",
    "disagree": "the two readings differ",
    "not_comparable": "one reading saw no such number",
    "single": "read only once",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingView:
    """What one reader made of the print of a scan."""

    reader: str
    text: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """A figure in words. `address` leads to its place on its page; `before` and `after` are the words around the print.

    `decided` is what was decided on it, "" if nothing was; `decided_value` what a correction says.
    """

    id: str
    document: str
    position: int
    page: int
    box: BBox
    printed: str
    value: str
    proposed: str
    measure: str
    statistic: str
    breakdown: str
    period: str
    role: str
    qualifier: str
    grade: str
    confidence: str
    method: str
    before: str
    after: str
    address: str
    decided: str = ""
    decided_value: str = ""
    readings: tuple[ReadingView, ...] = ()
    agreement: str = ""

    @property
    def says(self) -> str:
        """What it counts: “Complaints, stage 1, upheld”."""
        return f"{self.measure}, {self.breakdown}" if self.breakdown else self.measure

    @property
    def label(self) -> str:
        """All of it in one line, for who cannot see the box."""
        return f"{self.value}: {self.says}, {self.statistic}, {self.period}; {self.grade}{', ' + self.decided if self.decided else ''}"


def document_address(sha256: str) -> str:
    """The address of a document: enough of its hash to be its own."""
    return f"/documents/{sha256[:16]}"


def figure_view(row: RowMapping, sha256: str, decided: Decided | None = None) -> FigureView:
    """The figure of a row, of the document with this hash, and what was decided on it."""
    says = decided.content if decided else None
    before, after = _around(row["snippet"], row["printed"])
    return FigureView(
        id=row["figure_id"],
        document=sha256,
        position=row["position"],
        page=row["page"],
        box=box_of(row),
        printed=row["printed"],
        value=labels.number(row["value"], row["unit"]),
        proposed=labels.number(row["proposed"], row["unit"]) if row["proposed"] else "",
        measure=labels.measure(row["measure"]),
        statistic=labels.words(row["statistic"]),
        breakdown=labels.breakdown(dims_of(row["dims"])),
        period=row["period"] or "period not known",
        role=row["role"],
        qualifier="" if row["qualifier"] == "exact" else labels.words(row["qualifier"]),
        grade=row["grade"],
        confidence=f"{row['confidence']:.0%}",
        method=row["method"],
        before=before,
        after=after,
        address=f"{document_address(sha256)}/{row['page']}?figure={row['figure_id']}",
        readings=tuple(
            ReadingView(reader=one.engine, text=one.text, confidence=f"{one.confidence:.0%}")
            for one in readings_in(row["readings"])
        ),
        agreement=_AGREEMENTS.get(row["agreement"], ""),
        decided=decided.status if decided else "",
        decided_value=labels.number(str(says.value), says.unit) if says and str(says.value) != row["value"] else "",
    )


def _around(snippet: str, printed: str) -> tuple[str, str]:
    """The words before and after the print; all before it where the print is not in the snippet as it stands."""
    before, found, after = snippet.partition(printed)
    return (before, after) if found else (snippet, "")
