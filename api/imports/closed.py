"""Words of closed lists in cells: yes and no, terms of the domain in both languages, codes of published lists or their names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from api.imports import words
from api.imports.cells import Reader, Unreadable, Value, code, key, shown
from domain.kernel.codes import ASSET_CLASSES
from domain.kernel.divisions import DIVISIONS
from domain.kernel.labels import Term

_YES: Final = frozenset(["是", "有", "√", "✓", "☑", "对", "真", "y", "yes", "true", "1"])
_NO: Final = frozenset(["否", "无", "没有", "×", "✗", "x", "☐", "错", "假", "n", "no", "false", "0"])


def flag(value: Value) -> bool:
    said = key(value)
    if said not in _YES | _NO:
        raise Unreadable(f"“{shown(value)}”应为 是 或 否。", f"“{shown(value)}” must be 是/yes or 否/no.")
    return said in _YES


def term(closed: type[Term]) -> Reader:
    """A word of a closed list: in Chinese, in English, or as it is stored."""
    known = {
        key(word): one.value
        for one in closed
        for word in (*words.ALSO_TERMS.get(one.zh, ()), *_shorter(one.zh), one.value, one.en, one.zh)
    }

    def read(value: Value) -> str:
        found = known.get(key(value))
        if found is None:
            raise _not_in_list(value, [one.zh for one in closed], [one.en for one in closed])
        return found

    return read


def _shorter(word: str) -> list[str]:
    return [
        word.removesuffix(ending) for ending in words.ENDINGS if word.endswith(ending) and len(word) > len(ending) + 1
    ]


def named(by_code: dict[str, str], zh: str, en: str) -> Reader:
    """A code of a published list, or its name there, perhaps after that of what it lies in."""
    codes: dict[str, list[str]] = {}
    for known, name in by_code.items():
        above = by_code.get(f"{known[:4]}00", "")
        for called in {key(name), key(above + name)}:
            codes.setdefault(called, []).append(known)

    def read(value: Value) -> str:
        said = code(value)
        found = codes.get(key(value), [said])
        if len(found) > 1:
            raise Unreadable(
                f"{zh}“{said}”不止一个（{'、'.join(found)}），请填代码。",
                f"There is more than one {en} “{said}” ({', '.join(found)}): enter the code.",
            )
        return found[0]

    return read


division: Final = named(dict(DIVISIONS), "区划", "division")
asset_class: Final = named(dict(ASSET_CLASSES), "资产分类", "asset class")

_MOST_SHOWN: Final = 12


def _not_in_list(value: Value, zh: Iterable[str], en: Iterable[str]) -> Unreadable:
    said, listed_zh, listed_en = shown(value), list(zh)[:_MOST_SHOWN], list(en)[:_MOST_SHOWN]
    return Unreadable(
        f"“{said}”不在可选范围内。可填：{'、'.join(listed_zh)}。",
        f"“{said}” is not one of the choices: {', '.join(listed_en)}.",
    )
