"""What the law asks an annual report to state, as data: items, and the evidence that answers them."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from schemas.figures import Figure
from schemas.vocabulary import DATA

ItemStatus = Literal["found", "unclear", "missing"]
"""found: the report states it; unclear: it speaks of the matter, or states a part of it; missing: nothing was found."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FigureEvidence(_Strict):
    """Figures of these measures (any, if none is named) that have these dimensions, with one of the values or, where none is named, any."""

    measures: tuple[str, ...] = ()
    dims: Mapping[str, tuple[str, ...]] = {}
    distinct: int = Field(default=1, ge=1)

    def fits(self, figure: Figure) -> bool:
        """Whether a figure is of this kind."""
        dims = dict(figure.dims)
        known = all(name in dims and (not values or dims[name] in values) for name, values in self.dims.items())
        return known and (not self.measures or figure.measure in self.measures)


class Item(_Strict):
    """One thing that a report is asked to state; `perhaps` are figures that state a part of it."""

    code: str
    asks: str
    source: str
    figures: tuple[FigureEvidence, ...] = ()
    perhaps: tuple[FigureEvidence, ...] = ()
    topics: tuple[str, ...] = ()
    words_do: bool = False


class Checklist(_Strict):
    """All items; reports on periods that ended before `first_period` are not held to them."""

    first_period: date
    items: tuple[Item, ...]


@cache
def load_checklist() -> Checklist:
    """The checklist of the data file."""
    return Checklist.model_validate(yaml.safe_load((DATA / "checklist.yaml").read_text(encoding="utf-8")))
