"""Public codes: each function takes what a person typed and returns the one stored form, or refuses.

Vehicles and divisions have files of their own; everything is imported from here.
"""

from __future__ import annotations

import re
import string
import unicodedata
from types import MappingProxyType
from typing import Final

from domain.kernel.divisions import DIVISIONS, DivisionInvalid, DivisionUnknown, division, parent_division
from domain.kernel.errors import InvalidValue, Notice
from domain.kernel.vehicle_codes import (
    PlateInvalid,
    VinCheckDigitWrong,
    VinInvalid,
    is_new_energy,
    plate,
    vin,
)

__all__ = [
    "ASSET_CLASSES",
    "DIVISIONS",
    "AssetClassInvalid",
    "CertificateNumberInvalid",
    "CreditCodeSuspect",
    "DigestInvalid",
    "DivisionInvalid",
    "DivisionUnknown",
    "EstateUnitCodeInvalid",
    "PlateInvalid",
    "VinCheckDigitWrong",
    "VinInvalid",
    "asset_class",
    "asset_class_name",
    "certificate_number",
    "credit_code_is_valid",
    "division",
    "estate_unit_code",
    "is_new_energy",
    "parent_division",
    "plate",
    "sha256_digest",
    "vin",
]

# GB/T 14885-2022: the eight families, and the classes an affairs bureau meets most. A02030000 is not
# confirmed from the published text.
ASSET_CLASSES: Final = MappingProxyType(
    {
        "A01000000": "房屋和构筑物",
        "A01010100": "办公用房",
        "A02000000": "设备",
        "A02010104": "服务器",
        "A02010105": "台式计算机",
        "A02010108": "便携式计算机",
        "A02010200": "网络设备",
        "A02021000": "打印机",
        "A02021301": "碎纸机",
        "A02030000": "车辆",
        "A02061804": "空调机",
        "A03000000": "文物和陈列品",
        "A04000000": "图书和档案",
        "A05000000": "家具和用具",
        "A05010301": "办公椅",
        "A05010303": "会议椅",
        "A05010501": "书柜",
        "A05010502": "文件柜",
        "A06000000": "特种动植物",
        "A07000000": "物资",
        "A08000000": "无形资产",
    }
)

_UPPER = str.maketrans(string.ascii_lowercase, string.ascii_uppercase)
_ASSET_CLASS = re.compile(r"A[0-9]{8}")
_ESTATE_UNIT = re.compile(r"[0-9]{12}[A-Z]{2}[0-9]{5}[FLQW][0-9]{8}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LONGEST_CERTIFICATE_NUMBER = 100

_CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_CODE = re.compile(f"[{_CREDIT_CHARACTERS}]{{18}}")


class CreditCodeSuspect(Notice):
    """A warning and never a refusal: old codes may fail the check and are still in force."""

    code = "credit-code-suspect"
    zh = "统一社会信用代码“{given}”未通过校验（GB 32100）。请与登记证书核对；旧代码可能不符，已照录。"
    en = (
        "The unified social credit code {given!r} fails its check (GB 32100). Compare it with the "
        "certificate; old codes may fail, and it was recorded as given."
    )


class AssetClassInvalid(InvalidValue):
    code = "asset-class-invalid"
    field = "asset_class"
    zh = (
        "“{given}”不是资产分类代码（GB/T 14885-2022）。请填写字母 A 加 8 位数字，"
        "例如 A02010105；2010 版的 7 位代码请先转换。"
    )
    en = (
        "{given!r} is not an asset class (GB/T 14885-2022). Enter the letter A and 8 digits, for example "
        "A02010105; convert the 7-digit codes of 2010 first."
    )


class EstateUnitCodeInvalid(InvalidValue):
    code = "estate-unit-code-invalid"
    field = "parcel"
    zh = (
        "“{given}”不是不动产单元代码，现为 {length} 位。请按不动产权证书填写 28 位，"
        "例如 640104 001001 GB00001 F00010001。"
    )
    en = (
        "{given!r} is not a real-estate unit code; it has {length} characters. Enter the 28 on the title "
        "certificate, for example 640104 001001 GB00001 F00010001."
    )


class CertificateNumberInvalid(InvalidValue):
    code = "certificate-number-invalid"
    field = "certificate"
    zh = "证书编号应为 1 至 {limit} 个可见字符，现为 {length} 个或含换行等控制字符。请按证书填写。"
    en = (
        "A certificate number has 1 to {limit} visible characters; this has {length}, or a line break or "
        "other control character among them. Enter it as on the certificate."
    )


class DigestInvalid(InvalidValue):
    code = "digest-invalid"
    zh = "“{given}”不是 SHA-256 摘要。请提供 64 位小写十六进制数。"
    en = "{given!r} is not a SHA-256 digest. Give 64 lower-case hexadecimal digits."


def credit_code_is_valid(code: str) -> bool:
    """Tell whether a unified social credit code has the right form and last character (GB 32100-2015)."""
    if not _CREDIT_CODE.fullmatch(code):
        return False
    total = sum(_CREDIT_CHARACTERS.index(char) * pow(3, place, 31) for place, char in enumerate(code[:17]))
    return code[17] == _CREDIT_CHARACTERS[-total % 31]


def asset_class(text: str) -> str:
    """Normalise an asset class; any well-formed code is taken, because the standard grows."""
    code = _compact(text)
    if not _ASSET_CLASS.fullmatch(code):
        raise AssetClassInvalid(given=text)
    return code


def asset_class_name(code: str) -> str | None:
    """Name a class, or the nearest group above it that has a name."""
    groups = (code[:length].ljust(9, "0") for length in (9, 7, 5, 3))
    return next((ASSET_CLASSES[group] for group in groups if group in ASSET_CLASSES), None)


def estate_unit_code(text: str) -> str:
    """Normalise a 28-character real-estate unit code, which certificates print in groups."""
    code = _compact(text)
    if not _ESTATE_UNIT.fullmatch(code):
        raise EstateUnitCodeInvalid(given=text, length=len(code))
    return code


def certificate_number(text: str) -> str:
    """Normalise a certificate number: free text, for old house and land certificates had no one form."""
    number = unicodedata.normalize("NFKC", text).strip()
    if not 1 <= len(number) <= _LONGEST_CERTIFICATE_NUMBER or not number.isprintable():
        raise CertificateNumberInvalid(limit=_LONGEST_CERTIFICATE_NUMBER, length=len(number))
    return number


def sha256_digest(text: str) -> str:
    """Accept a digest only in the one form that compares equal everywhere."""
    if not _SHA256.fullmatch(text):
        raise DigestInvalid(given=text)
    return text


def _compact(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_UPPER)
