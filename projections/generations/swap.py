"""One generation in the place of another, in one step that every reader sees whole; and back again."""

from __future__ import annotations

import psycopg

from infra.problems import Problem
from projections.generations import catalogue
from projections.generations.catalogue import Generation
from projections.generations.connecting import BUILDS, Connection, is_held
from projections.generations.definition import Definition

GRACE_SECONDS = 60
"""How long a former view stays after a second one followed it: longer than any request that began on it."""

DROP_WAIT = "200ms"
"""How long a drop waits for readers: new ones would queue up behind it."""


class CannotSwap(Problem):
    zh = "世代 {schema} 不能切换为现行：{zh}"
    en = "The generation {schema} cannot become the live one: {en}"


class NothingToGoBackTo(Problem):
    zh = "没有可以退回的世代：没有与本程序定义相同的前一世代。"
    en = "There is nothing to go back to: no former generation has the definition of this program."


def swap(connection: Connection, id: int) -> Generation | None:
    """Makes a shadow the live view; returns the one that was live before, which is kept.

    Both rows are locked, so the follower moves neither meanwhile. The position never goes back.
    """
    with connection.transaction():
        found = catalogue.find(connection, "id = %s OR role = 'live'", id, lock=True)
        shadow = next((one for one in found if one.id == id), None)
        before = next((one for one in found if one.role == "live"), None)
        _require_exchangeable(id, shadow, before)
        if before is not None:
            _retire(connection, before)
        connection.execute("UPDATE reading.generations SET role = 'live', retired_at = NULL WHERE id = %s", [id])
    return before


def _require_exchangeable(id: int, shadow: Generation | None, before: Generation | None) -> None:
    if shadow is None or shadow.role != "shadow":
        raise CannotSwap(schema=id, zh="它不是影子世代。", en="it is no shadow.")
    if not shadow.is_ready:
        raise CannotSwap(schema=shadow.schema, zh="尚未建成。", en="it is not ready.")
    if before is None or before.state == "failed":
        return
    if shadow.position < before.position:
        raise CannotSwap(
            schema=shadow.schema,
            zh=f"它在位置 {shadow.position}，现行世代在 {before.position}，请等它跟上。",
            en=f"it is at position {shadow.position} and the live one at {before.position}; wait until it has caught up.",
        )


def _retire(connection: Connection, generation: Generation) -> None:
    connection.execute(
        "UPDATE reading.generations SET role = 'former', retired_at = clock_timestamp() WHERE id = %s", [generation.id]
    )


def bring_back(connection: Connection, definition: Definition) -> Generation:
    """The former view becomes a shadow, which the follower catches up; swapping it in is the next step."""
    with connection.transaction():
        former = catalogue.find(
            connection, "role = 'former' AND state = 'ready' AND digest = %s", definition.digest, lock=True
        )
        if not former:
            raise NothingToGoBackTo
        chosen = max(former, key=lambda one: (one.retired_at is not None and one.retired_at.timestamp(), one.id))
        connection.execute("UPDATE reading.generations SET role = 'shadow' WHERE id = %s", [chosen.id])
    return chosen


def sweep(connection: Connection, definition: Definition) -> list[str]:
    """Drops what nobody can want any more; returns the schemas that went. What is being read stays until the next time."""
    gone = [one.schema for one in _unwanted(connection, definition) if _dropped(connection, one)]
    return gone + [schema for schema in catalogue.orphans(connection) if _schema_dropped(connection, schema)]


def _unwanted(connection: Connection, definition: Definition) -> list[Generation]:
    """Formers but the last one, some time after; what failed; and shadows of another definition that nobody finishes.

    A ready one of another definition stays for a day: the program that it was built for may start any moment.
    """
    formers = catalogue.find(connection, "role = 'former'")
    formers.sort(key=lambda one: one.retired_at or one.created_at)
    past = {one.id for one in formers[:-1]}
    old = catalogue.find(
        connection,
        "id = ANY(%s) AND retired_at < clock_timestamp() - make_interval(secs => %s)",
        list(past),
        GRACE_SECONDS,
    )
    useless = catalogue.find(
        connection,
        "(role IN ('shadow', 'former') AND state = 'failed') OR (role = 'shadow' AND digest <> %s"
        " AND (state = 'building' OR created_at < clock_timestamp() - make_interval(days => 1)))",
        definition.digest,
    )
    return old + [one for one in useless if not is_held(connection, BUILDS, one.id)]


def _dropped(connection: Connection, generation: Generation) -> bool:
    connection.execute("DELETE FROM reading.generations WHERE id = %s AND role <> 'live'", [generation.id])
    return _schema_dropped(connection, generation.schema)


def _schema_dropped(connection: Connection, schema: str) -> bool:
    try:
        with connection.transaction():
            connection.execute("SELECT set_config('lock_timeout', %s, true)", [DROP_WAIT])
            catalogue.drop_schema(connection, schema)
    except psycopg.errors.LockNotAvailable:
        return False
    return True
