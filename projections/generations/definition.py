"""What a generation is defined by: its tables and views, and all code that decides which rows follow from the log.

A generation keeps the digest of the definition that built it. When a program starts whose definition is another, it builds
a new generation beside the running one.
"""

from __future__ import annotations

import ast
import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path

import domain
import projections
from projections import models
from projections.generations import ddl

NOT_ROWS = frozenset({"generations", "queries"})
"""What of `projections` makes no rows: it looks after generations, or reads from them."""


@dataclass(frozen=True, slots=True)
class Definition:
    """`shape` is of the tables and views alone; `digest` also of the code that fills them."""

    digest: str
    shape: str


File = tuple[str, str]
"""Its name and its text."""


@cache
def current() -> Definition:
    """The definition of this program."""
    files = list(sources(Path(domain.__path__[0]), Path(projections.__path__[0])))
    return kept(files, Path(cache_from_source(__file__)).with_suffix(".digest"))


def kept(files: Iterable[File], beside: Path) -> Definition:
    """The definition that these files make. To parse them takes longer than all else that a process does when it starts, so
    what came of it is kept beside what Python compiled of them, until a character of them changes.
    """
    files = list(files)
    shape = shape_of_tables()
    stamp = hashlib.sha256(repr((sys.version, shape, files)).encode()).hexdigest()
    with suppress(OSError, ValueError):
        read, digest = beside.read_text().split()
        if read == stamp:
            return Definition(digest, shape)
    made = of(files)
    if not sys.dont_write_bytecode:
        with suppress(OSError):  # a program that may not write there starts as well, only later
            _write(beside, f"{stamp} {made.digest}")
    return made


def _write(path: Path, text: str) -> None:
    """In one step: several processes start at once."""
    fresh = path.with_suffix(f".{os.getpid()}")
    path.parent.mkdir(exist_ok=True)
    fresh.write_text(text)
    fresh.replace(path)


def of(files: Iterable[File]) -> Definition:
    """The definition that these files and the read models make."""
    shape = shape_of_tables()
    digest = hashlib.sha256(shape.encode())
    for name, text in files:
        digest.update(f"\n{name}\n{_meaning(text)}".encode())
    return Definition(digest.hexdigest(), shape)


def sources(*packages: Path) -> Iterator[File]:
    for package in packages:
        for path in sorted(package.rglob("*.py")):
            place = path.relative_to(package)
            if package.name != "projections" or Path(place.parts[0]).stem not in NOT_ROWS:
                yield f"{package.name}/{place.as_posix()}", path.read_text(encoding="utf-8")


def shape_of_tables() -> str:
    return hashlib.sha256("\n".join(_statements()).encode()).hexdigest()


def _statements() -> Iterator[str]:
    yield from ddl.statements()
    for table in models.tables():
        yield from ddl.completing(table)
        yield from ddl.indexes(table).values()


def _meaning(text: str) -> str:
    """The syntax tree without places, comments and docstrings: an edited comment rebuilds nothing."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            node.body = [one for one in node.body if not _is_text(one)]
    return ast.dump(tree)


def _is_text(node: ast.stmt) -> bool:
    """A docstring, also one that stands under a variable."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
