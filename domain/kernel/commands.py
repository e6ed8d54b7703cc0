"""Commands: the public methods of aggregates that decide. `@command` marks them; `COMMANDS` is their index.

The signature of the method is the definition of the command: the API's requests, forms and documentation are made from it.
A parameter that is itself an aggregate is given by its id; the registry opens it and saves what the command did to it. A
parameter marked with `Own("attribute")` is not asked for: the aggregate knows whose id it means. One marked with `New()` is
what the command brings into being besides its own aggregate.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from domain.kernel.errors import Refusal
from domain.kernel.mandate import Mandate

if TYPE_CHECKING:
    from domain.kernel.aggregate import Aggregate

A = TypeVar("A", bound="Aggregate")
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that can be asked of one kind of aggregate."""

    name: str
    aggregate: type[Aggregate]
    decide: Callable[..., None]
    zh: str
    en: str
    creates: bool
    future: bool
    document: bool

    @property
    def key(self) -> str:
        return f"{self.aggregate.kind}.{self.name}"


@dataclass(frozen=True, slots=True)
class Own:
    """Marks a parameter that the aggregate fills in itself, from its attribute of this name."""

    attribute: str


@dataclass(frozen=True, slots=True)
class New:
    """Marks a parameter that the registry fills with a new, still empty aggregate; with `each`, one for each item of that
    parameter.
    """

    each: str | None = None


@dataclass(frozen=True, slots=True)
class AtPosition:
    """Marks a version of the aggregate's own stream: callers give the position in the log, which is what they know."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Marks a parameter that the registry fills with the aggregate given as `of` and all above it, by its attribute `by`."""

    of: str
    by: str


def command(
    zh: str, en: str, *, creates: bool = False, future: bool = False, document: bool = False
) -> Callable[[Callable[Concatenate[A, Mandate, P], None]], Callable[Concatenate[A, Mandate, P], None]]:
    """Marks a deciding method, and puts before it the guards that every command shares.

    `creates`: it begins the stream. `future`: it may take effect later. `document`: it stands on a document.
    """

    def mark(method: Callable[Concatenate[A, Mandate, P], None]) -> Callable[Concatenate[A, Mandate, P], None]:
        @functools.wraps(method)
        def decided(self: A, mandate: Mandate, /, *args: P.args, **kwargs: P.kwargs) -> None:
            _guard(self, mandate, creates, future, document)
            method(self, mandate, *args, **kwargs)

        decided.__dict__["marked"] = (zh, en, creates, future, document)
        return decided

    return mark


def commands_of(*aggregates: type[Aggregate]) -> Iterator[Command]:
    """The commands of these kinds of aggregate, in the order in which they are written."""
    for aggregate in aggregates:
        for base in reversed(aggregate.__mro__):
            for name, method in vars(base).items():
                if hasattr(method, "marked"):
                    zh, en, creates, future, document = method.marked
                    path = name.strip("_").replace("_", "-")
                    yield Command(path, aggregate, getattr(aggregate, name), zh, en, creates, future, document)


def _guard(aggregate: Aggregate, mandate: Mandate, creates: bool, future: bool, document: bool) -> None:
    if not future:
        mandate.require_no_future()
    if document:
        mandate.require_document()
    if creates:
        if aggregate.version and aggregate.correcting is None:
            raise AlreadyExists(kind=aggregate.kind, id=aggregate.id, zh=aggregate.zh)
        return
    if aggregate.born is None or aggregate.never_was:
        raise DoesNotExist(kind=aggregate.kind, id=aggregate.id, zh=aggregate.zh)
    if mandate.effective < aggregate.born:
        raise EarlierThanItself(zh=aggregate.zh, effective=mandate.effective, born=aggregate.born)


class AlreadyExists(Refusal):
    code = "already-exists"
    zh = "{zh} {id} 已经登记，不能重复登记。"
    en = "{kind} {id} is registered already."
    field = "id"


class DoesNotExist(Refusal):
    code = "not-found"
    zh = "找不到{zh} {id}，或者不在您的管理范围内。请核对。"
    en = "There is no {kind} {id}, or it is outside your reach. Check it."
    field = "id"


class EarlierThanItself(Refusal):
    code = "earlier-than-itself"
    zh = "生效时间 {effective} 早于该{zh}的起始时间 {born}。请核对日期；起始时间有误的，先更正登记。"
    en = "The effective time {effective} is earlier than the beginning of this stream, {born}. Correct the registration first."
    field = "mandate.effective"
