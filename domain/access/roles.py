"""The roles that an account can be given."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from domain.kernel.labels import Term


class Role(Term):
    PREMISES_OFFICER = "premises-officer", "房产管理员", "premises officer"
    DISPATCHER = "dispatcher", "调度员", "dispatcher"
    DRIVER = "driver", "驾驶员", "driver"
    KEEPER = "keeper", "公物仓管理员", "warehouse keeper"
    UNIT_CLERK = "unit-clerk", "使用单位管理员", "unit clerk"
    APPROVER = "approver", "审批人", "approver"
    FINANCE = "finance", "财政监管", "finance supervisor"
    DISCIPLINE = "discipline", "纪检监察", "discipline inspector"
    AUDITOR = "auditor", "审计", "auditor"
    LEADER = "leader", "领导", "leader"
    DEVICE = "device", "定位终端", "positioning device"
    SYSTEM_ADMINISTRATOR = "system-administrator", "系统管理员", "system administrator"
    SECURITY_ADMINISTRATOR = "security-administrator", "安全管理员", "security administrator"
    AUDIT_ADMINISTRATOR = "audit-administrator", "审计管理员", "audit administrator"


ADMINISTRATORS: Final = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR})
"""Three people: an account that has one of these has no other role at all."""

BY_NAME: Final = MappingProxyType({str(role): role for role in Role})
"""As grants name them."""
