"""The whole API against its own description, by generated requests, with every check on.

`ZHANGTU_FUZZ_EXAMPLES=100 ./dev test tests/api/test_contract.py` looks longer: that many requests an operation, and for every
operation all the boundary cases that its schema has.
"""

from __future__ import annotations

import os
import typing
import zlib
from collections.abc import Iterator
from typing import Any, TypeAlias

import pytest
import schemathesis
from requests import Session
from schemathesis import Case
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.openapi import from_dict
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.specs.openapi.schemas import OpenApiSchema

from api.app import create_app
from api.demo.step import named
from api.demo.story import story
from api.needs import NEEDS
from domain.catalogue import COMMANDS
from domain.work import aggregate_type
from infra.cluster import Urls
from infra.settings import Settings
from tests.api.conftest import a_token, serving, settings_for
from tests.api.feeding import following

AnyCase: TypeAlias = Case[Any]

SECRET = "zt_of-a-database-that-lives-for-minutes"
FEW = 4
EXAMPLES = int(os.environ.get("ZHANGTU_FUZZ_EXAMPLES", "0"))

# Boundary cases of every operation take ten minutes; these stand for all kinds of parameters.
THOROUGHLY = [
    "batches", "buildings.state", "command", "commands", "compounds.register", "event", "feed", "files.download",
    "files.upload", "health", "items.events", "journeys.close", "drivers.list", "units.set-staff-establishment", "vehicles.refuel",
]  # fmt: skip

REACHED = 60
"""A position that the demonstration has reached."""

KNOWN: dict[str, list[str]] = {}
for step in story():
    if COMMANDS[step.command].creates:
        KNOWN.setdefault(COMMANDS[step.command].aggregate.kind, []).append(str(named(step.subject)))


STANDARD = ["ogc.items", "ogc.item", "ogc.collection"]
"""OGC API – Features has a wrong filter, box, system or time answered with 400, which no schema can foretell."""
SAID = ["2xx", "400", "401", "403", "404", "409", "429", "5xx"]


def config() -> schemathesis.Config:
    def phases(*, coverage: bool) -> dict[str, Any]:
        return {"coverage": {"enabled": coverage}, "examples": {"enabled": False}, "stateful": {"enabled": False}}

    return schemathesis.Config.from_dict(
        {
            # Strangers have tests of their own; here whoever asks is let in, so that every answer is about the request.
            "generation": {
                "max-examples": EXAMPLES or FEW,
                "deterministic": not EXAMPLES,
                "with-security-parameters": False,
            },
            "phases": phases(coverage=bool(EXAMPLES)),
            "operations": [
                {"include-operation-id": THOROUGHLY, "phases": phases(coverage=True)},
                {"include-operation-id": STANDARD, "checks": {"positive_data_acceptance": {"expected-statuses": SAID}}},
            ],
            "checks": {"enabled": True},
        }
    )


@pytest.fixture(scope="module")
def described() -> OpenApiSchema:
    """Made when the first test runs, not when tests are only counted: every process counts them."""
    return from_dict(create_app(Settings(database_url="postgresql:///nowhere")).openapi(), config=config())


@pytest.fixture(scope="module")
def module_database(demonstration: Urls) -> Urls:
    return demonstration


@pytest.fixture(scope="module")
def target(module_database: Urls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running API with the demonstration in it."""
    kept = settings_for(module_database, tmp_path_factory.mktemp("var"))
    # Every operation is tried without a token and with made-up ones as well; that this ends is told elsewhere.
    settings = kept.model_copy(update={"attempts_per_minute": 10**6, "requests_per_minute": 10**6})
    a_token(module_database, secret=SECRET)
    with following(module_database), serving(create_app(settings)) as address:
        yield address


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    """One connection for all requests. What the surroundings say of proxies and passwords is not looked for each time."""
    with Session() as kept:
        kept.trust_env = False
        yield kept


# The server lives in this process: when its pool makes a connection, it draws a random lifetime, and hypothesis takes that
# for a use of `random` by a strategy.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module inside strategies")
@pytest.mark.slow
@pytest.mark.parametrize("operation", sorted(NEEDS))
def test_what_is_described_is_what_is_done(
    operation: str, described: OpenApiSchema, target: str, session: Session
) -> None:
    """Of all that the door knows; `access/test_matrix.py` shows that this is all that is described."""
    # Not `described.parametrize()`: it makes the cases when tests are only counted, which is half a minute for every process.
    build_operation_test(
        config=described.config,
        operation=described.find_operation_by_id(operation),
        test_func=answered_as_described,
        given_kwargs={},
        feedback=FeedbackSources(),
    )(target=target, session=session)


def answered_as_described(case: AnyCase, target: str, session: Session) -> None:
    meet_somebody(case)
    case.call_and_validate(base_url=target, session=session, headers={"Authorization": f"Bearer {SECRET}"})


def meet_somebody(case: AnyCase) -> None:
    """Two in three times the request is about things that exist, or nothing but 404 would ever be tried."""
    if case.operation.path.startswith(("/v1/feed", "/v1/positions/stream")) and not _is_negative(
        case, ParameterLocation.QUERY
    ):
        case.query = {**(case.query or {}), "wait": 0}  # or it would be listened to for ever
    if isinstance((case.query or {}).get("after"), int) and not _is_negative(case, ParameterLocation.QUERY):
        case.query["after"] %= REACHED  # a view that is behind says 503, which it is right to
    lot = zlib.crc32(repr((case.path_parameters, case.body)).encode())
    if lot % 3 == 0:
        return
    kind = case.operation.path.split("/")[2] if case.operation.path.startswith("/v1/") else ""
    parameters = case.path_parameters
    if kind in KNOWN and parameters and "id" in parameters and not _is_negative(case, ParameterLocation.PATH):
        parameters["id"] = _one_of(kind, lot)
    command = COMMANDS.get(str(case.operation.definition.raw.get("operationId")))
    if command is not None and isinstance(case.body, dict) and not _is_negative(case, ParameterLocation.BODY):
        for name, hint in typing.get_type_hints(command.decide).items():
            _meet_in_body(case.body, name, hint, lot)


def _meet_in_body(body: dict[str, Any], name: str, hint: Any, lot: int) -> None:
    cls = aggregate_type(hint)
    if cls is not None and isinstance(body.get(name), str):
        body[name] = _one_of(cls.kind, lot)


def _one_of(kind: str, lot: int) -> str:
    return KNOWN[kind][lot % len(KNOWN[kind])]


def _is_negative(case: AnyCase, location: ParameterLocation) -> bool:
    return case.meta is not None and case.meta.is_negative_at(location)
