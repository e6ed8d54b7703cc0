"""What stands in the fields of a form, as text, and the values that it means.

The names of fields are paths: `unit.name`, `parts.0.area`, `mandate.documents.0.number`. A moment has a time beside its day, in
`path@time`; a place its coordinate system, in `path@system`. Whatever cannot be read as its field wants it is passed on as it is:
the API says what is wrong with it, and where.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final, TypeAlias

from api.console.forms import places
from api.console.showing import SHANGHAI

Fields: TypeAlias = Iterable[Mapping[str, Any]]
"""As the API tells of them."""
Typed: TypeAlias = dict[str, list[str]]

MOST_ROWS: Final = 100
MANDATE: Final = {
    "name": "mandate",
    "sort": "group",
    "listed": None,
    "required": True,
    "default": None,
    "zh": "",
    "en": "",
}
"""The mandate as one more field of the form, without its fields."""


def first(typed: Typed, path: str) -> str:
    return (typed.get(path) or [""])[0]


def rows(typed: Typed, path: str) -> int:
    """How many rows of a repeated group there are, blank ones included."""
    heads = {name[len(path) + 1 :].partition(".")[0] for name in typed if name.startswith(f"{path}.")}
    return min(max((int(head) + 1 for head in heads if head.isdecimal()), default=0), MOST_ROWS)


def values(fields: Fields, typed: Typed, prefix: str = "") -> dict[str, Any]:
    """What these fields mean. What is left out is not there."""
    read = ((field["name"], _value(field, typed, prefix + field["name"])) for field in fields)
    return {name: value for name, value in read if value is not None}


def _value(field: Mapping[str, Any], typed: Typed, path: str) -> Any:
    if field["listed"] is not None:
        return _list(field, typed, path)
    if field["sort"] == "group":
        found = values(field["fields"], typed, f"{path}.")
        return found if field["required"] or _is_filled(field["fields"], typed, f"{path}.") else None
    return _SINGLE.get(field["sort"], _text)(typed, path, field)


def _list(field: Mapping[str, Any], typed: Typed, path: str) -> list[Any] | None:
    if field["sort"] == "group":
        found: list[Any] = [values(field["fields"], typed, f"{path}.{row}.") for row in range(rows(typed, path))]
    else:
        found = [one for one in typed.get(path, []) if one]
    return found or ([] if field["required"] else None)


def compact(fields: Fields, typed: Typed) -> Typed:
    """Without rows in which nothing was filled in, so that the API counts rows as the form does."""
    kept = dict(typed)
    for path, field in _repeated(fields, ""):
        filled = [row for row in range(rows(typed, path)) if _is_filled(field["fields"], typed, f"{path}.{row}.")]
        for name in [name for name in kept if name.startswith(f"{path}.")]:
            del kept[name]
        for place, row in enumerate(filled):
            old, new = f"{path}.{row}.", f"{path}.{place}."
            kept |= {new + name.removeprefix(old): given for name, given in typed.items() if name.startswith(old)}
    return kept


def _repeated(fields: Fields, prefix: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for field in fields:
        if field["sort"] == "group" and field["listed"] is not None:
            yield prefix + field["name"], field
        elif field["sort"] == "group":
            yield from _repeated(field["fields"], f"{prefix}{field['name']}.")


def _is_filled(fields: Fields, typed: Typed, prefix: str) -> bool:
    """Whether anything was filled in: a choice that was never looked at, or a system of coordinates, is nothing by itself."""
    return any(
        _is_filled(field["fields"], typed, f"{path}.") if field["sort"] == "group" else any(typed.get(path, ()))
        for field in fields
        for path in (prefix + field["name"],)
        if field["sort"] != "flag"
    )


# One value ----------------------------------------------------------------------------------------------------------------


def _text(typed: Typed, path: str, _: Mapping[str, Any]) -> str | None:
    return first(typed, path).replace("\r\n", "\n").strip() or None


def _number(typed: Typed, path: str, _: Mapping[str, Any]) -> str | None:
    """Full-width digits, blanks and commas between thousands are how people write numbers."""
    text = unicodedata.normalize("NFKC", first(typed, path)).replace(",", "").replace(" ", "")
    return text.removeprefix("+") or None


def _decimal(typed: Typed, path: str, field: Mapping[str, Any]) -> str | None:
    """`007.50` and `.5` are decimals to people; the API knows one form."""
    text = _number(typed, path, field)
    if text is None or not text.replace(".", "", 1).isdecimal():
        return text
    whole, dot, part = text.partition(".")
    return (whole.lstrip("0") or "0") + (f".{part}" if dot and part else "")


def _integer(typed: Typed, path: str, field: Mapping[str, Any]) -> int | str | None:
    text = _number(typed, path, field)
    return int(text) if text is not None and text.removeprefix("-").isdecimal() else text


def _flag(typed: Typed, path: str, field: Mapping[str, Any]) -> bool | None:
    """One that must be said is asked as yes or no; any other is ticked or not."""
    said = first(typed, path)
    return {"true": True, "false": False}.get(said, None if field["required"] else False)


def _moment(typed: Typed, path: str, _: Mapping[str, Any]) -> str | None:
    day, time = first(typed, path).strip(), first(typed, f"{path}@time").strip()
    return (f"{day}T{time}{':00' * (time.count(':') == 1)}+08:00" if time else day) or None


_SINGLE: Final = {
    "integer": _integer,
    "position": _integer,
    "decimal": _decimal,
    "flag": _flag,
    "moment": _moment,
    "time": _moment,
    "point": places.point,
    "outline": places.outline,
    "line": places.line,
}


# And back -----------------------------------------------------------------------------------------------------------------


def typed_of(fields: Fields, given: Mapping[str, Any], prefix: str = "") -> Typed:
    """The values of a request as they stand in the fields."""
    found: Typed = {}
    for field in fields:
        value = given.get(field["name"])
        if value is not None:
            found |= _typed(field, value, prefix + field["name"])
    return found


def _typed(field: Mapping[str, Any], value: Any, path: str) -> Typed:
    if field["sort"] == "group":
        many = value if field["listed"] is not None else None
        if many is None:
            return typed_of(field["fields"], value, f"{path}.")
        parts = [typed_of(field["fields"], one, f"{path}.{row}.") for row, one in enumerate(many)]
        return {name: texts for part in parts for name, texts in part.items()}
    if field["listed"] is not None:
        return {path: [str(one) for one in value]}
    if field["sort"] in ("moment", "time"):
        return _typed_moment(field, str(value), path)
    if field["sort"] in ("point", "outline", "line"):
        return places.typed(value, path)
    return {path: [str(value).lower() if isinstance(value, bool) else str(value)]}


def _typed_moment(field: Mapping[str, Any], value: str, path: str) -> Typed:
    local = datetime.fromisoformat(value).astimezone(SHANGHAI)
    exact = field["sort"] == "time" and (local.hour, local.minute) != (0, 0)
    return {path: [f"{local:%Y-%m-%d}"], **({f"{path}@time": [f"{local:%H:%M}"]} if exact else {})}
