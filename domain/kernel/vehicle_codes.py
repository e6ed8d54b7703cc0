"""Number plates and vehicle identification numbers, as people type them and as the registry keeps them."""

from __future__ import annotations

import re
import string
import unicodedata

from domain.kernel.errors import InvalidValue

# Dots between city and serial as keyboards offer them, spaces, hyphens, and what comes unseen with a paste.
_FILLERS = re.compile(r"[\s·•∙⋅‧・.。\-\u200b\u2060\ufeff]")
_UPPER = str.maketrans(string.ascii_lowercase, string.ascii_uppercase)  # str.upper() turns ß into SS

_PROVINCE = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
_LETTER = "[A-HJ-NP-Z]"
_ORDINARY = re.compile(f"{_PROVINCE}{_LETTER}[A-HJ-NP-Z0-9]{{4}}[A-HJ-NP-Z0-9挂学警港澳]")
_NEW_ENERGY = re.compile(
    f"{_PROVINCE}{_LETTER}(?:[A-HJK][A-HJ-NP-Z0-9][0-9]{{4}}"  # small
    f"|[0-9]{{5}}[A-HJK])"  # large
)

_VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_VIN_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789", strict=True)) | {
    d: d for d in "0123456789"
}
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN_CHECK = 8  # the ninth character


class PlateInvalid(InvalidValue):
    code = "plate-invalid"
    field = "plate"
    zh = "“{given}”不是有效的号牌号码。请按行驶证填写，例如 宁A12345 或 宁AD12345（新能源）；字母 I 和 O 不用于号牌。"
    en = (
        "{given!r} is not a number plate. Enter it as on the vehicle licence, for example 宁A12345 or "
        "宁AD12345 (new energy); plates have no letters I and O."
    )


class VinInvalid(InvalidValue):
    code = "vin-invalid"
    field = "vin"
    zh = "“{given}”不是车辆识别代号（VIN）：应为 17 位字母和数字，不含 I、O、Q，现为 {length} 位。请按行驶证核对。"
    en = (
        "{given!r} is not a vehicle identification number: that has 17 letters and digits without I, O and "
        "Q, and this has {length} characters. Check it against the vehicle licence."
    )


class VinCheckDigitWrong(InvalidValue):
    code = "vin-check-digit-wrong"
    field = "vin"
    zh = "车辆识别代号 {vin} 的第 9 位校验位应为 {expected}，现为 {found}。请按行驶证逐位核对。"
    en = (
        "Vehicle identification number {vin} has {found} as its ninth character, but the others call for "
        "{expected}. Check every character against the vehicle licence."
    )


def plate(text: str) -> str:
    """Normalise a plate to the form without dot; ordinary or new energy."""
    code = _squeezed(text)
    if not (_ORDINARY.fullmatch(code) or _NEW_ENERGY.fullmatch(code)):
        raise PlateInvalid(given=text)
    return code


def is_new_energy(plate: str) -> bool:
    """Tell a new-energy plate (one character longer) from an ordinary one; takes the normalised form."""
    return _NEW_ENERGY.fullmatch(plate) is not None


def vin(text: str) -> str:
    """Normalise a VIN and verify its check digit (GB 16735)."""
    code = _squeezed(text)
    if not _VIN.fullmatch(code):
        raise VinInvalid(given=text, length=len(code))
    expected = _vin_check_digit(code)
    if code[_VIN_CHECK] != expected:
        raise VinCheckDigitWrong(vin=code, expected=expected, found=code[_VIN_CHECK])
    return code


def _vin_check_digit(code: str) -> str:
    total = sum(int(_VIN_VALUES[char]) * weight for char, weight in zip(code, _VIN_WEIGHTS, strict=True))
    return "0123456789X"[total % 11]


def _squeezed(text: str) -> str:
    """Full-width forms to half-width, letters to capitals, and no filler in between."""
    return _FILLERS.sub("", unicodedata.normalize("NFKC", text)).translate(_UPPER)
