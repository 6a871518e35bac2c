"""The house styles and the kinds of scans, as pictures; and what a page of each costs.

    python -m benchmarks.styles [--write docs/styles.md]     with --write also the pictures, into a folder beside the page

The paper is `fixtures.sample.rendering.specimen`, which has every kind of block in it.
"""

import argparse
import io
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from benchmarks.machine import this_machine
from benchmarks.report import Table, page, table, write_into
from fixtures.sample.rendering import Rendered, house_styles, render
from fixtures.sample.rendering.specimen import specimen
from fixtures.sample.rendering.styles import styles
from fixtures.sample.scanning import KINDS, draw_recipe, scan_by

WIDTH = 860  # of a style's picture, in pixels; two pages beside each other
STRIP = 1240  # of the picture of scans
COLOURS = 64
SEED = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A house style: its specimen as PDF, and the seconds of the processor that it took."""

    style: str
    rendered: Rendered
    seconds: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Set a specimen in every style, measure, print; write page and pictures if asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.styles", description=__doc__)
    parser.add_argument("--write", type=Path, metavar="PAGE", help="write the tables into this page, and the pictures")
    asked = parser.parse_args(arguments)
    shown = list(_shown())
    scans, strip = _scans(shown[0].rendered.content)
    results = page(f"Run: {this_machine()}.", [_style_table(shown), scans])
    sys.stdout.write(results)
    if asked.write:
        write_into(asked.write, results)
        folder = asked.write.with_suffix("")
        folder.mkdir(exist_ok=True)
        for one in shown:
            _save(_picture(one), folder / f"{one.style}.png")
        _save(strip, folder / "scans.png")
        _save(_covers(shown), folder / "covers.png")
    return 0


def _shown() -> Iterator[Shown]:
    """Every style, set twice: fonts and style sheets are loaded the first time."""
    for style in house_styles():
        paper = specimen(style)
        render(paper, format="pdf", seed=SEED)
        start = _processor_seconds()
        rendered = render(paper, format="pdf", seed=SEED)
        yield Shown(style=style, rendered=rendered, seconds=_processor_seconds() - start)


def _processor_seconds() -> float:
    """The time of the processor that this process and its finished children have used: LibreOffice is one of those."""
    return sum(os.times()[:4])


def _style_table(shown: Sequence[Shown]) -> Table:
    rows = []
    for one in shown:
        style, pages = styles()[one.style], max(one.rendered.figure_pages.values())
        font = style.font if style.font == style.head_font else f"{style.font}, {style.head_font}"
        size = f"{len(one.rendered.content) / 1024:.0f}"
        rows.append((one.style, one.rendered.producer, font, pages, f"{1000 * one.seconds / pages:.0f}", size))
    seconds = sum(one.seconds for one in shown)
    pages = sum(max(one.rendered.figure_pages.values()) for one in shown)
    rows.append(("all", "", "", pages, f"{1000 * seconds / pages:.0f}", ""))
    columns = ("style", "producer", "fonts", "pages", "ms a page", "KiB")
    return table(
        "House styles",
        columns,
        rows,
        "The specimen in each style, in one process; time of the processor, with that of LibreOffice.",
    )


def _scans(pdf: bytes) -> tuple[Table, Image.Image]:
    """Each kind of scan measured, and its second page in a strip."""
    rows, pages = [], []
    for kind in KINDS:
        recipe = replace(draw_recipe(SEED, kind), container="pdf", upside_down=False, sideways=0.0)
        start = _processor_seconds()
        scanned = scan_by(recipe, pdf, seed=SEED)
        seconds = _processor_seconds() - start
        images = _images(scanned.content, 100)
        pages.append(images[1])
        size = f"{len(scanned.content) / 1024 / len(images):.0f}"
        rows.append((kind, recipe.dpi, f"{1000 * seconds / len(images):.0f}", size))
    columns = ("kind", "dpi", "ms a page", "KiB a page")
    return table(
        "Kinds of scans",
        columns,
        rows,
        "One recipe of each kind, on the first style's specimen; time of the processor.",
    ), _strip(pages)


def _images(pdf: bytes, dpi: int) -> list[Image.Image]:
    document = pdfium.PdfDocument(pdf)
    images = [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
    document.close()
    return images


def _picture(one: Shown) -> Image.Image:
    """The page of the first section, and the one of the tables; on a landscape style one above the other."""
    pages = one.rendered.pages
    images = _images(one.rendered.content, 130)
    first = images[pages["p-summary"] - 1]
    number = pages["t-groups"] if pages["t-groups"] != pages["p-summary"] else pages["c-pie"]
    second = images[number - 1]
    if first.width > first.height:
        return _beside([first, second], WIDTH, down=True)
    return _beside([first, second], WIDTH)


def _covers(shown: Sequence[Shown]) -> Image.Image:
    """The first pages of the styles that have a cover, side by side."""
    covered = [one for one in shown if styles()[one.style].cover != "none"]
    return _beside([_images(one.rendered.content, 60)[0] for one in covered], STRIP)


def _strip(pages: Sequence[Image.Image]) -> Image.Image:
    """The upper part of each page, in two rows."""
    parts = [page.crop((0, 0, page.width, int(page.height * 0.55))) for page in pages]
    half = len(parts) // 2
    rows = [_beside(parts[:half], STRIP), _beside(parts[half:], STRIP)]
    return _beside(rows, STRIP, down=True)


def _beside(images: Sequence[Image.Image], width: int, *, down: bool = False, gap: int = 6) -> Image.Image:
    """Images beside or below each other, together `width` pixels wide."""
    each = width if down else (width - gap * (len(images) - 1)) // len(images)
    small = [
        image.resize((each, round(image.height * each / image.width)), Image.Resampling.LANCZOS) for image in images
    ]
    height = sum(image.height + gap for image in small) - gap if down else max(image.height for image in small)
    made = Image.new("RGB", (width, height), "#8a8a8a")
    at = 0
    for image in small:
        made.paste(image, (0, at) if down else (at, 0))
        at += (image.height if down else image.width) + gap
    return made


def _save(image: Image.Image, path: Path) -> None:
    """A small PNG: few colours are enough for print."""
    few = image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    written = io.BytesIO()
    few.save(written, "PNG", optimize=True)
    path.write_bytes(written.getvalue())


if __name__ == "__main__":
    sys.exit(main())
