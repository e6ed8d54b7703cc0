"""Hands the library our recorder and mapper. The pool comes from the composition root: nothing is read from the environment."""

from __future__ import annotations

from typing import Any

from eventsourcing.persistence import (
    AggregateRecorder,
    InfrastructureFactory,
    Mapper,
    ProcessRecorder,
    TrackingRecorder,
    Transcoder,
)

from infra.database import Pool
from infra.eventstore.mapper import EventMapper
from infra.eventstore.recorder import LogRecorder
from infra.vault import Vault


class EventStoreFactory(InfrastructureFactory[TrackingRecorder]):
    """Everything the library's application asks for, over one pool of the application role."""

    def __init__(self, pool: Pool) -> None:
        super().__init__(env=None)
        self._mapper = EventMapper(Vault(pool))
        self._recorder = LogRecorder(pool)

    def mapper(
        self,
        transcoder: Transcoder | None = None,  # noqa: ARG002 -- the library's signature
        mapper_class: type[Mapper[Any]] | None = None,  # noqa: ARG002 -- the library's signature
    ) -> Mapper[Any]:
        return self._mapper

    def application_recorder(self) -> LogRecorder:
        return self._recorder

    def close(self) -> None:
        self._recorder.close()

    def aggregate_recorder(self, purpose: str = "events") -> AggregateRecorder:
        if purpose != "events":
            raise NotImplementedError(f"this store keeps events only, not {purpose}")
        return self._recorder

    def tracking_recorder(self, tracking_recorder_class: type[Any] | None = None) -> Any:
        raise NotImplementedError("read models have a runner of their own, which keeps their positions")

    def process_recorder(self) -> ProcessRecorder:
        raise NotImplementedError("read models have a runner of their own, which keeps their positions")
