"""What can be asked of a proposal at a moment."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.approvals.terms import ProposalStatus
from domain.kernel.facts import Facet

PROPOSAL_STATUS = Facet[ProposalStatus]("status")
PROPOSAL_TITLE = Facet[str]("proposal_title")
SUBMITTING_UNIT = Facet[UUID]("submitting_unit")
SUBMITTER = Facet[str]("submitter")  # an account
SUBMITTED = Facet[datetime]("submitted")
LINES = Facet[int]("lines")
LEVEL = Facet[UUID]("approval_level")  # one member a level, counted from 1; the value is the unit that decides there
WAITS_AT = Facet[UUID | None]("waits_at")
HANDED_TO = Facet[str | None]("handed_to")  # an account
