"""Lists as someone at the desk asks for them."""

from __future__ import annotations

from typing import Any

from tests.api.seeing import Seeing


def listed(desk: Seeing, kind: str, query: str = "") -> list[dict[str, Any]]:
    """The rows of the first page."""
    rows: list[dict[str, Any]] = desk.sees(f"/v1/{kind}?{query}")["rows"]
    return rows


def ids(desk: Seeing, kind: str, query: str = "") -> list[str]:
    return [row["id"] for row in listed(desk, kind, query)]


def labels(desk: Seeing, kind: str, query: str = "") -> list[str]:
    return [row["label"] for row in listed(desk, kind, query)]


def faults(desk: Seeing, address: str, status: int = 422) -> list[tuple[str, str]]:
    """Where the request is wrong, and how; every complaint is told in both languages."""
    answer = desk.asks(address)
    assert answer.status_code == status, answer.text
    told = answer.json()["errors"]
    assert all(fault["zh"] and fault["en"] for fault in told)
    return [(fault["field"], fault["code"]) for fault in told]
