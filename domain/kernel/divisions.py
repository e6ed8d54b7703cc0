"""Administrative divisions, GB/T 2260: Ningxia by name, every other province by the shape of its codes."""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import Final

from domain.kernel.errors import InvalidValue

DIVISIONS: Final = MappingProxyType(
    {
        "640000": "宁夏回族自治区",
        "640100": "银川市",
        "640104": "兴庆区",
        "640105": "西夏区",
        "640106": "金凤区",
        "640121": "永宁县",
        "640122": "贺兰县",
        "640181": "灵武市",
        "640200": "石嘴山市",
        "640202": "大武口区",
        "640205": "惠农区",
        "640221": "平罗县",
        "640300": "吴忠市",
        "640302": "利通区",
        "640303": "红寺堡区",
        "640323": "盐池县",
        "640324": "同心县",
        "640381": "青铜峡市",
        "640400": "固原市",
        "640402": "原州区",
        "640422": "西吉县",
        "640423": "隆德县",
        "640424": "泾源县",
        "640425": "彭阳县",
        "640500": "中卫市",
        "640502": "沙坡头区",
        "640521": "中宁县",
        "640522": "海原县",
    }
)

_HOME = "64"
# The first two digits are those of a province, region or municipality.
_CODE = re.compile(r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])[0-9]{4}")


class DivisionInvalid(InvalidValue):
    code = "division-invalid"
    field = "division"
    zh = "“{given}”不是行政区划代码。请填写 6 位数字，前两位为省级代码（宁夏为 64）。"
    en = "{given!r} is not a division code. Enter 6 digits that begin with a province's (64 for Ningxia)."


class DivisionUnknown(InvalidValue):
    code = "division-unknown"
    field = "division"
    zh = "宁夏没有行政区划代码“{given}”。请核对，例如兴庆区为 640104。"
    en = "Ningxia has no division {given!r}. Check the code; Xingqing district, for example, is 640104."


def division(text: str) -> str:
    """Accept any six-digit code of a Chinese province; of Ningxia only those that exist."""
    code = unicodedata.normalize("NFKC", text).strip()
    if not _CODE.fullmatch(code):
        raise DivisionInvalid(given=text)
    if code.startswith(_HOME) and code not in DIVISIONS:
        raise DivisionUnknown(given=text)
    return code


def parent_division(code: str) -> str | None:
    """Name the division one level up: county → prefecture → province → none."""
    if code.endswith("0000"):
        return None
    return f"{code[:2]}0000" if code.endswith("00") else f"{code[:4]}00"


def prefix(code: str) -> str:
    """A code without the zeros that stand for all parts of a division: every code below it begins with this."""
    while len(code) > len(_HOME) and code.endswith("00"):
        code = code[:-2]
    return code
