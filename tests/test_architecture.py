"""The layout is enforced, and each rule is shown to fail: a rule that cannot break guards nothing."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("domain", "projections", "maps", "api", "infra")
TOP_LEVEL = {
    *PACKAGES,
    "tests",
    "docs",
    "dev",
    ".ci",
    "README.md",
    "README.zh-CN.md",
    "pyproject.toml",
    "requirements.lock",
    "requirements-dev.lock",
    "package.json",
    "package-lock.json",
    ".npmrc",
    ".gitignore",
}
FORBIDDEN_IN_DOMAIN = (
    *("fastapi", "starlette", "pydantic", "psycopg", "sqlalchemy", "geoalchemy2", "folium"),
    *("os", "time", "random", "secrets", "infra"),
)
OUTWARD = (
    *(("domain", "infra"), ("domain", "projections"), ("infra", "projections"), ("infra", "api")),
    *(("projections", "api"), ("projections", "maps"), ("maps", "api")),
)


def _lint_imports(tree: Path) -> subprocess.CompletedProcess[str]:
    tool = Path(sys.executable).parent / "lint-imports"
    return subprocess.run([tool, "--no-cache"], cwd=tree, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What is said of the tree with every mistake planted in it. One look finds all: each is told for itself."""
    tree = tmp_path_factory.mktemp("tree")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tree / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tree)
    for inner in PACKAGES:
        outer = [module for package, module in OUTWARD if package == inner]
        forbidden = FORBIDDEN_IN_DOMAIN if inner == "domain" else ()
        (tree / inner / "planted.py").write_text("".join(f"import {module}\n" for module in (*outer, *forbidden)))
    done = _lint_imports(tree)
    assert done.returncode != 0
    return done.stdout


def test_the_tree_keeps_its_contracts() -> None:
    done = _lint_imports(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("forbidden", FORBIDDEN_IN_DOMAIN)
def test_the_domain_cannot_reach_outside_unnoticed(planted: str, forbidden: str) -> None:
    assert f"domain.planted -> {forbidden} " in planted


@pytest.mark.parametrize(("inner", "outer"), OUTWARD)
def test_a_dependency_that_points_outward_breaks_the_build(planted: str, inner: str, outer: str) -> None:
    assert f"{inner}.planted -> {outer} " in planted


def test_nothing_else_stands_at_the_top_level() -> None:
    assert _tracked_top_level() <= TOP_LEVEL


def test_everything_that_must_stand_at_the_top_level_does() -> None:
    assert {name for name in TOP_LEVEL if not (ROOT / name).exists()} == set()


def _tracked_top_level() -> set[str]:
    """What git would keep; without git, everything but what a build leaves behind."""
    if (ROOT / ".git").exists():
        command = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
        listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")
        return {name.split("/", 1)[0] for name in listed if name}
    ignored = {line.strip("/\n") for line in (ROOT / ".gitignore").read_text().splitlines()}
    return {entry.name for entry in ROOT.iterdir()} - ignored


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_no_registry_and_pins_every_line_by_hash(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert not [line for line in text.splitlines() if line.lstrip().startswith("-") and "--hash=sha256:" not in line]
    for requirement in text.replace("\\\n", " ").splitlines():
        assert "==" in requirement
        assert "--hash=sha256:" in requirement


def test_tools_run_on_the_same_versions_as_the_program() -> None:
    def pins(lock: str) -> set[str]:
        return {line for line in (ROOT / lock).read_text().splitlines() if "==" in line}

    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_every_ignore_gives_its_reason() -> None:
    """After the codes stands a reason: words, in the same comment or in another one behind it."""
    bare = re.compile(r"#\s*(?:noqa(?::\s*[A-Z0-9, ]+)?|type:\s*ignore(?:\[[^\]]*\])?)[\s#-]*$")
    files = [path for folder in (*PACKAGES, "tests") for path in (ROOT / folder).rglob("*.py")]
    found = {f"{path.relative_to(ROOT)}:{n}" for path in files for n, line in _lines(path) if bare.search(line)}
    assert not found


def _lines(path: Path) -> list[tuple[int, str]]:
    return list(enumerate(path.read_text(encoding="utf-8").splitlines(), 1))
