"""Scalars as JSON carries them: what the domain's bounds on texts and numbers become in a schema, and how they are checked.

A schema must say exactly what is refused for its form. What no schema can say (a decimal out of range, a file that was not
uploaded) is a wrong value, not a wrong form: see `VALUES` in `api.faults`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Any, Protocol
from uuid import UUID

import annotated_types as at
from pydantic import AfterValidator, BeforeValidator, Field, Strict, StringConstraints, ValidationInfo, WithJsonSchema

from api.faults import fault
from domain.kernel.text import Pattern, Scale

# JavaScript's, and so every client's, largest exact integer.
LARGEST_INTEGER = 2**53 - 1
LONGEST_TEXT = 10_000
LARGEST_DECIMAL = Decimal(999999999999999)
MOST_PLACES = 6

# C0 control characters but tab and line breaks; the escapes read the same in every dialect of regular expressions.
_PLAIN = r"[^\x00-\x08\x0b\x0c\x0e-\x1f]"
_VISIBLE = r"[^\s\x00-\x1f\x85\ufeff]"
_TEXT = f"^{_PLAIN}*$"
_NOT_BLANK = f"^{_PLAIN}*{_VISIBLE}{_PLAIN}*$"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SOMETHING = re.compile(_VISIBLE)
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


class Files(Protocol):
    """Where uploaded files are."""

    def has(self, digest: str) -> bool:
        raise NotImplementedError


def text(marks: Iterable[Any] = ()) -> Any:
    """A string within its bounds, without control characters, and like the domain's pattern."""
    shortest, longest = _lengths(marks)
    patterns = [mark.regex for mark in marks if isinstance(mark, Pattern)]
    if patterns and patterns != [r"\S"]:
        return Annotated[str, StringConstraints(strict=True, max_length=longest, pattern=patterns[0])]
    schema = {"type": "string", "maxLength": longest, "pattern": _NOT_BLANK if patterns else _TEXT}
    return Annotated[
        str,
        StringConstraints(strict=True, min_length=shortest, max_length=longest),
        AfterValidator(_not_blank if patterns else _plain),
        WithJsonSchema(schema | ({"minLength": shortest} if shortest else {})),
    ]


def decimal(marks: Iterable[Any] = ()) -> Any:
    """A decimal in quotes: a JSON number would pass through floating point somewhere between here and the sender."""
    low, high, open_low = _bounds(marks)
    places = next((mark.places for mark in marks if isinstance(mark, Scale)), MOST_PLACES)
    pattern = _decimal_pattern(low, high, places, positive=low == 0 and open_low)
    shape, example = re.compile(pattern), f"{max(low, Decimal(1)):f}"

    sort, sort_en = _sort(low, open_low=open_low)

    def check(given: str) -> Decimal:
        if not shape.fullmatch(given):
            raise fault("decimal-form", places=places, example=example, sort=sort, sort_en=sort_en)
        value = Decimal(given)
        if not low <= value <= high or (open_low and value == low):
            raise fault("decimal-range", bounds=f"{low} – {high}")
        return value

    schema = {"type": "string", "pattern": pattern, "examples": [example]}
    return Annotated[str, StringConstraints(strict=True, max_length=40), AfterValidator(check), WithJsonSchema(schema)]


def _sort(low: Decimal, *, open_low: bool) -> tuple[str, str]:
    """What kind of number, where that says more than that it is one."""
    if low != 0:
        return "数字", ""
    return ("大于 0 的数字", " above 0") if open_low else ("不小于 0 的数字", " of 0 or more")


def integer(marks: Iterable[Any] = ()) -> Any:
    low, high, _ = _bounds(marks)
    least = max(int(low), -LARGEST_INTEGER) + sum(1 for mark in marks if isinstance(mark, at.Gt))
    most = min(int(high), LARGEST_INTEGER) - sum(1 for mark in marks if isinstance(mark, at.Lt))
    return Annotated[int, Strict(), Field(ge=least, le=most), BeforeValidator(_whole)]


def uuid(text: str) -> UUID:
    """Only the one canonical form, so that an id is the same text everywhere."""
    if not _ID.fullmatch(text):
        raise fault("id-form", example="0198c5f0-7c1e-7d4b-9c3a-2f6d1e8b4a57")
    return UUID(text)


def id_of(zh: str, en: str) -> Any:
    schema = {"type": "string", "format": "uuid", "description": f"{zh} · {en}"}
    return Annotated[str, StringConstraints(strict=True, max_length=64), AfterValidator(uuid), WithJsonSchema(schema)]


def digits(text: object) -> object:
    """A number in an address: digits and nothing else, however much more a parser would take."""
    if isinstance(text, str) and not re.fullmatch(r"-?[0-9]{1,16}", text, re.ASCII):
        raise fault("digits-form")
    return text


def _whole(given: Any) -> Any:
    """JSON has one kind of number: 7.0 is the integer 7, to JSON Schema and to clients that know no other kind."""
    return int(given) if isinstance(given, float) and given.is_integer() else given


def _plain(given: str) -> str:
    if _CONTROL.search(given):
        raise fault("text-control")
    return given


def _not_blank(given: str) -> str:
    if not _SOMETHING.search(_plain(given)):
        raise fault("text-blank")
    return given


def uploaded(given: str | tuple[str, ...] | None, info: ValidationInfo) -> str | tuple[str, ...] | None:
    """A digest that nobody can ever show the file of would be worth nothing as evidence."""
    files: Files | None = (info.context or {}).get("files")
    for digest in (given,) if isinstance(given, str) else given or ():
        if files is not None and not files.has(digest):
            raise fault("file-missing", digest=digest)
    return given


ID = id_of("编号", "Id")
FLAG: Any = Annotated[bool, Strict()]
NUMBER: Any = Annotated[float, Strict(), Field(allow_inf_nan=False)]


def _lengths(marks: Iterable[Any]) -> tuple[int, int]:
    shortest, longest = 0, LONGEST_TEXT
    for mark in marks:
        match mark:
            case at.Len(min_length=low, max_length=high):
                shortest, longest = low, longest if high is None else high
            case at.MinLen(min_length=low):
                shortest = low
            case at.MaxLen(max_length=high):
                longest = high
    return shortest, longest


def _bounds(marks: Iterable[Any]) -> tuple[Decimal, Decimal, bool]:
    low, high, open_low = -LARGEST_DECIMAL, LARGEST_DECIMAL, False
    for mark in marks:
        match mark:
            case at.Ge(ge=limit):
                low = Decimal(str(limit))
            case at.Gt(gt=limit):
                low, open_low = Decimal(str(limit)), True
            case at.Le(le=limit):
                high = Decimal(str(limit))
            case at.Lt(lt=limit):
                high = Decimal(str(limit))
    return low, high, open_low


def _decimal_pattern(low: Decimal, high: Decimal, places: int, *, positive: bool) -> str:
    digits = len(str(int(max(abs(low), abs(high)))))
    whole = "[1-9]" + (f"[0-9]{{0,{digits - 1}}}" if digits > 1 else "")
    part = rf"(\.[0-9]{{1,{places}}})?" if places else ""
    if not positive:
        return f"^{'-?' if low < 0 else ''}(0|{whole}){part}$"
    small = "|".join(
        "0" * zeros + "[1-9]" + (f"[0-9]{{0,{places - 1 - zeros}}}" if places - 1 - zeros else "")
        for zeros in range(places)
    )
    return rf"^({whole}{part}" + (rf"|0\.({small}))$" if places else ")$")
