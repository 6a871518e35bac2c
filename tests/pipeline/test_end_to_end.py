"""The command as people run it, with the real extractors, over the sample archive."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ARCHIVE = ROOT / "fixtures" / "archive"


def crossfoot(folder: Path, *arguments: object, seed: int = 0) -> subprocess.CompletedProcess[str]:
    """Run a command; `seed` shuffles whatever in Python has no order of its own."""
    environment = {**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pipeline.cli", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_two_runs_export_the_same_bytes(tmp_path: Path) -> None:
    exports = []
    for seed, workers in ((1, 1), (2, 2)):
        store = tmp_path / str(seed)
        done = crossfoot(tmp_path, "import", ARCHIVE, "--store", store, "--workers", workers, seed=seed)
        assert (done.returncode, "quarantined " in done.stdout) == (0, False), done.stdout + done.stderr
        kinds = ("figures", "findings", "relations", "documents", "marks", "series", "checklist")
        exports.append(
            [crossfoot(tmp_path, "export", kind, "-o", "-", "--store", store, seed=seed).stdout for kind in kinds]
        )
    assert exports[0] == exports[1]
    assert all(len(rows.splitlines()) > 10 for rows in (exports[0][0], exports[0][3], exports[0][4]))


def test_ids_are_not_used_twice(tmp_path: Path) -> None:
    crossfoot(tmp_path, "import", ARCHIVE, "--store", "store")
    exported = crossfoot(tmp_path, "export", "figures", "-o", "-", "--store", "store").stdout
    ids = [json.loads(line)["figure_id"] for line in exported.splitlines()]
    assert ids
    assert len(set(ids)) == len(ids)
