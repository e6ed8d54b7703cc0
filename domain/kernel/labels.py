"""Closed lists of terms: a stable stored value, and the words that a bureau and an English reader use for it."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A member is written `NAME = "stored-value", "中文", "English"`; only the first is stored, for ever."""

    zh: str
    en: str

    def __new__(cls, value: str, zh: str, en: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        member.en = en
        return member
