"""What the demonstration's warehouse lends: one thing that came back, one that is out, one that is long overdue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from api.demo.photos import digest, photo
from api.demo.step import CULTURE, MA, OFFICE, VETERANS, WAREHOUSE, Step, ref

PROJECTOR, SCREEN, PANELS = "便携式投影仪0126", "会议平板0311", "移动展板一组"


@dataclass(frozen=True, slots=True)
class _Lent:
    """`entered`, `asked`, `lent`: days; `due` and `returned` as well, the last where it came back."""

    name: str
    number: str
    code: str
    model: str
    value: str
    bought: str
    photo: str
    entered: str
    asked: str
    lent: str
    due: str
    borrower: str
    receiver: str
    purpose: str
    document: str
    returned: str = ""


_ALL: Final = (
    _Lent(
        PROJECTOR, "ZC-2020-0126", "A02020200", "4500 流明", "7600.00", "2020-11-03", "projector",
        "2024-06-12", "2025-03-17", "2025-03-20", "2025-04-30", CULTURE, MA, "文化惠民巡展开幕式", "银机管仓〔2025〕6号",
        returned="2025-04-28",
    ),
    _Lent(
        SCREEN, "ZC-2022-0311", "A02020800", "86 英寸", "23800.00", "2022-05-16", "screen",
        "2024-09-05", "2025-08-25", "2025-09-01", "2028-12-31", CULTURE, "白静", "全域旅游项目指挥部（临时机构）办公",
        "银机管仓〔2025〕19号",
    ),
    _Lent(
        PANELS, "ZC-2019-0208", "A05010602", "铝合金折叠，12 块", "5400.00", "2019-04-22", "panels",
        "2024-09-05", "2025-05-09", "2025-05-12", "2025-06-30", VETERANS, "丁国强", "退役军人就业招聘会",
        "银机管仓〔2025〕11号",
    ),
)  # fmt: skip


def loans() -> Iterator[Step]:
    for one in _ALL:
        yield from _taken_in(one)
        yield from _lent(one)
        if one.returned:
            yield _step(
                one,
                "take-back",
                f"{one.returned}T15:30:00+08:00",
                "归还验收",
                warehouse=ref(WAREHOUSE),
                shelf="A-01",
                grade="b",
            )


def _taken_in(one: _Lent) -> Iterator[Step]:
    photos = [digest(one.photo)]
    yield _step(
        one, "register", "2022-06-01", "资产入账", asset_number=one.number, asset_class=one.code, name=one.name,
        value=one.value, bought=one.bought, owner=ref(OFFICE), model=one.model,
    )  # fmt: skip
    yield _step(
        one, "request-entry", one.entered, "申请入仓", warehouse=ref(WAREHOUSE), reason="使用率低，交公物仓统筹",
        grade_claimed="b", photos=photos, files=(photo(one.photo),),
    )  # fmt: skip
    yield _step(
        one,
        "inspect",
        f"{one.entered}T10:00:00+08:00",
        "入仓查验",
        grade="b",
        photos=photos,
        note="外观完好，可正常使用",
    )
    yield _step(one, "accept", f"{one.entered}T11:00:00+08:00", "查验合格", warehouse=ref(WAREHOUSE), shelf="A-01")


def _lent(one: _Lent) -> Iterator[Step]:
    yield _step(
        one, "request-loan", one.asked, "申请借用", user="demo-ma", borrower=ref(one.borrower), purpose=one.purpose,
        wanted_until=one.due,
    )  # fmt: skip
    yield _step(
        one, "approve-loan", f"{one.asked}T14:00:00+08:00", "同意借用", user="demo-zhang", document=one.document
    )
    yield _step(one, "lend", f"{one.lent}T09:30:00+08:00", "交付借用", receiver=ref(one.receiver), due=one.due)


def _step(
    one: _Lent, command: str, effective: str, why: str, /, *, user: str = "demo-li", document: str | None = None,
    files: tuple[bytes, ...] = (), **arguments: Any,
) -> Step:  # fmt: skip
    return Step(
        command=f"items.{command}", subject=one.name, effective=effective, reason=why, document=document,
        arguments=arguments, user=user, files=files,
    )  # fmt: skip
