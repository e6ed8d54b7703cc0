"""Problems of the operator: something outside the program must change before it can go on.

Each is a type with data and says in Chinese and English what is wrong and what to do. The command line prints them and
exits with 1; none of them is a bug, so none is shown as a traceback.
"""

from __future__ import annotations

from typing import ClassVar


class Problem(Exception):
    """Base of everything that the person at the console can put right."""

    zh: ClassVar[str] = "无法继续。"
    en: ClassVar[str] = "Cannot go on."

    def __init__(self, **data: object) -> None:
        self.data = data
        super().__init__(self.message_en)

    @property
    def message_zh(self) -> str:
        return self.zh.format(**self.data)

    @property
    def message_en(self) -> str:
        return self.en.format(**self.data)
