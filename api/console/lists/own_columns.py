"""The columns of the list whose rows are of no kind: of the history as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from api.console.kinds import HISTORY

Sort: TypeAlias = Literal["text", "moment", "thing", "kind", "changes", "role", "documents", "log"]


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """`sort`: how its values are shown."""

    name: str
    zh: str
    en: str
    sort: Sort = "text"

    @property
    def align(self) -> str:
        return {"moment": "day", "log": "number"}.get(self.sort, "")


OWN: Final[Mapping[str, Mapping[str, OwnColumn]]] = {
    HISTORY.name: {one.name: one for one in (
        OwnColumn("recorded_at", "登记时间", "Recorded", "moment"),
        OwnColumn("effective", "生效时间", "Effective", "moment"),
        OwnColumn("kind", "种类", "Kind", "kind"),
        OwnColumn("asset", "对象", "Thing", "thing"),
        OwnColumn("changes", "变更前后", "Before and after", "changes"),
        OwnColumn("actor", "经办人", "By whom"),
        OwnColumn("unit", "经办单位", "For which unit"),
        OwnColumn("role", "角色", "Role", "role"),
        OwnColumn("reason", "原因", "Reason"),
        OwnColumn("documents", "依据文件", "Documents", "documents"),
        OwnColumn("position", "账册位置", "Place in the log", "log"),
    )},
}  # fmt: skip

AT_FIRST: Final[Mapping[str, Sequence[str]]] = {
    HISTORY.name: ("recorded_at", "asset", "changes", "actor", "reason", "documents"),
}
