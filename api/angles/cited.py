"""The documents on which one thing was changed, with their files; and the photos that its events show."""

from __future__ import annotations

from functools import partial
from typing import Any, Final
from uuid import UUID

from fastapi.responses import Response

from api.angles.answers_documents import DocumentsOfThing
from api.angles.asking import add_angle, subject
from api.dependencies import Caller, Given
from api.executing import json_response
from api.exports.asking import Formed
from api.exports.cells import OF_IDS, OF_NAMES, Column, number, plain
from api.exports.files import export
from api.exports.table import Table, at_hand
from api.reading import Viewed, looking, seen
from api.routing import Routes
from domain.catalogue import AGGREGATES
from domain.kernel.aggregate import Aggregate
from projections.queries import documents
from projections.queries.view import Asked, View


def routes() -> Routes:
    router = Routes()
    for cls in AGGREGATES:
        words = f"{cls.zh}的依据文件 · Documents of a {cls.en}"
        add_angle(router, cls, "documents", words, _documents(cls), DocumentsOfThing)
    return router


def _documents(cls: type[Aggregate]) -> Any:
    def endpoint(id: UUID, given: Given, asked: Viewed, _: Caller, form: Formed) -> Response:
        """每一份被引用的文件、引用次数和附件；后引用的在前。Each document cited, how often, and its files; the latest cited first."""
        if form.is_file:
            return export(looking(given, asked), form, partial(_table, cls, id, asked))
        with looking(given, asked) as view:
            subject(view, asked, cls, id)
            found = documents.of_thing(view, id, asked.at)
            shown = documents.photos(view, id, [digest for one in found for digest in one["digests"]], asked.at)
            return json_response({**seen(view, asked), "id": id, "documents": found, "photos": shown})

    return endpoint


_COLUMNS: Final = (
    plain("文号", "Document", "number", OF_NAMES),
    number("引用次数", "Times cited", "events"),
    number("首次位置", "First at", "first"),
    number("最近位置", "Last at", "last"),
    Column("附件摘要", "Digests", lambda row: row["digests"], OF_IDS, is_id=True),
)


def _table(cls: type[Aggregate], id: UUID, asked: Asked, view: View) -> Table:
    """One row a document."""
    subject(view, asked, cls, id)
    rows = at_hand(documents.of_thing(view, id, asked.at))
    return Table(view=view, name=f"{cls.kind}-documents", zh=f"{cls.zh}依据文件", columns=_COLUMNS, rows=rows)
