"""The first letters of Chinese words as they are read (pinyin): 登记房间 is djfj, as people type it who do not want to choose characters."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from typing import Final

# GB 2312 orders its first 3,755 characters as they are read: where each first letter begins. The rest is ordered by strokes.
_BEGIN: Final = (
    0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC, 0xC2E8, 0xC4C3, 0xC5B6, 0xC5BE,
    0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9, 0xD4D1,
)  # fmt: skip
_LETTERS: Final = "abcdefghjklmnopqrstwxyz"
_LAST: Final = 0xD7F9


@cache
def initials(text: str) -> str:
    """A letter for each character that has one; other characters as they are, in lower case."""
    return "".join(map(_initial, text)).lower()


def _initial(character: str) -> str:
    code = int.from_bytes(character.encode("gb2312", "ignore"), "big")
    return _LETTERS[bisect_right(_BEGIN, code) - 1] if _BEGIN[0] <= code <= _LAST else character
