"""Cells that hold no value: what a formula came to when it went wrong, and formulas that no spreadsheet has worked out yet."""

from __future__ import annotations

import re
from typing import Final

from api.imports.cells import Unreadable, Value

_ERROR: Final = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|GETTING_DATA)")


def require_value(cell: Value) -> None:
    if isinstance(cell, str) and _ERROR.fullmatch(cell.strip()):
        raise Unreadable(
            f"这一格的公式出错了（{cell.strip()}）。请在表格里改好公式，或直接填上内容。",
            f"The formula of this cell went wrong ({cell.strip()}). Mend it in the spreadsheet, or enter the content itself.",
        )
    if isinstance(cell, str) and len(cell) > 1 and cell.startswith("="):
        raise Unreadable(
            "这一格是公式，文件里没有它的结果。请用 Excel 或 WPS 打开并保存后再上传，或直接填上内容。",
            "This cell is a formula whose result is not in the file. Open and save it in Excel or WPS, or enter the content itself.",
        )
