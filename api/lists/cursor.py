"""Where a list goes on: opaque to clients, strictly read back, and about the same moment as the page that it came from."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from fastapi import Request

from domain.kernel.errors import Refusal
from projections.queries.history import known_position
from projections.queries.view import Asked, View

LARGEST_POSITION = 2**63 - 1

# What may differ from page to page; all else must stay, or the pages would be of different lists.
_FREE = frozenset({"cursor", "limit", "format", "fields", "count", "totals", "lang", "ids", "after"})


class CursorInvalid(Refusal):
    code = "cursor-invalid"
    zh = "这不是本系统给出的翻页位置。请使用上一页答复中的 next。"
    en = "This is no cursor of ours. Use next, as the page before gave it."
    field = "query.cursor"


class CursorOfAnotherList(Refusal):
    code = "cursor-of-another-list"
    zh = "翻页位置属于另一个查询：条件、排序和时点都应与上一页相同。请使用上一页答复中的 next。"
    en = "The cursor belongs to another question: filters, order and moment must be those of the page before. Use its next."
    field = "query.cursor"


class Cursor(msgspec.Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """The question (its digest), the moment and position of its first page, and the last row that was shown."""

    question: str
    at: datetime
    known: Annotated[int, msgspec.Meta(ge=0, le=LARGEST_POSITION)]
    keys: tuple[str | None, ...]
    id: UUID


_decode = msgspec.json.Decoder(Cursor).decode


def begun(request: Request, asked: Asked, cursor: str | None, keys: int) -> tuple[Asked, Cursor | None]:
    """What is asked, and where it goes on: a later page shows the moment and the position of the first, and waits for nothing."""
    if cursor is None:
        return asked, None
    found = read(request, cursor, keys)
    return replace(asked, at=found.at, known=found.known, after=None), found


def going_on(request: Request, view: View, keys: tuple[str | None, ...], id: UUID) -> str:
    """The address of the next page: of the same question, at the moment and position of this one, after the row with these keys."""
    cursor = written(Cursor(question(request), view.at, known_position(view), keys, id))
    kept = [(name, text) for name, text in request.query_params.multi_items() if name not in ("cursor", "after")]
    return f"{request.url.path}?{urlencode([*kept, ('cursor', cursor)])}"


def written(cursor: Cursor) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(cursor)).decode().rstrip("=")


def read(request: Request, text: str, keys: int) -> Cursor:
    """The cursor of this question, which is ordered by so many keys, or a refusal."""
    try:
        cursor = _decode(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, msgspec.MsgspecError, ValueError) as error:
        raise CursorInvalid from error
    if cursor.at.tzinfo is None or len(cursor.keys) != keys:
        raise CursorInvalid
    if cursor.question != question(request):
        raise CursorOfAnotherList
    return cursor


def question(request: Request) -> str:
    """A digest of what is asked, in whatever order it was written."""
    asked = sorted(pair for pair in request.query_params.multi_items() if pair[0] not in _FREE)
    return hashlib.sha256(msgspec.json.encode([request.url.path, asked])).hexdigest()[:20]
