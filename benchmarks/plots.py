"""A page of bar charts: shares from 0 to 1, a pair of bars for each name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.calibration import Bin

_COLOURS = ("#1f5a96", "#9db9d6")
_WIDTH, _DPI = 12.0, 100  # inches, dots an inch
_ROW = 0.36  # inches of a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One chart. A bar is a name, how many of `unit` it is about, and its shares, one for each of `series`."""

    title: str
    unit: str
    series: tuple[str, ...]
    bars: tuple[tuple[str, int, tuple[float, ...]], ...]


def draw(path: Path, panels: Iterable[Panel]) -> None:
    """Draw the panels that have bars, two beside each other, and save them as a picture; the file's suffix says of what format."""
    shown = [panel for panel in panels if panel.bars]
    rows = [shown[at : at + 2] for at in range(0, len(shown), 2)]
    heights = [max(len(panel.bars) for panel in row) * _ROW + 1 for row in rows]
    figure = Figure(figsize=(_WIDTH, sum(heights)), dpi=_DPI, layout="constrained")
    grid = figure.add_gridspec(len(rows), 2, height_ratios=heights)
    for at, row in enumerate(rows):
        for column, panel in enumerate(row):
            _draw(figure.add_subplot(grid[at, column]), panel)
    figure.savefig(path, metadata={"Software": None} if path.suffix == ".png" else None)


def draw_reliability(path: Path, bins: Sequence[Bin], error: float) -> None:
    """Draw how often figures of each confidence are right, with how many there are of it, and save the picture."""
    figure = Figure(figsize=(_WIDTH / 2, _WIDTH / 2), dpi=_DPI, layout="constrained")
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(4, 1))
    above.plot((0, 1), (0, 1), color="grey", linestyle=":", linewidth=1)
    above.plot([b.confidence for b in bins], [b.right for b in bins], marker="o", color=_COLOURS[0])
    above.set_title(f"Expected calibration error {error:.3f}", fontsize=10, loc="left")
    above.set_ylabel("share that is right")
    below.bar([b.confidence for b in bins], [b.cases for b in bins], width=0.05, color=_COLOURS[1])
    below.set_xlabel("confidence")
    below.set_ylabel("figures")
    for axes in (above, below):
        axes.grid(alpha=0.3)
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Software": None} if path.suffix == ".png" else None)


def _draw(axes: Axes, panel: Panel) -> None:
    thickness = 0.8 / len(panel.series)
    for at, (name, colour) in enumerate(zip(panel.series, _COLOURS, strict=False)):
        places = [number + at * thickness for number in range(len(panel.bars))]
        bars = axes.barh(places, [shares[at] for _, _, shares in panel.bars], thickness, label=name, color=colour)
        axes.bar_label(bars, fmt="%.2f", padding=2, fontsize=7)
    middle = (len(panel.series) - 1) * thickness / 2
    axes.set_yticks(
        [number + middle for number in range(len(panel.bars))],
        [f"{name} ({count:,})" for name, count, _ in panel.bars],
        fontsize=8,
    )
    axes.invert_yaxis()
    axes.set_xlim(0, 1.1)
    axes.set_title(panel.title, fontsize=10, loc="left")
    axes.set_xlabel(f"in brackets: the number of {panel.unit}", fontsize=7, loc="left")
    axes.legend(fontsize=8, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=len(panel.series), frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="x", alpha=0.3)
    axes.set_axisbelow(True)
