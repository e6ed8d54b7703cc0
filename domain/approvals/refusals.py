"""What is refused on a proposal's way through its levels."""

from __future__ import annotations

from domain.kernel.errors import Refusal


class NotUnderWay(Refusal):
    code = "proposal-not-under-way"
    zh = "该呈批件现为“{status_zh}”，不能再审批。请刷新后查看。"
    en = "This proposal is {status_en!r} by now and takes no decision. Look at it again."


class WaitsElsewhere(Refusal):
    code = "proposal-waits-elsewhere"
    zh = "该呈批件现由另一级（{unit}）审批，不在这一级。请刷新后查看。"
    en = "This proposal waits at another level ({unit}), not at this one. Look at it again."
    field = "at"


class OwnProposal(Refusal):
    code = "own-proposal"
    zh = "呈批件由 {submitter} 呈报，呈报人不能审批，也不能由其代理人代为审批。请由他人审批。"
    en = "{submitter} submitted this: whoever submits does not decide, nor does their deputy. Somebody else has to."


class NotTheSubmitter(Refusal):
    code = "not-the-submitter"
    zh = "只有呈报人 {submitter} 可以办理此事项。"
    en = "Only {submitter}, who submitted it, can do this."


class NotSentBack(Refusal):
    code = "proposal-not-sent-back"
    zh = "该呈批件现为“{status_zh}”，只有退回修改的才能重新呈报。"
    en = "This proposal is {status_en!r}: only one that was sent back can be submitted again."


class Ended(Refusal):
    code = "proposal-ended"
    zh = "该呈批件现为“{status_zh}”，已经办结，不能撤回。"
    en = "This proposal is {status_en!r}: it has ended and cannot be taken back."


class LevelTwice(Refusal):
    code = "level-twice"
    zh = "同一单位（{unit}）不能作为两级审批。请去掉重复的一级。"
    en = "The same unit ({unit}) cannot be two of the levels. Leave one of them out."
    field = "levels"


class MarkOutside(Refusal):
    code = "mark-outside"
    zh = "批注指向第 {line} 项，而该呈批件只有 {lines} 项。请核对。"
    en = "A mark is about line {line}, and the proposal has {lines}. Check it."
    field = "marks"


class HandedInCircle(Refusal):
    code = "handed-in-circle"
    zh = "不能转给 {to}：转办须转给另一人，且不能是呈报人。"
    en = "This cannot be handed on to {to}: it goes to somebody else, who is not the one who submitted it."
    field = "to"


class BeforeTheLastStep(Refusal):
    code = "before-the-last-step"
    zh = "生效时间 {effective} 早于上一步的时间 {last}。请核对时间。"
    en = "The effective time {effective} is earlier than that of the step before, {last}. Check it."
    field = "mandate.effective"
