"""Why a thing cannot be shown from any angle: it is another kind of thing, or was not there to be known."""

from __future__ import annotations

from api.refusals import NotThere
from domain.kernel.errors import Refusal


class OfAnotherKind(NotThere):
    code = "of-another-kind"
    zh = "编号 {id} 是{actual_zh}，不是{zh}。请到 /v1/{kind}/{id} 查看。"
    en = "{id} is a {actual_en}, not a {en}. See /v1/{kind}/{id}."
    field = "id"


class NotYetRecorded(NotThere):
    """It is there today, and was not yet by what is asked about."""

    code = "not-yet-recorded"
    zh = "截至日志位置 {known}，{zh} {id} 尚未登记：它登记于位置 {recorded}（{recorded_at}）。请改用更晚的 known。"
    en = "Up to position {known} of the log, {en} {id} was not recorded yet: that was at {recorded} ({recorded_at}). Ask with a later known."
    field = "query.known"


class NotInCase(NotThere):
    code = "not-in-case"
    zh = "调查视图“{case}”中没有{zh} {id}。不写 case 可查看当前视图。"
    en = "The case “{case}” has no {en} {id}. Without case, the live view is read."
    field = "query.case"


class NotYetShown(NotThere):
    """In the log, and not in the view: it is a moment behind, or stands still before an event that it cannot read."""

    code = "not-yet-shown"
    zh = "{zh} {id} 已登记，视图（位置 {position}）尚未更新到。请稍后重试，或用 after 等待。"
    en = "{en} {id} is recorded, and the view (at {position}) does not show it yet. Try again, or wait with after."


class AreaUnclear(Refusal):
    code = "area-unclear"
    zh = "请用 bbox、division、compound 三者之一说明范围。"
    en = "Say which area is meant by one of bbox, division and compound."
    field = "query.bbox"


class BoxImpossible(Refusal):
    code = "box-impossible"
    zh = "“{given}”不是可能的经纬度范围。请按 西,南,东,北 填写，西小于东，南小于北。"
    en = "{given!r} is not a possible box. Write west,south,east,north, west before east and south before north."
    field = "query.bbox"
