"""What pages are put together from, on a page of its own: every part with its name, its states and when to use it."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any, Final

from fastapi import Request
from fastapi.responses import Response

from api.badges import COLUMNS
from api.console.charts import Bar, Part, bars, heights, share, tone
from api.console.kinds import KINDS
from api.console.pages import Page, Pages
from projections.queries.listed import LISTED

COLOURS: Final = (
    ("paper", "纸面", "Paper"),
    ("sheet", "卡片", "Sheet"),
    ("sunk", "凹陷", "Sunk"),
    ("ink", "正文", "Ink"),
    ("soft", "次要文字", "Soft text"),
    ("edge", "分隔线", "Edge"),
    ("rim", "输入框边", "Rim of fields"),
    ("accent", "主色", "Accent"),
    ("good", "正常", "Good"),
    ("past", "待办、过去", "Waiting, past"),
    ("wrong", "有问题", "Wrong"),
    *((f"c{number}", f"图表 {number}", f"Chart {number}") for number in range(1, 9)),
)

SECTIONS: Final = (
    ("type", "文字", "Type"),
    ("colour", "颜色", "Colours"),
    ("press", "按钮", "Buttons"),
    ("fill-in", "填写", "Fields"),
    ("states", "状态", "States"),
    ("tables", "表格", "Tables"),
    ("charts", "图表", "Charts"),
    ("messages", "提示", "Messages"),
    ("drawers", "折叠与侧栏", "Drawers"),
    ("changes", "变更与对比", "Changes"),
    ("progress", "进度", "Progress"),
    ("none", "空白", "Empty places"),
)
EMPTIES: Final = (
    ("box", "还没有登记", "Nothing yet"),
    ("search", "没有找到", "Nothing found"),
    ("calm", "没有待办", "Nothing waits for you"),
    ("lock", "这一页打不开", "Not for you"),
    ("lost", "没有这一页", "No such page"),
    ("paper", "没有文件", "No documents"),
)
FAULT: Final = {
    "zh": "应大于 0，最多两位小数。请核对图纸。",
    "en": "Must be more than 0, with two decimals at most. Check the drawing.",
}
"""What the API answers of a field, as an example."""

router = Pages()


@router.get("/design", operation_id="page.design")
async def design(request: Request) -> Response:
    page = Page(request)
    await page.enter()
    return page.show(
        "design.html",
        colours=COLOURS,
        sections=SECTIONS,
        empties=EMPTIES,
        fault=FAULT,
        charts=_charts(page),
        badges=_states(),
    )


def _charts(page: Page) -> dict[str, Any]:
    """One of each kind, with figures that nobody registered."""
    offices, halls = page.say("办公室", "Offices"), page.say("会议室", "Meeting rooms")
    part = partial(Part, href="#charts")
    years = [Decimal(value) for value in (310, 340, 335, 420)]
    return {
        "bars": bars(
            [
                Bar(label=offices, parts=(part(name="", value=Decimal(86)),), limit=Decimal(80)),
                Bar(label=halls, parts=(part(name="", value=Decimal(24)),), limit=Decimal(40)),
            ]
        ),
        "stacked": bars(
            [
                Bar(
                    label=page.say("银川市", "Yinchuan"),
                    parts=(part(name=offices, value=Decimal(60)), part(name=halls, value=Decimal(20), tone=tone(1))),
                ),
                Bar(
                    label=page.say("固原市", "Guyuan"),
                    parts=(part(name=offices, value=Decimal(30)), part(name=halls, value=Decimal(5), tone=tone(1))),
                ),
            ]
        ),
        "share": share([part(name=offices, value=Decimal(75)), part(name=halls, value=Decimal(25), tone=tone(1))]),
        "columns": [
            {"label": str(2023 + number), "value": value, "height": height, "href": "#charts"}
            for number, (value, height) in enumerate(zip(years, heights(years), strict=True))
        ],
    }


def _states() -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """Every state that a thing can be in, list by list: of what, and each value with its words."""
    return [
        (f"{kind.zh}·{column.zh}", f"{kind.en}: {column.en}", [(one.value, one.zh, one.en) for one in column.term])
        for kind in KINDS.values()
        for name, column in LISTED[kind.name].items()
        if name in COLUMNS and column.term is not None
    ]
