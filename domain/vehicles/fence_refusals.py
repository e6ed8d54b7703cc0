"""Why a geofence is not drawn, changed or put in force."""

from __future__ import annotations

from domain.kernel.errors import Refusal


class FenceNotOnBooks(Refusal):
    code = "fence-not-on-books"
    zh = "电子围栏 {id} 在 {at} 不在册（尚未划定或已撤销），不能办理此事项。请核对日期，或另行划定。"
    en = "Geofence {id} is not on the books at {at}: not yet drawn, or retired. Check the date, or draw another."


class FenceNotInForce(Refusal):
    code = "fence-not-in-force"
    zh = "电子围栏 {id} 在 {at} 没有生效，无需停用。请核对日期。"
    en = "Geofence {id} is not in force at {at}, so it cannot be lifted. Check the date."


class FenceInForceLonger(Refusal):
    code = "fence-in-force-longer"
    field = "until"
    zh = "电子围栏在 {until} 之后仍然生效，不能借此缩短。要提前结束，请自该时刻起办理“停用”。"
    en = "The geofence is in force beyond {until} already. To end it earlier, lift it from that moment on."


class DrawnInOneWay(Refusal):
    code = "fence-drawn-in-one-way"
    field = "polygon"
    zh = "多边形、圆、走廊须填且只能填一种（现填了 {count} 种）。请只保留一种。"
    en = "A geofence is a polygon, a circle or a corridor: exactly one of them. {count} were given; keep one."


class NobodyNamed(Refusal):
    code = "fence-nobody-named"
    field = "for_units"
    zh = "没有填写单位，也没有填写车辆。请至少填写一项。"
    en = "Neither a unit nor a vehicle was named. Name one at least."


class HoldsAlready(Refusal):
    code = "fence-holds-already"
    zh = "围栏在 {at} 已适用于 {who}。请去掉重复的对象。"
    en = "The geofence holds for {who} at {at} already. Leave it out."


class HoldsNot(Refusal):
    code = "fence-holds-not"
    zh = "围栏在 {at} 并不逐一适用于 {who}，无从取消。请核对适用对象和日期。"
    en = "The geofence is not held to apply to {who} at {at}. Check whom it holds for, and the date."


class SecretWorkNamed(Refusal):
    code = "fence-names-secret-work"
    field = "for_vehicles"
    zh = "车辆 {id} 承担保密任务（免喷涂标识），不能单独列入围栏：围栏会显示它停在哪里。请改按单位划定。"
    en = "Vehicle {id} does secret work: a geofence of its own would show where it is. Draw it for the unit instead."


class LastOneExempted(Refusal):
    code = "fence-last-one-exempted"
    field = "for_units"
    zh = "取消后围栏不再指明任何对象，就会适用于管理单位的全部车辆。请先增加其他对象，或停用、撤销围栏。"
    en = (
        "Then nobody would be named, and the geofence would hold for all vehicles of its unit. Name others first, or lift "
        "or retire the geofence."
    )


class LaterThanRetired(Refusal):
    code = "fence-later-than-retired"
    field = "mandate.effective"
    zh = "电子围栏自 {retired} 起撤销，但还有自 {later} 起的记录。请核对日期，或先撤回那条记录。"
    en = "The geofence is retired from {retired} on, but something is recorded from {later}. Check the date, or withdraw that."
