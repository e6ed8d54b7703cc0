"""What was decided, as one batch: all or nothing, the drawing attached to its documents by its digest."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

from api.batches.schema import Batch
from api.bodies import parsed, validated
from api.composition import Services
from api.dependencies import Asked
from api.drawings.refusals import NothingToRecord
from api.drawings.work import Work
from api.files.readable import Readable
from maps.drawings.deciding import commands

_LONGEST = 100
"""Characters of a file's name that stand as the number of a document."""


def lines(work: Work) -> list[dict[str, Any]]:
    building, placing = work.kept.building, work.placing
    return [line for one in work.differences for line in commands(one, work.decision(one), building, placing)]


def asked_as(asked: Asked, work: Work, mandate: Any, given: Services) -> tuple[Asked, Batch]:
    """What the caller would ask of `/v1/batches`."""
    said = lines(work)
    if not said:
        raise NothingToRecord
    body = {"mode": "all-or-nothing", "mandate": _mandate(mandate, work), "commands": said}
    sent = parsed(json.dumps(body, ensure_ascii=False).encode())
    batch = validated(Batch, sent.raw, Readable(given, asked.principal))
    return replace(asked, body=sent, command_id=command_id(work.kept.id), method="POST", path="/v1/batches"), batch


def command_id(id: UUID) -> UUID:
    """One drawing is recorded once, however often it is asked."""
    return uuid5(id, "record")


def _mandate(mandate: Any, work: Work) -> dict[str, Any]:
    """Each file goes with a document: with one that has none yet, or as one of its own, by its name."""
    documents: list[dict[str, Any]] = [
        {"number": one.number} | ({"digest": one.digest} if one.digest else {}) for one in mandate.documents
    ]
    for file in work.kept.files:
        if any(one.get("digest") == file["file"] for one in documents):
            continue
        free = next((one for one in documents if "digest" not in one), None)
        if free is None:
            documents.append({"number": f"图纸 {file['name']}"[:_LONGEST].strip(), "digest": file["file"]})
        else:
            free["digest"] = file["file"]
    return {"reason": mandate.reason, "effective": mandate.effective.isoformat(), "documents": documents}
