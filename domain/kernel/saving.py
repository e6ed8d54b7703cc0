"""What a save demands of the log besides its events, and what the log answers when it says no."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from eventsourcing.persistence import Mapper, StoredEvent

from domain.kernel.errors import Refusal
from domain.kernel.mandate import Mandate


@dataclass(frozen=True, slots=True)
class Holding:
    """`holder` holds `held` until a moment (None: no end known); `ended` says that it never does, or no longer."""

    holder: UUID
    held: UUID
    until: datetime | None
    ended: bool = False


@dataclass(slots=True)
class Conditions:
    """Checked and carried out in the same transaction as the events, or nothing is written at all.

    `read`: streams that the decision relied on, with the version it saw. `claims` and `releases`: unique values.
    `emptied`: holders that must hold nothing from a moment on (None: an end was taken back).
    """

    read: list[tuple[UUID, int]] = field(default_factory=list)
    claims: list[tuple[str, str, UUID]] = field(default_factory=list)
    releases: list[tuple[str, str, UUID]] = field(default_factory=list)
    holdings: list[Holding] = field(default_factory=list)
    emptied: list[tuple[UUID, datetime | None]] = field(default_factory=list)
    erased: list[UUID] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Decision:
    """One command as the log receives it: its id, the digest of the request, and the mandate of every event."""

    command_id: UUID
    request: str
    mandates: dict[tuple[UUID, int], Mandate]
    conditions: Conditions


@dataclass(frozen=True, slots=True)
class Line:
    """Where one event of a command stands: position in the log, stream, version."""

    position: int
    aggregate_id: UUID
    version: int
    topic: str


class AlreadyAnswered(Exception):
    """This command id was answered before; here is that answer. Nothing was written again."""

    def __init__(self, request: str, lines: tuple[Line, ...]) -> None:
        super().__init__(request)
        self.request = request
        self.lines = lines


class Conflict(Refusal):
    """What the decision was made on has changed meanwhile."""

    code = "version-conflict"
    zh = "该对象已被他人更改（{id}），请刷新后重新核对再提交。"
    en = "Someone else changed this meanwhile ({id}). Read it again, check, and send the command again."


class ValueTaken(Refusal):
    code = "value-taken"
    zh = "“{value}”已被占用（{scope}，占用者 {holder}）。请核对号码；确属登记有误的，先更正原登记。"
    en = "“{value}” is taken already ({scope}, by {holder}). Check the number, or correct the earlier record first."


class StillHeld(Refusal):
    code = "still-held"
    zh = "{holder} 名下自该时间起仍有 {count} 项未移交（如 {held}）。请先移交，或在同一批次中一并办理。"
    en = (
        "{holder} still holds {count} from that moment on (such as {held}). Hand them over first, or in the same batch."
    )


class KeyDestroyed(Refusal):
    """Rule: nothing personal is recorded of a person who has been erased, also not as a correction of what was."""

    code = "person-key-destroyed"
    zh = "人员 {id} 的个人信息已抹除，不能再登记其个人信息。"
    en = "The personal data of person {id} is erased: nothing personal can be recorded of them any more."


class CommandIdReused(Refusal):
    code = "command-id-reused"
    zh = "命令编号 {command_id} 已用于另一内容不同的操作。请换一个新的编号。"
    en = "Command id {command_id} was used for a different request. Use a new id."


class NothingChanged(Refusal):
    code = "nothing-changed"
    zh = "该操作没有产生任何变化，未写入。"
    en = "The command would change nothing, so nothing was written."


class AnswersCommands(Protocol):
    """What the registry asks of the recorder besides the library's own interface."""

    def first_answer(self, command_id: UUID) -> AlreadyAnswered | None:
        """The answer that this command id got, if it got one."""
        raise NotImplementedError

    def streams(self, ids: Collection[UUID]) -> Mapping[UUID, Sequence[StoredEvent]]:
        """All that is stored of each of these; nothing of what is not there."""
        raise NotImplementedError

    def line_at(self, position: int) -> Line | None:
        """The event at a position of the log."""
        raise NotImplementedError


class MapsMany(Protocol):
    """What the registry asks of the mapper besides: what many events need is fetched at once."""

    def sealing(self, events: Sequence[Any]) -> Mapper[UUID]:
        """A mapper for writing these."""
        raise NotImplementedError

    def unsealing(self, stored: Sequence[StoredEvent]) -> Mapper[UUID]:
        """A mapper for reading these."""
        raise NotImplementedError
