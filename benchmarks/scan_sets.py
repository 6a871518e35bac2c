"""Documents as scans, and the same documents born-digital, each pair with its gold."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpora import ROOT, SHARED, Corpus, read_heads
from extractors.reading.rendition import render
from extractors.reading.sniff import sniff
from fixtures.sample.archive import DOCUMENTS, GOLD, Order, load_producers, make_archive
from fixtures.sample.scanning import Recipe, scan_by

# Text at 200 dpi, askew by up to 2 degrees, a little out of focus, with grain, saved as JPEG of quality 40.
_SCANNER = Recipe(kind="flatbed", dpi=200, skew=2.0, blur=0.002, noise=6.0, light=0.08, quality=40)

GENERATED = "generated archive"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanSet:
    """The same documents twice."""

    name: str
    scans: Corpus
    digital: Corpus


def generated(folder: Path, *, councils: int, years: int, seed: int) -> ScanSet:
    """An archive of `crossfoot sample`, all scanned, and the same seed unscanned."""
    made = []
    folder.mkdir(parents=True)
    for name, share in (("scans", 1.0), ("digital", 0.0)):
        order = Order(councils=councils, years=years, seed=seed, scans=share)
        make_archive(folder / name, order, load_producers(), workers=0)
        made.append(Corpus(name=name, gold=folder / name / GOLD, documents=(folder / name / DOCUMENTS,)))
    return ScanSet(name=f"{GENERATED} {seed}", scans=made[0], digital=made[1])


def typeset(folder: Path, *, texts: Path, gold: Path, name: str, every: int) -> ScanSet:
    """Every so many-th text of a folder that has gold, typeset, and scanned."""
    heads = [head for head in read_heads(gold) if (texts / head.document).is_file()][::every]
    for part in ("gold", "scans", "digital"):
        (folder / part).mkdir(parents=True)
    for seed, head in enumerate(heads):
        content = (texts / head.document).read_bytes()
        pdf = render(content, sniff(content)).pdf
        (folder / "digital" / f"{head.stem}.pdf").write_bytes(pdf)
        (folder / "scans" / f"{head.stem}.pdf").write_bytes(scan_by(_SCANNER, pdf, seed=seed).content)
        (folder / "gold" / f"{head.stem}.gold.jsonl").write_bytes((gold / f"{head.stem}.gold.jsonl").read_bytes())
    corpora = [Corpus(name=p, gold=folder / "gold", documents=(folder / p,)) for p in ("scans", "digital")]
    return ScanSet(name=name, scans=corpora[0], digital=corpora[1])


def known_sets(folder: Path, *, councils: int, years: int, seeds: Sequence[int], every: int) -> tuple[ScanSet, ...]:
    """A generated archive of each seed; and texts of the development corpus where it is at hand, else of the repository's papers."""
    texts, gold, name = SHARED / "corpus/texts", SHARED / "corpus/gold", "development corpus"
    if not texts.is_dir():
        papers = ROOT / "fixtures/papers/1"
        texts, gold, name = papers / "texts", papers / "gold", "papers 1"
    return (
        *(generated(folder / f"generated-{seed}", councils=councils, years=years, seed=seed) for seed in seeds),
        typeset(folder / "typeset", texts=texts, gold=gold, name=name, every=every),
    )
