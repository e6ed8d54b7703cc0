"""What is wrong with one input: every complaint of the validator in plain Chinese and English, at its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

MOST_FAULTS = 50

# By the validator's own type of error; {…} are the limits that it names.
_TOLD: dict[str, tuple[str, str]] = {
    "missing": ("必须填写。", "Must be given."),
    "extra_forbidden": ("没有这个字段，请核对名称。", "There is no such field; check its name."),
    "string_type": ("应为字符串（用引号）。", "Must be a string, in quotes."),
    "int_type": ("应为整数。", "Must be a whole number."),
    "int_from_float": ("应为整数，不能有小数。", "Must be a whole number, without a fraction."),
    "float_type": ("应为数字。", "Must be a number."),
    "bool_type": ("应为 true 或 false。", "Must be true or false."),
    "model_type": ("应为对象 {{…}}。", "Must be an object {{…}}."),
    "dict_type": ("应为对象 {{…}}。", "Must be an object {{…}}."),
    "tuple_type": ("应为列表 […]。", "Must be a list […]."),
    "list_type": ("应为列表 […]。", "Must be a list […]."),
    "enum": ("只能是下列之一：{expected}。", "Must be one of: {expected}."),
    "literal_error": ("只能是下列之一：{expected}。", "Must be one of: {expected}."),
    "string_too_short": ("太短，至少 {min_length} 个字符。", "Too short: at least {min_length} characters."),
    "string_too_long": ("太长，最多 {max_length} 个字符。", "Too long: at most {max_length} characters."),
    "too_short": ("太少，至少 {min_length} 项。", "Too few: at least {min_length}."),
    "too_long": ("太多，最多 {max_length} 项。", "Too many: at most {max_length}."),
    "greater_than_equal": ("不能小于 {ge}。", "Must not be less than {ge}."),
    "greater_than": ("必须大于 {gt}。", "Must be more than {gt}."),
    "less_than_equal": ("不能大于 {le}。", "Must not be more than {le}."),
    "less_than": ("必须小于 {lt}。", "Must be less than {lt}."),
    "finite_number": ("应为有限的数。", "Must be a finite number."),
    "int_parsing": ("应为整数。", "Must be a whole number."),
    "int_parsing_size": ("整数过大。", "The number is too large."),
    "string_pattern_mismatch": ("格式不符：{pattern}", "Does not match the pattern {pattern}"),
}
_ELSE = ("值不符合要求。", "The value is not as required.")

# Our own complaints, raised by `fault`.
_OURS: dict[str, tuple[str, str]] = {
    "text-control": (
        "含有不可见的控制字符，请删去（可以换行和制表）。",
        "Contains control characters; remove them (line breaks and tabs are fine).",
    ),
    "text-blank": ("不能只有空格。", "Must not be blank."),
    "id-form": ("应为编号（UUID），例如 {example}。", "Must be an id (UUID) such as {example}."),
    "digits-form": ("应为整数。", "Must be a whole number."),
    "decimal-form": (
        "应为{sort}，小数最多 {places} 位，例如 {example}。",
        "Must be a decimal number{sort_en} with at most {places} decimal places, such as {example}.",
    ),
    "decimal-range": ("数值超出范围（{bounds}）。", "The number is out of range ({bounds})."),
    "moment-form": (
        "应为日期（2026-01-01）或带时区的时间（2026-01-01T09:00:00+08:00）。",
        "Must be a date (2026-01-01) or a time with its offset (2026-01-01T09:00:00+08:00).",
    ),
    "day-form": ("应为日期，例如 2026-01-01。", "Must be a date such as 2026-01-01."),
    "moment-range": ("年份应在 {first} 至 {last} 之间。", "The year must lie between {first} and {last}."),
    "file-missing": (
        "文件 {digest} 尚未上传。请先用 POST /v1/files 上传。",
        "The file {digest} was not uploaded. Upload it first with POST /v1/files.",
    ),
}

# The form is right and only the value is not: these are refusals (409), because no schema can say them.
VALUES = {"decimal-range", "moment-range", "file-missing"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One complaint: `field` is a JSON pointer into what was sent."""

    code: str
    field: str
    zh: str
    en: str

    def under(self, prefix: str) -> Fault:
        return Fault(code=self.code, field=prefix + self.field, zh=self.zh, en=self.en)


def fault(code: str, **data: Any) -> PydanticCustomError:
    """For validators of ours to raise."""
    return PydanticCustomError("ours", "{code}", {"code": code, **data})


def faults_of(error: ValidationError) -> list[Fault]:
    found = error.errors(include_url=False, include_input=False)
    return [_fault(one) for one in found if not _is_echo(one, found)][:MOST_FAULTS]


def faults_at(errors: Iterable[ErrorDetails]) -> list[Fault]:
    """The same for the web framework's own errors, which come as dictionaries."""
    return [_fault(one) for one in errors][:MOST_FAULTS]


def only_values(faults: Iterable[Fault]) -> bool:
    return all(fault.code in VALUES for fault in faults)


def pointer(location: Iterable[int | str]) -> str:
    """RFC 6901."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in location)


def pointer_to(field: str) -> str:
    """A refusal's `mandate.effective` or `coordinates[0][3]` as a JSON pointer."""
    return pointer(part for part in re.split(r"[.\[\]]+", field) if part)


def _is_echo(error: ErrorDetails, all_errors: list[ErrorDetails]) -> bool:
    """A list whose items are wrong counts as too short as well, because only the right ones are counted."""
    place = error["loc"]
    return error["type"] == "too_short" and any(
        len(other["loc"]) > len(place) and other["loc"][: len(place)] == place for other in all_errors
    )


def _fault(error: ErrorDetails) -> Fault:
    data: dict[str, Any] = error.get("ctx", {})
    code = data["code"] if error["type"] == "ours" else error["type"].replace("_", "-")
    zh, en = _OURS[code] if error["type"] == "ours" else _TOLD.get(error["type"], _ELSE)
    return Fault(code=code, field=pointer(error["loc"]), zh=zh.format_map(data), en=en.format_map(data))
