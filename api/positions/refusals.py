"""What is refused about positions as a whole; of single lines the report tells."""

from __future__ import annotations

from api.refusals import Faulty
from domain.kernel.errors import Refusal


class PeriodTooLong(Refusal):
    code = "period-too-long"
    zh = "起止时间应先后有序，最长 {days} 天。请缩短时段。"
    en = "The period must begin before it ends and last {days} days at most. Choose a shorter one."
    field = "query.from"


class PositionsRefused(Faulty):
    code = "positions-refused"
    zh = "没有一条位置可以接收，请按 errors 中的提示改正。"
    en = "None of the positions could be taken; errors says what to correct, and where."
