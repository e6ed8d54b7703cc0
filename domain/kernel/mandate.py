"""Mandates: who acts, in which role, why, on which document, effective when. No mandate, no change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from annotated_types import Len

from domain.kernel.errors import Refusal
from domain.kernel.text import Digest, Name, Reason, Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts: an account, the unit it acts for and the role it acts in."""

    user: Token
    unit: Token
    role: Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document that decided something: its number as printed, and the digest of the attached file, if any."""

    number: Name
    digest: Digest | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """The authority of one command. `received` is the moment it came in: the only clock that the domain is told of."""

    actor: Actor
    reason: Reason
    documents: Annotated[tuple[Document, ...], Len(0, 50)] = ()
    effective: datetime
    received: datetime
    source: Token = "api"
    correlation: UUID | None = None
    causation: UUID | None = None

    def at(self, effective: datetime) -> Mandate:
        """The same authority for another effective moment."""
        return replace(self, effective=effective)

    def require_document(self) -> None:
        """Rule: what decides over property stands on a document."""
        if not self.documents:
            raise DocumentMissing

    def require_no_future(self) -> None:
        """Rule: what is told as having happened has happened (clocks of two machines may differ by a few minutes)."""
        if self.effective > self.received + CLOCK_TOLERANCE:
            raise EffectiveInFuture(effective=self.effective.isoformat(), received=self.received.isoformat())


CLOCK_TOLERANCE = timedelta(minutes=5)


class DocumentMissing(Refusal):
    code = "document-missing"
    zh = "此事项须有依据文件：请填写文号，有附件的先上传附件。"
    en = "This needs a document: give its number in documents, and upload the file first if there is one."
    field = "mandate.documents"


class EffectiveInFuture(Refusal):
    code = "effective-in-future"
    zh = "生效时间 {effective} 晚于现在（{received}）。此事项只能登记已经发生的事，请改为实际发生的时间。"
    en = "The effective time {effective} is later than now ({received}). Only what has happened can be recorded here."
    field = "mandate.effective"
