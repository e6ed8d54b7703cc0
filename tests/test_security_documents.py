"""What is written about security is so: the policy printed is the one in force, and each claim's test is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.policy_table import DOCUMENTS, with_table

TESTS = Path(__file__).parent
NAMED = re.compile(r"`((?:[a-z_]+/)*test_[a-z_]+\.py)::(test_[a-z0-9_]+)`")


def named(language: str) -> set[tuple[str, str]]:
    return set(NAMED.findall(DOCUMENTS[language].read_text(encoding="utf-8")))


def written(file: str) -> set[str]:
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("language", DOCUMENTS)
def test_the_policy_that_is_printed_is_the_one_in_force(language: str) -> None:
    text = DOCUMENTS[language].read_text(encoding="utf-8")
    assert text == with_table(text, language), "run: python -m tests.policy_table"


@pytest.mark.parametrize("language", DOCUMENTS)
def test_every_test_that_a_claim_names_is_there(language: str) -> None:
    found = named(language)
    assert len(found) > 30
    assert not {f"{file}::{test}" for file, test in found if test not in written(file)}


@pytest.mark.parametrize("language", DOCUMENTS)
def test_every_claim_about_an_attacker_names_a_test(language: str) -> None:
    attackers = DOCUMENTS[language].read_text(encoding="utf-8").split("\n## ")[2]
    claims = [line for line in attackers.splitlines() if line.startswith("- ")]
    assert len(claims) > 25
    assert not [claim for claim in claims if not NAMED.search(claim)]


def test_both_languages_claim_the_same() -> None:
    assert named("zh") == named("en")
