"""The policy as the documents print it. `python -m tests.policy_table` writes it into them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from domain.access.policy import DECISIONS, KINDS, POLICY, Allowed
from domain.access.rights import RECORDED, Right
from domain.access.roles import Role
from domain.catalogue import AGGREGATES, COMMANDS

DOCS = Path(__file__).parents[1] / "docs"
DOCUMENTS = {"en": DOCS / "security.md", "zh": DOCS / "security.zh-CN.md"}
BEGIN, END = "checked by tests/test_security_documents.py -->\n", "<!-- /policy -->"

_HEADS = {
    "en": "| role | reads | rights besides | sends |\n|---|---|---|---|",
    "zh": "| 角色 | 查看 | 其他权限 | 办理 |\n|---|---|---|---|",
}
_WORDS = {
    "en": {
        "everything": "everything",
        "nothing": "–",
        "all": "all of {kind}",
        "but": "{told} (but decisions)",
        "decisions": "decisions",
        "below": "Decisions: {told}.",
    },
    "zh": {
        "everything": "全部种类",
        "nothing": "–",
        "all": "{kind}各项",
        "but": "{told}（决定除外）",
        "decisions": "决定",
        "below": "决定：{told}。",
    },
}
_JOINT = {"en": ", ", "zh": "、"}


def table(language: str) -> str:
    """Every role with a line, and what "decisions" are."""
    lines = [_HEADS[language], *(_line(role, POLICY[role], language) for role in Role)]
    decisions = _JOINT[language].join(_command(key, language) for key in DECISIONS)
    return "\n".join(lines) + f"\n\n{_WORDS[language]['below'].format(told=decisions)}\n"


def _line(role: Role, allowed: Allowed, language: str) -> str:
    cells = (_term(role, language), _kinds(allowed, language), _rights(allowed, language), _sends(allowed, language))
    return f"| {' | '.join(cells)} |"


def _kinds(allowed: Allowed, language: str) -> str:
    if allowed.reads == KINDS:
        return _WORDS[language]["everything"]
    return _told((_kind(cls.kind, language) for cls in AGGREGATES if cls.kind in allowed.reads), language)


def _rights(allowed: Allowed, language: str) -> str:
    named = (_term(right, language) + "*" * (right in RECORDED) for right in Right if right in allowed.rights)
    return _told(named, language)


def _sends(allowed: Allowed, language: str) -> str:
    told = list(_patterns(allowed, language))
    form = _WORDS[language]["but"] if set(allowed.but) == set(DECISIONS) else "{told}"
    return form.format(told=_told(told, language))


def _patterns(allowed: Allowed, language: str) -> Iterator[str]:
    """Decisions stand below, once for all who may take them."""
    rest = [pattern for pattern in allowed.commands if pattern not in DECISIONS]
    if len(rest) < len(allowed.commands):
        yield _WORDS[language]["decisions"]
    for pattern in rest:
        kind, _, name = pattern.partition(".")
        every = _WORDS[language]["all"].format(kind=_kind(kind, language))
        yield every if name == "*" else _command(pattern, language)


def _kind(kind: str, language: str) -> str:
    (cls,) = (cls for cls in AGGREGATES if cls.kind == kind)
    return cls.zh if language == "zh" else kind


def _command(key: str, language: str) -> str:
    command = COMMANDS[key]
    return f"{command.aggregate.zh}·{command.zh}" if language == "zh" else f"`{key}`"


def _term(term: Role | Right, language: str) -> str:
    return term.zh if language == "zh" else term.en


def _told(words: Iterable[str], language: str) -> str:
    return _JOINT[language].join(words) or _WORDS[language]["nothing"]


def with_table(text: str, language: str) -> str:
    """The document with the policy as it is now."""
    before, _, rest = text.partition(BEGIN)
    return before + BEGIN + "\n" + table(language) + "\n" + END + rest.partition(END)[2]


if __name__ == "__main__":
    for language, path in DOCUMENTS.items():
        path.write_text(with_table(path.read_text(encoding="utf-8"), language), encoding="utf-8")
