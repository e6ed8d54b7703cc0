"""What is refused about notices and watches."""

from __future__ import annotations

from domain.kernel.errors import NotFound, Refusal


class WatchUnknown(NotFound):
    code = "watch-unknown"
    zh = "您没有这项关注。"
    en = "You have no such watch."


class WatchOfNothing(Refusal):
    code = "watch-of-nothing"
    zh = "请指明关注什么：一个对象，或一个单位，或一类事项；对象和单位不能同时填写。"
    en = "Say what to watch: a thing, or a unit, or a kind of event; not a thing and a unit at once."


class WatchesTooMany(Refusal):
    code = "watches-too-many"
    zh = "最多关注 {most} 项。请先取消一些。"
    en = "At most {most} watches; end some first."


class NoticesUnnamed(Refusal):
    code = "notices-unnamed"
    zh = "请指明已读的通知：ids 或 up_to，二者填一。"
    en = "Say which notices were read: either ids or up_to."


class AddressMissing(Refusal):
    code = "address-missing"
    field = "address"
    zh = "要用电子邮件通知，请填写邮箱地址。"
    en = "To be told by e-mail, give an address."
