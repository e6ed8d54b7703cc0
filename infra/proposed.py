"""The papers of proposals: the exact bytes of what is proposed, bound by their digest to the events that name it."""

from __future__ import annotations

import hashlib
from uuid import UUID

import psycopg
from psycopg.rows import TupleRow

Connection = psycopg.Connection[TupleRow]

# The log says what became of a proposal: whoever stops halfway leaves nothing here for ever.
_SWEEP = """
DELETE FROM desk.proposed p
 WHERE p.kept_at < clock_timestamp() - interval '1 day'
   AND NOT EXISTS (SELECT FROM log.events e WHERE e.originator_id = p.proposal)
    OR EXISTS (SELECT FROM log.events e WHERE e.originator_id = p.proposal
                  AND (e.topic = 'approvals.ProposalCarriedOut'
                       OR e.topic IN ('approvals.ProposalRefused', 'approvals.ProposalTakenBack')
                          AND e.recorded_at < clock_timestamp() - interval '30 days'))
"""


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def keep(connection: Connection, proposal: UUID, content: bytes) -> bool:
    """Whether they were not here before."""
    statement = "INSERT INTO desk.proposed (proposal, digest, content) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
    return connection.execute(statement, [proposal, digest_of(content), content]).rowcount == 1


def read(connection: Connection, proposal: UUID, digest: str) -> bytes | None:
    statement = "SELECT content FROM desk.proposed WHERE proposal = %s AND digest = %s"
    row = connection.execute(statement, [proposal, digest]).fetchone()
    return None if row is None else bytes(row[0])


def remove(connection: Connection, proposal: UUID, digest: str) -> None:
    connection.execute("DELETE FROM desk.proposed WHERE proposal = %s AND digest = %s", [proposal, digest])


def remove_all_but(connection: Connection, proposal: UUID, digest: str = "") -> None:
    """What a correction has replaced; with no digest, all of them."""
    connection.execute("DELETE FROM desk.proposed WHERE proposal = %s AND digest <> %s", [proposal, digest])


def sweep(connection: Connection) -> None:
    """Deletes what nobody needs any more: papers of proposals that were carried out, that ended 30 days ago, or never were."""
    connection.execute(_SWEEP)
