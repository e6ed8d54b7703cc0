"""A small demonstration, told through the registry like everything else: no SQL, and every rule applies to it.

Ids are derived from names, so that loading again, or after a crash half-way, adds nothing twice.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from api.approvals.proposed import content_of
from api.bases.inventing import invent
from api.composition import Services, opened
from api.demo.step import Step, named
from api.demo.story import story
from api.executing import arguments
from api.moments import moment
from api.schemas import arguments_of
from domain.approvals.proposal import Papers
from domain.catalogue import COMMANDS
from domain.kernel.mandate import Actor, Document, Mandate
from domain.work import Call
from infra import proposed
from infra.settings import Settings

SOURCE = "import:demonstration"
UNIT = "银川市机关事务管理局（演示）"


def load(settings: Settings) -> None:
    """Loads it into an empty registry, or goes on with what was begun; anywhere else it does nothing."""
    with opened(settings) as services:
        steps = list(enumerate(story()))
        if _is_ours(services):
            if not _is_told(services, len(steps) - 1):
                tell(services, steps)
            invent(settings)


def _is_ours(services: Services) -> bool:
    """Never into somebody's own data: the log is empty, or begins with our first command."""
    first = services.log.event_at(1)
    return services.log.head() == 0 or (first is not None and first.command_id == _command_id(0))


def _is_told(services: Services, last: int) -> bool:
    """Whether its last command is there: each of them could be told again, and would say that it is, one by one."""
    return services.log.first_answer(_command_id(last)) is not None


def tell(services: Services, steps: Iterable[tuple[int, Step]]) -> None:
    positions: dict[str, int] = {}
    for number, step in steps:
        for content in step.files:
            services.blobs.put(content)
        call = _call(services, step, positions)
        digest = hashlib.sha256(json.dumps([step.command, step.subject, step.arguments]).encode()).hexdigest()
        answer = services.registry.execute(_command_id(number), [call], request=digest)
        if step.label is not None:
            positions[step.label] = answer.position


def _call(services: Services, step: Step, positions: dict[str, int]) -> Call:
    command = COMMANDS[step.command]
    given = arguments_of(command).model_validate_json(json.dumps(step.arguments), strict=True)
    said = arguments(command, given)
    if "commands" in said:
        said["commands"] = _papers(services, step)
    return Call(
        command=command,
        id=named(step.subject),
        arguments=said,
        mandate=_mandate(step),
        corrects=None if step.corrects is None else positions[step.corrects],
    )


def _papers(services: Services, step: Step) -> Papers:
    """What a proposal proposes, laid on the desk; again where it was begun before."""
    documents = [{"number": step.document}] if step.document else []
    said = {"reason": step.reason, "effective": step.effective, "documents": documents}
    content = content_of({"mandate": said, "commands": step.arguments["commands"]})
    with services.pool.connection() as connection:
        proposed.keep(connection, named(step.subject), content)
    return Papers(digest=proposed.digest_of(content), lines=len(step.arguments["commands"]))


def _mandate(step: Step) -> Mandate:
    given: dict[str, Any] = {"documents": (Document(number=step.document),)} if step.document else {}
    return Mandate(
        actor=Actor(user=step.user, unit=UNIT, role="premises-officer"),
        reason=step.reason,
        effective=moment(step.effective),
        received=datetime.now(UTC),
        source=SOURCE,
        **given,
    )


def _command_id(number: int) -> UUID:
    return uuid5(named("演示"), str(number))
