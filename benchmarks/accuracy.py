"""How right the figures are: precision, recall and F1, by everything that a weakness could hide in.

python -m benchmarks.accuracy                            everything that is at hand: the sample archive at least
python -m benchmarks.accuracy --gold DIR --texts PATH…   other documents
python -m benchmarks.accuracy --write docs/accuracy.md   put the tables into that page
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks import score_tables as tables
from benchmarks.corpora import Corpus, known_corpora, read_corpus
from benchmarks.machine import this_machine
from benchmarks.report import page, write_into
from benchmarks.scoring import Scored, score
from schemas.errors import CrossfootError


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write what was asked for."""
    asked = _arguments(arguments)
    machine = this_machine()
    try:
        scored = measure(_corpora(asked.gold, asked.texts), workers=machine.cores)
        report = tables.accuracy(scored)
        text = page(f"Run: {machine}.", report)
        sys.stdout.write(text)
        if asked.write:
            write_into(asked.write, text)
    except CrossfootError as error:
        print(f"benchmarks.accuracy: {error}", file=sys.stderr)
        return error.exit_code
    if asked.output:
        found = {"machine": asdict(machine), "tables": [asdict(one) for one in report]}
        asked.output.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return 0


def measure(corpora: Sequence[Corpus], *, workers: int) -> tuple[Scored, ...]:
    """Read and score each corpus in a store of its own."""
    return tuple(score(read_corpus(corpus, workers=workers)) for corpus in corpora)


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__, formatter_class=form)
    parser.add_argument("--gold", type=Path, metavar="DIR", help="a folder with .gold.jsonl files")
    parser.add_argument("--texts", type=Path, nargs="+", metavar="PATH", help="the documents that they are about")
    parser.add_argument("--write", type=Path, metavar="PAGE.md", help="put the tables into the marked part of a page")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE.json", help="write the tables as JSON too")
    asked = parser.parse_args(arguments)
    if bool(asked.gold) != bool(asked.texts):
        parser.error("--gold and --texts go together")
    return asked


def _corpora(gold: Path | None, texts: Sequence[Path] | None) -> tuple[Corpus, ...]:
    if gold is None or texts is None:
        return known_corpora()
    return (Corpus(name=gold.name, gold=gold, documents=tuple(texts)),)


if __name__ == "__main__":
    sys.exit(main())
