"""What can be allowed besides reading things of a kind and sending a command: a right each."""

from __future__ import annotations

from typing import Final

from domain.kernel.labels import Term


class Right(Term):
    STATISTICS = "statistics", "统计", "figures"
    EXPORT = "export", "导出", "export lists"
    FEED = "feed", "事件订阅", "follow the event feed"
    LOG = "log", "原始账册", "read stored events"
    CASES = "cases", "调查视图", "open investigations"
    ATTACH = "attach", "上传附件", "upload attachments"
    FILES = "files", "查看附件", "read attachments"
    NAMES = "names", "人员姓名", "see people's names"
    PERSONAL = "personal", "个人信息", "see telephone and identity numbers"
    MASKED = "masked", "涉密车辆位置", "see where secret-work vehicles are"
    TRACKS = "tracks", "行车轨迹", "see where vehicles went"
    REPORT = "report", "上报定位", "report positions"
    OPERATE = "operate", "系统运行", "watch over views and cases"
    ACCOUNTS = "accounts", "账号管理", "make and close accounts"
    GRANTS = "grants", "授权管理", "give and take roles"
    RECORDS = "records", "审计记录", "read and review the records of access"


RECORDED: Final = frozenset({Right.PERSONAL, Right.MASKED, Right.TRACKS, Right.LOG, Right.CASES, Right.RECORDS})
"""Whoever uses one of these leaves a record, before the answer is given."""

NEVER_BY_TOKEN: Final = frozenset({Right.ACCOUNTS, Right.GRANTS})
"""No token carries these on: a token is held by a program, and who may do what is changed by people."""
