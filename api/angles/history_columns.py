"""Changes as a table: one a row, what it changed in one cell, line by line in words."""

from __future__ import annotations

from operator import itemgetter
from typing import Final

from api.angles.asking import kind_words
from api.exports.cells import OF_IDS, OF_NAMES, OF_SENTENCES, OF_WORDS, Column, Row, moment, number, plain
from projections.queries import sentences
from projections.queries.history import Change
from projections.queries.telling import event_words
from projections.queries.words.values import Names


def row_of(change: Change, names: Names) -> Row:
    row = change.row
    return {
        **row,
        "label": names[str(row["asset"])],
        "words": event_words(row["topic"], row["stated"]),
        "changed": sentences.changed(change, names),
        "besides": sentences.besides(change, names),
        "documents": change.documents,
    }


COLUMNS: Final = (
    number("日志位置", "Position", "position"),
    moment("登记时间", "Recorded", "recorded_at"),
    moment("生效时间", "Effective", "effective"),
    Column("种类", "Kind", lambda row: kind_words(row["kind"])),
    Column("对象", "Thing", itemgetter("label"), OF_NAMES),
    Column("对象编号", "Thing id", itemgetter("asset"), OF_IDS, is_id=True),
    Column("事项", "Event", itemgetter("words"), OF_WORDS),
    Column("事项代码", "Event code", lambda row: row["stated"] or row["topic"], OF_IDS, is_id=True),
    Column("变更前后", "Before and after", itemgetter("changed"), OF_SENTENCES),
    Column("其他内容", "Besides", itemgetter("besides"), OF_SENTENCES),
    plain("经办人", "Actor", "actor"),
    plain("经办单位", "Unit", "unit"),
    plain("角色", "Role", "role"),
    plain("原因", "Reason", "reason", OF_NAMES),
    Column("依据文件", "Documents", lambda row: [one["number"] for one in row["documents"]], OF_NAMES),
    Column("附件摘要", "Digests", lambda row: [one["digest"] or "" for one in row["documents"]], OF_IDS, is_id=True),
    number("更正了", "Corrects", "corrects"),
    number("被更正于", "Corrected by", "overtaken"),
)
