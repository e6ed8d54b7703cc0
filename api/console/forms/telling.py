"""Values of fields as people read them: words for codes, names for ids, days for moments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from api.console.forms.typed import Typed, first
from api.console.language import Language

_UNITS: Final = {
    "area": ("m²", "m²"),
    "money": ("元", "CNY"),
    "kilometres": ("公里", "km"),
    "litres": ("升", "l"),
    "kilowatt-hours": ("千瓦时", "kWh"),
    "metres": ("米", "m"),
    "years": ("年", "years"),
}
_YES_NO: Final = {"true": ("是", "Yes"), "false": ("否", "No")}


def unit_of(reads: str | None, language: Language) -> str:
    """What a figure is in; nothing where it only counts."""
    found = _UNITS.get(reads or "")
    return "" if found is None else found[language == "en"]


def value_told(field: Mapping[str, Any], typed: Typed, names: Mapping[str, str], language: Language) -> str:
    path = str(field["name"])
    given = [one for one in typed.get(path, ()) if one]
    if not given:
        return "—"
    if field["sort"] == "thing":
        return "、".join(names.get(one) or one for one in given)
    if field["sort"] == "choice":
        words = {choice["value"]: choice[language] for choice in field["choices"]}
        return "、".join(words.get(one, one) for one in given)
    if field["sort"] == "flag":
        return _YES_NO.get(given[0], (given[0], given[0]))[language == "en"]
    told = " ".join(part for part in (given[0], first(typed, f"{path}@time")) if part)
    unit = unit_of(field["reads"], language)
    return f"{told} {unit}" if unit else told
