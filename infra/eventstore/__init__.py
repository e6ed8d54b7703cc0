"""The log, seen from the application: how events become rows and rows become events."""

from infra.eventstore.factory import EventStoreFactory
from infra.eventstore.recorder import LogRecorder
from infra.eventstore.rows import RecordedEvent

__all__ = ["EventStoreFactory", "LogRecorder", "RecordedEvent"]
