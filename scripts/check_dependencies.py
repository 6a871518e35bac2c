#!/usr/bin/env python3
"""Every package that is imported is declared in pyproject.toml, and every package declared there is used.

A shared environment hides a missing declaration until somebody makes a fresh one; this does not. A package counts as
used when a module of it is imported, or named in a string (as `doctor` and lazy imports do).
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OURS = {"schemas", "extractors", "pipeline", "review", "benchmarks", "tests", "fixtures"}
# Started as programs, or loaded by another package: SQLAlchemy loads psycopg, FastAPI loads Jinja2 and what reads forms.
TOOLS = {
    "import-linter",
    "jinja2",
    "mypy",
    "pandas-stubs",
    "psycopg",
    "pytest-xdist",
    "python-multipart",
    "ruff",
    "types-pyyaml",
}


def normal(name: str) -> str:
    """A distribution's name as registries compare it, without version and extras."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\s\[<>=!~;]", name)[0]).lower()


def modules_named(path: Path) -> Iterator[tuple[str, bool]]:
    """Top-level modules that a file names, and whether it imports them."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Import():
                yield from ((alias.name.partition(".")[0], True) for alias in node.names)
            case ast.ImportFrom(module=str() as module, level=0):
                yield module.partition(".")[0], True
            case ast.Constant(value=str() as text) if text.isidentifier():
                yield text, False


def problems(folders: tuple[str, ...], declared: set[str], allowed: set[str]) -> Iterator[str]:
    """What is imported there and not declared, and what is declared and used nowhere."""
    owners = packages_distributions()
    used: set[str] = set()
    for path in sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py")):
        for module, imported in modules_named(path):
            names = {normal(name) for name in owners.get(module, ())}
            used |= names
            known = module in sys.stdlib_module_names or module in OURS or names & (declared | allowed)
            if imported and not known:
                yield f"{path.relative_to(ROOT)}: imports {module}, which pyproject.toml does not declare"
    yield from (f"pyproject.toml: {name} is declared and not used" for name in sorted(declared - used - TOOLS))


def main() -> int:
    """Print the problems of the packages, then those of the benchmarks and tests."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    run = {normal(name) for name in project["dependencies"]}
    dev = {normal(name) for name in project["optional-dependencies"]["dev"]}
    found = [
        *problems(("schemas", "extractors", "fixtures", "pipeline", "review"), run, set()),
        *problems(("benchmarks", "tests"), dev, run),
    ]
    for problem in dict.fromkeys(found):
        print(problem)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
