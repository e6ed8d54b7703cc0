"""Plans as they are kept: one row a plan, a line, a member and a deed. Whoever changes a plan holds its row meanwhile."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4, uuid5

from psycopg.rows import class_row
from psycopg.types.json import Json

from infra.access.calling import Connection
from infra.plans import telling
from infra.plans.refusals import AccountUnknown, OwnerNeeded, PartTooSmall, PlanChanged, PlanClosed, PlanUnknown
from infra.plans.terms import PARTS, STATES, Part, State

MOST_PLANS: Final = 500

_MAY: Final = {Part.READER: set(Part), Part.EDITOR: {Part.OWNER, Part.EDITOR}, Part.OWNER: {Part.OWNER}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`part`: of whoever asks."""

    id: UUID
    title: str
    note: str
    mandate: Any
    state: str
    version: int
    made_at: datetime
    changed_at: datetime
    proposal: str | None
    first_position: int | None
    last_position: int | None
    part: str
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    login: str
    name: str
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that somebody did to the plan, or said about it. `before`: the line as it was."""

    number: int
    login: str
    at: datetime
    deed: str
    line: UUID | None
    words: str
    before: Any


_PLANS = (
    "SELECT p.id, p.title, p.note, p.mandate, p.state, p.version, p.made_at, p.changed_at, p.proposal,"
    " p.first_position, p.last_position, m.part, (SELECT count(*) FROM desk.plan_lines l WHERE l.plan = p.id) AS lines"
    " FROM desk.plans p JOIN desk.plan_members m ON m.plan = p.id AND m.account = %s"
)


def make(connection: Connection, account: UUID, *, title: str, note: str, mandate: Any) -> UUID:
    id = uuid4()
    connection.execute(
        "INSERT INTO desk.plans (id, title, note, mandate) VALUES (%s, %s, %s, %s)", [id, title, note, Json(mandate)]
    )
    connection.execute("INSERT INTO desk.plan_members VALUES (%s, %s, 'owner')", [id, account])
    did(connection, id, account, "made")
    return id


def of(connection: Connection, account: UUID) -> list[Plan]:
    """Those that somebody is a member of, the one changed last first."""
    with connection.cursor(row_factory=class_row(Plan)) as cursor:
        return cursor.execute(f"{_PLANS} ORDER BY p.changed_at DESC LIMIT {MOST_PLANS}".encode(), [account]).fetchall()


def find(connection: Connection, account: UUID, id: UUID) -> Plan:
    """The plan, for its members."""
    with connection.cursor(row_factory=class_row(Plan)) as cursor:
        found = cursor.execute(f"{_PLANS} WHERE p.id = %s".encode(), [account, id]).fetchone()
    if found is None:
        raise PlanUnknown(id=id)
    return found


def held(connection: Connection, account: UUID, id: UUID, needed: Part, *, version: int | None = None) -> Plan:
    """The plan, for a change: nobody else changes it until the transaction ends."""
    connection.execute("SELECT FROM desk.plans WHERE id = %s FOR UPDATE", [id])
    settle(connection, id)
    plan = find(connection, account, id)
    part, state = PARTS[plan.part], STATES[plan.state]
    if part not in _MAY[needed]:
        raise PartTooSmall(part_zh=part.zh, part_en=part.en.lower())
    if state is not State.DRAFT:
        raise PlanClosed(state_zh=state.zh, state_en=state.en.lower())
    if version not in (None, plan.version):
        raise PlanChanged(id=id)
    return plan


def say(connection: Connection, account: UUID, id: UUID, *, title: str, note: str, mandate: Any) -> None:
    connection.execute(
        "UPDATE desk.plans SET title = %s, note = %s, mandate = %s WHERE id = %s", [title, note, Json(mandate), id]
    )
    changed(connection, id, account, "described")


def close(connection: Connection, account: UUID, id: UUID, state: State, *, proposal: str | None = None) -> None:
    connection.execute("UPDATE desk.plans SET state = %s, proposal = %s WHERE id = %s", [state, proposal, id])
    changed(connection, id, account, str(state))


def batch_of(id: UUID) -> UUID:
    """The command id of the batch that the plan is sent as: one for each plan, so that it is written once."""
    return uuid5(id, "applied")


def settle(connection: Connection, id: UUID, *, by: UUID | None = None) -> None:
    """What the log says of a plan: applied by itself, also if nobody heard the log's answer; or what became of its proposal.

    Its members are told, except the one `by` whom it was applied just now.
    """
    for statement, matter, more in (
        (_CARRIED_OUT, "plan-applied", []),
        (_GIVEN_BACK, "plan-given-back", []),
        (_APPLIED, "plan-applied", [batch_of(id)]),
    ):
        if connection.execute(statement, [id, *more]).rowcount:
            telling.tell(connection, id, matter, but=by)


def settle_proposed(connection: Connection, proposals: Collection[UUID]) -> None:
    """The same for the plans that were sent for approval as these."""
    rows = connection.execute(
        "SELECT id FROM desk.plans WHERE state = 'submitted' AND proposal = ANY(%s)", [[str(one) for one in proposals]]
    ).fetchall()
    for (id,) in rows:
        settle(connection, id)


_APPLIED = (
    "UPDATE desk.plans p SET state = 'applied', first_position = e.position, last_position = e.position + e.lines - 1,"
    " version = p.version + 1, changed_at = e.recorded_at"
    " FROM log.events e WHERE p.id = %s AND p.state = 'draft' AND e.command_id = %s AND e.line = 0"
)


# The approval that carries a proposal out is one command with all that it proposes.
_CARRIED_OUT = (
    "UPDATE desk.plans p SET state = 'applied', first_position = f.position, last_position = f.position + f.lines - 1,"
    " version = p.version + 1, changed_at = f.recorded_at FROM log.events e JOIN log.events f"
    " ON f.command_id = e.command_id AND f.line = 0 WHERE p.id = %s AND p.state = 'submitted'"
    " AND e.originator_id = p.proposal::uuid AND e.topic = 'approvals.ProposalCarriedOut'"
)
_GIVEN_BACK = (
    "UPDATE desk.plans p SET state = 'draft', proposal = NULL, version = p.version + 1, changed_at = e.recorded_at"
    " FROM log.events e WHERE p.id = %s AND p.state = 'submitted' AND e.originator_id = p.proposal::uuid"
    " AND e.topic IN ('approvals.ProposalRefused', 'approvals.ProposalTakenBack')"
)


# Members and deeds --------------------------------------------------------------------------------------------------------


def members(connection: Connection, id: UUID) -> list[Member]:
    with connection.cursor(row_factory=class_row(Member)) as cursor:
        return cursor.execute(
            "SELECT a.login, a.name, m.part FROM desk.plan_members m JOIN access.accounts a ON a.id = m.account"
            " WHERE m.plan = %s ORDER BY array_position(ARRAY['owner', 'editor', 'reader'], m.part), a.login",
            [id],
        ).fetchall()


def join(connection: Connection, account: UUID, id: UUID, login: str, part: Part) -> None:
    connection.execute(
        "INSERT INTO desk.plan_members VALUES (%s, %s, %s) ON CONFLICT (plan, account) DO UPDATE SET part = excluded.part",
        [id, _account(connection, login), part],
    )
    _require_owner(connection, id)
    did(connection, id, account, "joined", words=f"{login} {part}")


def leave(connection: Connection, account: UUID, id: UUID, login: str) -> None:
    connection.execute(
        "DELETE FROM desk.plan_members WHERE plan = %s AND account = %s", [id, _account(connection, login)]
    )
    _require_owner(connection, id)
    did(connection, id, account, "left", words=login)


def _account(connection: Connection, login: str) -> UUID:
    row = connection.execute(
        "SELECT id FROM access.accounts WHERE login = %s AND disabled_at IS NULL", [login]
    ).fetchone()
    if row is None:
        raise AccountUnknown(login=login)
    found: UUID = row[0]
    return found


def _require_owner(connection: Connection, id: UUID) -> None:
    if not connection.execute("SELECT 1 FROM desk.plan_members WHERE plan = %s AND part = 'owner'", [id]).fetchone():
        raise OwnerNeeded


def changed(connection: Connection, id: UUID, account: UUID, deed: str, **more: Any) -> None:
    """Notes what was done, and that the plan is not what it was."""
    connection.execute(
        "UPDATE desk.plans SET version = version + 1, changed_at = clock_timestamp() WHERE id = %s", [id]
    )
    did(connection, id, account, deed, **more)


def did(
    connection: Connection,
    id: UUID,
    account: UUID,
    deed: str,
    *,
    line: UUID | None = None,
    words: str = "",
    before: Any = None,
) -> None:
    connection.execute(
        "INSERT INTO desk.plan_deeds (plan, account, deed, line, words, before) VALUES (%s, %s, %s, %s, %s, %s)",
        [id, account, deed, line, words, None if before is None else Json(before)],
    )


def deeds(connection: Connection, id: UUID, *, limit: int = 500) -> list[Deed]:
    """The newest first."""
    with connection.cursor(row_factory=class_row(Deed)) as cursor:
        return cursor.execute(
            "SELECT d.number, a.login, d.at, d.deed, d.line, d.words, d.before FROM desk.plan_deeds d"
            " JOIN access.accounts a ON a.id = d.account WHERE d.plan = %s ORDER BY d.number DESC LIMIT %s",
            [id, limit],
        ).fetchall()
