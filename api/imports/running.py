"""The three pieces of work that an import asks for, each begun by a request and done on the bench."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID, uuid4, uuid5

import msgspec

from api.bodies import validated
from api.composition import Services
from api.errors import problem_of
from api.files.readable import Readable
from api.imports import applying, outcomes
from api.imports.checking import check
from api.imports.orders import Order
from api.imports.working import Attempt
from api.refusals import FileUnknown
from api.schemas import MANDATE
from domain.access.principal import Principal
from domain.catalogue import COMMANDS
from domain.kernel.errors import Refusal
from infra import imports
from infra.imports import Import, State

Work = Callable[[Order, Services, Attempt], None]


class NotNow(Refusal):
    code = "import-not-now"
    zh = "这份导入现在不能这样做：它正在处理中，或已经办完。请刷新后再看。"
    en = "This cannot be done with the import now: it is being worked on, or is over. Look at it again."


def checking(order: Order, given: Services, attempt: Attempt) -> None:
    attempt.end(State.CHECKED, outcome=outcomes.outcome(order.command, check(order, given, attempt)))


def writing(order: Order, given: Services, attempt: Attempt) -> None:
    answer, checked = applying.applied(order, given, attempt)
    if answer is not None:
        attempt.end(State.APPLIED)
    elif checked is not None:
        found = outcomes.outcome(order.command, checked)
        attempt.end(State.CHECKED, outcome=found, problem=problem_of(applying.NotAsChecked(count=found["errors"])))


def taking_back(order: Order, given: Services, attempt: Attempt) -> None:
    in_the_way = applying.undo(order, given, attempt)
    if in_the_way:
        problem = problem_of(applying.NotUndoable(count=len(in_the_way)))
        attempt.end(State.APPLIED, undoing=in_the_way, problem=problem)
    else:
        attempt.end(State.UNDONE, undoing=None)


WORKS: Final[dict[str, tuple[Work, State, tuple[State, ...], State]]] = {
    "check": (checking, State.CHECKING, (State.CHECKED, State.UNREADABLE), State.UNREADABLE),
    "apply": (writing, State.APPLYING, (State.CHECKED,), State.CHECKED),
    "undo": (taking_back, State.UNDOING, (State.APPLIED,), State.APPLIED),
}
"""By the name of what is asked for: the work, the state meanwhile, those it can begin in, and the one when it goes wrong."""


def may(found: Import) -> list[str]:
    """What can be asked for now. What was cut off is begun again, or done with otherwise."""
    if found.is_cut_off:
        return [name for name, (_, meanwhile, _, _) in WORKS.items() if meanwhile == found.state]
    right = bool(found.outcome and found.outcome["right"])
    return [name for name, (_, _, after, _) in WORKS.items() if found.state in after and (name != "apply" or right)]


def begin(name: str, found: Import, principal: Principal, given: Services, said: Any = None) -> None:
    """Puts the work on the bench, unless somebody is at it. `said`: the authority of this step, if it has one of its own."""
    _, meanwhile, after, _ = WORKS[name]
    if name not in may(found):
        raise NotNow
    run = uuid4()
    with given.pool.connection() as connection:
        if not imports.begin(connection, found.id, run, meanwhile, after):
            raise NotNow
    put(name, run, order_of(found, principal, given, said), found.id, given)


def put(name: str, run: UUID, order: Order, id: UUID, given: Services) -> None:
    work, _, _, back_to = WORKS[name]
    attempt = Attempt(given.pool, given.bench, name, id, run)
    given.bench.put(lambda: attempt.carry_out(lambda at_it: work(order, given, at_it), back_to=back_to))


def order_of(found: Import, principal: Principal, given: Services, said: Any = None) -> Order:
    content = Readable(given, principal).get(found.file)
    if content is None:
        raise FileUnknown(digest=found.file)
    return Order(
        command=COMMANDS[found.command],
        content=content,
        digest=found.file,
        command_id=uuid5(found.id, "import"),
        said=said or validated(MANDATE, msgspec.json.encode(found.mandate)),
        principal=principal,
    )
