"""What a page of figures is asked for in its address: broken down by what, which figure, of which values, against which day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from fastapi import Request

from api.console.asking import Refused
from api.console.pages import Page

YEAR: Final = "year"
MOST_CLOSED: Final = 16
"""A list of more values than these is no choice on a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """`subject`: as the API tells of it. `filters`: as they go to the API. `against`: the other day, or none."""

    subject: Mapping[str, Any]
    subjects: list[Mapping[str, Any]]
    by: tuple[str, ...]
    measure: str
    filters: dict[str, list[str]]
    against: str
    is_yearly: bool
    """Not broken down, but followed through the years."""

    @property
    def name(self) -> str:
        return str(self.subject["subject"])

    @property
    def address(self) -> dict[str, Any]:
        """The parameters of the page's own address; the same again leads to the same page."""
        first, second = (YEAR, "") if self.is_yearly else (*self.by, "", "")[:2]
        return {**self.filters, "by": first, "then": second, "measure": self.measure, "against": self.against}

    @property
    def dimensions(self) -> list[Mapping[str, Any]]:
        return list(self.subject["dimensions"])

    @property
    def choices(self) -> list[Mapping[str, Any]]:
        """What can be chosen from a short list, with what is chosen of it."""
        return [
            {**one, "chosen": self.filters.get(one["name"], [""])[0]}
            for one in self.dimensions
            if 0 < len(one["values"]) <= MOST_CLOSED
        ]

    @property
    def others(self) -> dict[str, list[str]]:
        """Filters that no list on the page can show: a unit that one came from, those without a value."""
        shown = {one["name"] for one in self.choices}
        return {name: values for name, values in self.filters.items() if name not in shown}


async def asked_of(page: Page, subject: str) -> Asked:
    """What the address asks; what there is none of falls back to the usual, as a link of last year might ask for it."""
    subjects = (await page.api.get("/v1/statistics"))["subjects"]
    found = next((one for one in subjects if one["subject"] == subject), None)
    if found is None:
        raise Refused(404, NO_SUCH)
    names = [one["name"] for one in found["dimensions"]]
    given = page.request.query_params
    usual = "" if "by" in given else _usual(found["dimensions"])
    chosen = () if given.get("by") == YEAR else (given.get("by", usual), given.get("then", ""))
    by = dict.fromkeys(name for name in chosen if name in names)
    measure = given.get("measure", "")
    return Asked(
        subject=found,
        subjects=subjects,
        by=tuple(by),
        measure=measure if measure in found["measures"] else next(iter(found["measures"])),
        filters=filters_of(page.request, names),
        against=given.get("against", ""),
        is_yearly=given.get("by") == YEAR,
    )


def _usual(dimensions: list[Mapping[str, Any]]) -> str:
    """What figures are broken down by where nobody said: the first short list, so that the page begins with a picture."""
    return next((str(one["name"]) for one in dimensions if 0 < len(one["values"]) <= MOST_CLOSED), "")


def filters_of(request: Request, names: list[str]) -> dict[str, list[str]]:
    """The values that figures or rows are narrowed to, as the API takes them."""
    taken = {*names, *(f"{name}.none" for name in names), "unit.subtree", "idle_before"}
    found: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        if name in taken and value:
            found.setdefault(name, []).append(value)
    return found


NO_SUCH: Final = {
    "status": 404,
    "code": "not-found",
    "detail": "没有这种统计，或者您的角色不能查看。请从左侧“统计”进入。",
    "detail_en": "There are no such figures, or none that your role shows. Begin at “Statistics” in the menu.",
}
