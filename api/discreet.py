"""Refusals that speak of what others have, for those who may not see it."""

from __future__ import annotations

from domain.kernel.saving import StillHeld, ValueTaken


class TakenBySomebody(ValueTaken):
    zh = "“{value}”已被占用（{scope}）。请核对号码；确属登记有误的，先更正原登记。"
    en = "“{value}” is taken already ({scope}). Check the number, or correct the earlier record first."


class HoldsSomething(StillHeld):
    zh = "{holder} 名下自该时间起仍有 {count} 项未移交。请先移交，或在同一批次中一并办理。"
    en = "{holder} still holds {count} from that moment on. Hand them over first, or in the same batch."


def discreet(refusal: ValueTaken | StillHeld) -> ValueTaken | StillHeld:
    """The same without the ids of what stands in the way: they may be of things out of sight."""
    if isinstance(refusal, ValueTaken):
        return TakenBySomebody(field=refusal.field, **_without(refusal, "holder"))
    return HoldsSomething(field=refusal.field, **_without(refusal, "held"))


def _without(refusal: ValueTaken | StillHeld, name: str) -> dict[str, object]:
    return {key: value for key, value in refusal.data.items() if key != name}
