"""Changes as a table: one a row, what it changed in one cell, line by line in words."""

from __future__ import annotations

from typing import Any, Final

from api.angles_asking import kind_words
from api.exports_cells import OF_IDS, OF_NAMES, OF_SENTENCES, Column, Row, moment, number, plain, worded


def _changes(row: Row) -> tuple[str, str]:
    """Every facet: what held before, and what has held since."""
    return _joined([(_change(one, "zh"), _change(one, "en")) for one in row["changes"]])


def _change(told: dict[str, Any], lang: str) -> str:
    member = told[f"member_{lang}"]
    of = (
        f"{told[lang]}（{member}）" if member and lang == "zh" else f"{told[lang]} ({member})" if member else told[lang]
    )
    said = f"{told['before'][lang]} → {told['after'][lang]}"
    return f"{of}：{said}" if lang == "zh" else f"{of}: {said}"


def _details(row: Row) -> tuple[str, str]:
    return _joined([(_detail(one, "zh"), _detail(one, "en")) for one in row["details"]])


def _detail(told: dict[str, Any], lang: str) -> str:
    before, said = told["instead_of"], told["said"][lang]
    value = said if before is None else f"{before[lang]} → {said}"
    return f"{told[lang]}：{value}" if lang == "zh" else f"{told[lang]}: {value}"


def _joined(lines: list[tuple[str, str]]) -> tuple[str, str]:
    return "；".join(zh for zh, _ in lines), "; ".join(en for _, en in lines)


COLUMNS: Final = (
    number("日志位置", "Position", "position"),
    moment("登记时间", "Recorded", "recorded_at"),
    moment("生效时间", "Effective", "effective"),
    Column("种类", "Kind", lambda row: kind_words(row["asset"]["kind"])),
    Column("对象", "Thing", lambda row: row["asset"]["label"], OF_NAMES),
    Column("对象编号", "Thing id", lambda row: row["asset"]["id"], OF_IDS, is_id=True),
    worded("事项", "Event"),
    Column("事项代码", "Event code", lambda row: row["stated"] or row["topic"], OF_IDS, is_id=True),
    Column("变更前后", "Before and after", _changes, OF_SENTENCES),
    Column("其他内容", "Besides", _details, OF_SENTENCES),
    plain("经办人", "Actor", "actor"),
    plain("经办单位", "Unit", "unit"),
    plain("角色", "Role", "role"),
    plain("原因", "Reason", "reason", OF_NAMES),
    Column("依据文件", "Documents", lambda row: [one["number"] for one in row["documents"]], OF_NAMES),
    Column("附件摘要", "Digests", lambda row: [one["digest"] or "" for one in row["documents"]], OF_IDS, is_id=True),
    number("更正了", "Corrects", "corrects"),
    number("被更正于", "Corrected by", "overtaken"),
)
