"""Why there is no tile of a base map."""

from __future__ import annotations

from api.refusals import NotThere
from domain.kernel.errors import Refusal


class BaseUnknown(NotThere):
    zh = "没有名为 {name} 的底图。可用的见 /v1/map/bases。"
    en = "There is no base map {name}. Those there are stand at /v1/map/bases."


class BaseTileUnknown(NotThere):
    zh = "底图 {name} 没有第 {z} 级瓦片 {x}/{y}。"
    en = "The base map {name} has no tile {x}/{y} at zoom {z}."


class BaseUnreachable(Refusal):
    code = "base-unreachable"
    zh = "底图 {name} 取不到瓦片（{why}）。地图其余内容不受影响；请管理员检查底图设置、密钥和网络。"
    en = "The base map {name} gives no tile ({why}). Everything else on the map is unaffected; an administrator should check its settings, key and network."
