"""Any list as a file: read from the database while it goes out, some rows at a time, however many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import chain
from threading import BoundedSemaphore
from typing import Any, Final
from urllib.parse import quote

import anyio
from fastapi.responses import Response
from psycopg.rows import DictRow
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from api import exports_csv, exports_geojson, exports_xlsx
from api.composition import Services
from api.exports_cells import Sheet
from api.lists_parameters import ListAsked
from api.lists_present import Telling
from api.moments import ZONE
from api.reading import looking, seen
from api.refusals import ExportsBusy
from domain.kernel.aggregate import Aggregate
from projections.queries import lists
from projections.queries.labels import Labels
from projections.queries.view import Asked, View

TYPES: Final = {
    "geojson": "application/geo+json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": exports_xlsx.CONTENT_TYPE,
}

MOST_AT_ONCE = 3
"""Each keeps a connection for as long as the reader takes; the others are for everybody else."""
PATIENCE_SECONDS = 5.0
_slots = BoundedSemaphore(MOST_AT_ONCE)

# Whoever stops reading, and never says so, loses the connection that waits for them.
_STALLED = "SET LOCAL idle_in_transaction_session_timeout = '60s'"


class Export(StreamingResponse):
    """A stream that gives back what it holds, also when nobody ever read it or its reader went away."""

    def __init__(self, parts: Iterable[bytes], ended: Callable[[], None], headers: dict[str, str], type: str) -> None:
        super().__init__(parts, headers=headers, media_type=type)
        self._ended = ended

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            with anyio.CancelScope(shield=True):
                await run_in_threadpool(self._ended)


def export(given: Services, cls: type[Aggregate], viewed: Asked, asked: ListAsked, form: str) -> Response:
    """The list in another form than a page. What can be refused is refused before the first byte."""
    if not _slots.acquire(timeout=PATIENCE_SECONDS):
        raise ExportsBusy(most=MOST_AT_ONCE)
    with ExitStack() as held:
        held.callback(_slots.release)
        view = held.enter_context(looking(given, viewed))
        view.connection.execute(_STALLED)
        batches = held.enter_context(lists.everything(view, asked.wanted, asked.limit))
        # A first look at the rows, while a refusal can still be told as one.
        first = next(batches, [])
        parts = _parts(view, cls, viewed, asked, form, chain([first] if first else [], batches))
        headers = {"Content-Disposition": _disposition(cls, view, form), "Cache-Control": "private, no-store"}
        return Export(parts, held.pop_all().close, headers, TYPES[form])


def _parts(
    view: View, cls: type[Aggregate], viewed: Asked, asked: ListAsked, form: str, batches: Iterable[Sequence[DictRow]]
) -> Iterator[bytes]:
    labels = Labels(view)
    if form == "geojson":
        told: dict[str, Any] = seen(view, viewed)
        return exports_geojson.parts(Telling(cls.kind, asked.fields, labels), batches, told)
    sheet = Sheet(cls.kind, asked.fields, labels, asked.lang, asked.ids)
    if form == "csv":
        return exports_csv.parts(sheet, batches)
    return exports_xlsx.parts(sheet, batches, cls.zh if asked.lang == "zh" else cls.kind)


def _disposition(cls: type[Aggregate], view: View, form: str) -> str:
    """Saved under a name that says what it is and of which day; the plain name is for programs that know no other."""
    day = view.at.astimezone(ZONE).date().isoformat()
    return f"attachment; filename=\"{cls.kind}-{day}.{form}\"; filename*=UTF-8''{quote(cls.zh)}-{day}.{form}"
