"""What forms of these pages send: fields by name; and how a proposal's fields are named and read back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import parse_qs

from fastapi import Request

from api.bodies import raw_body
from api.console.signing import FORM

LONGEST: Final = 1_000_000


async def sent(request: Request) -> dict[str, str]:
    body = await raw_body(request, LONGEST, FORM)
    found = parse_qs(body.decode(errors="replace"), keep_blank_values=True, max_num_fields=20_000)
    return {name: values[0].replace("\r\n", "\n").strip() for name, values in found.items()}


def mandate(reason: str, documents: str = "") -> dict[str, Any]:
    """Now, and why."""
    numbers = [number for number in documents.splitlines() if number.strip()]
    documented = [{"number": number.strip()} for number in numbers]
    return {"reason": reason, "effective": datetime.now(UTC).isoformat(), "documents": documented}


def marks(said: Mapping[str, str]) -> list[dict[str, Any]]:
    """The fields `mark-LINE-FIELD` that something was written into."""
    found = []
    for name, what in said.items():
        begin, _, rest = name.partition("-")
        line, _, field = rest.partition("-")
        if begin == "mark" and line.isdecimal() and what:
            found.append({"line": int(line), "field": field, "what": what})
    return sorted(found, key=lambda mark: (mark["line"], mark["field"]))
