"""Any list as a file: read from the database while it goes out, some rows at a time, however many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from itertools import chain
from threading import BoundedSemaphore
from typing import Any, Protocol, TypeVar
from urllib.parse import quote

import anyio
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from api.exports.asking import Form
from api.exports.types import TYPES
from api.moments import ZONE
from api.refusals import ExportsBusy
from projections.queries.view import View

MOST_AT_ONCE = 3
"""Each keeps a connection for as long as the reader takes; the others are for everybody else."""
PATIENCE_SECONDS = 5.0
MOST_WAITING = 6
"""Each keeps a thread of the server while it waits: there are forty, and they are everybody's."""
_slots = BoundedSemaphore(MOST_AT_ONCE)
_waiting = BoundedSemaphore(MOST_WAITING)

# Whoever stops reading, and never says so, loses the connection that waits for them.
_STALLED = "SET LOCAL idle_in_transaction_session_timeout = '60s'"


class File(Protocol):
    """What an export is made of: the rows of a view, and how they are written in a form."""

    @property
    def view(self) -> View: ...

    @property
    def name(self) -> str: ...

    @property
    def zh(self) -> str: ...

    @property
    def rows(self) -> AbstractContextManager[Iterator[Sequence[Any]]]: ...

    def parts(self, form: Form, batches: Iterable[Sequence[Any]]) -> Iterator[bytes]: ...


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


Opened = TypeVar("Opened")


def export(opened: AbstractContextManager[Opened], form: Form, made: Callable[[Opened], File]) -> Response:
    """What is made of a view, as a file. What can be refused is refused before the first byte."""
    _take_slot()
    with ExitStack() as held:
        held.callback(_slots.release)
        file = made(held.enter_context(opened))
        file.view.connection.execute(_STALLED)
        batches = held.enter_context(file.rows)
        # A first look at the rows, while a refusal can still be told as one.
        first = next(batches, [])
        parts = file.parts(form, chain([first] if first else [], batches))
        headers = {"Content-Disposition": _disposition(file, form), "Cache-Control": "private, no-store"}
        return Export(parts, held.pop_all().close, headers, TYPES[form.name])


def _take_slot() -> None:
    """One of the few, sooner or a little later, or a refusal; whoever finds others waiting already is refused at once."""
    if _slots.acquire(blocking=False):
        return
    if not _waiting.acquire(blocking=False):
        raise ExportsBusy(most=MOST_AT_ONCE)
    try:
        if not _slots.acquire(timeout=PATIENCE_SECONDS):
            raise ExportsBusy(most=MOST_AT_ONCE)
    finally:
        _waiting.release()


def _disposition(file: File, form: Form) -> str:
    """Saved under a name that says what it is and of which day; the plain name is for programs that know no other."""
    end = f"{file.view.at.astimezone(ZONE).date().isoformat()}.{form.name}"
    return f"attachment; filename=\"{file.name}-{end}\"; filename*=UTF-8''{quote(file.zh)}-{end}"
