"""A mail of notices: plain text and simple HTML, in the language that its reader chose, saying why it came and how to stop it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.moments import ZONE
from infra.notices.wishes import Wish
from infra.settings import Settings

_environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_PEOPLE: Final = {"people": ("一名人员", "a person"), "drivers": ("一名驾驶员", "a driver")}
"""Names of people do not leave by mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """`id` is the mail's own: sent twice, it is one mail to whoever reads it."""

    id: UUID
    wish: Wish
    notices: Sequence[dict[str, Any]]
    daily: bool

    def say(self, zh: str, en: str) -> str:
        return zh if self.wish.language == "zh" else en


def written(letter: Letter, settings: Settings) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = _subject(letter)
    message["From"] = settings.smtp_from
    message["To"] = letter.wish.address
    domain = str(settings.smtp_from).rpartition("@")[2]
    message["Message-ID"] = f"<{letter.id}@{domain}>"
    message["Date"] = format_datetime(max(one["happened"] for one in letter.notices).astimezone(ZONE))
    message["Auto-Submitted"] = "auto-generated"
    stop = None if settings.public_url is None else f"{settings.public_url}/account/notices"
    if stop is not None:
        message["List-Unsubscribe"] = f"<{stop}>"
    lines = [_line(letter, one, settings.public_url) for one in letter.notices]
    message.set_content(_text(letter, lines, stop))
    shown = _environment.get_template("mail.html").render(
        say=letter.say, language=letter.wish.language, lines=lines, ending=_ending(letter), stop=stop
    )
    message.add_alternative(shown, subtype="html")
    message["Content-Language"] = letter.wish.language  # last: making content takes away what is said of it
    return message


def _subject(letter: Letter) -> str:
    """Without what it is called: subjects stand on lock screens."""
    if letter.daily or len(letter.notices) > 1:
        count = len(letter.notices)
        return letter.say(f"账图：{count} 条通知", f"Zhangtu: {count} notices")
    [one] = letter.notices
    return letter.say(f"账图：{one['why']['zh']} · {one['zh']}", f"Zhangtu: {one['why']['en']} · {one['en']}")


def _line(letter: Letter, one: dict[str, Any], public_url: str | None) -> dict[str, Any]:
    """One notice as text: why, what, of which things, by whom and when, and where to look."""
    things = letter.say("、", ", ").join(_called(letter.say, thing) for thing in one["things"])
    more = letter.say(f"等，另有 {one['more']} 项", f"and {one['more']} more") if one["more"] else ""
    who = [one["unit"]] if one["unit"] else []
    when = f"{one['happened'].astimezone(ZONE):%Y-%m-%d %H:%M}"
    to = quote(one["link"] or "/notices", safe="")
    return {
        "why": letter.say(one["why"]["zh"], one["why"]["en"]),
        "what": letter.say(one["zh"], one["en"]),
        "things": f"{things} {more}".strip(),
        "when": " · ".join([*who, when]),
        "link": None if public_url is None else f"{public_url}/notices/{one['id']}?to={to}",
    }


def _called(say: Callable[[str, str], str], thing: dict[str, Any]) -> str:
    return say(*_PEOPLE[thing["kind"]]) if thing["kind"] in _PEOPLE else str(thing["label"])


def _text(letter: Letter, lines: Sequence[dict[str, Any]], stop: str | None) -> str:
    told = []
    for line in lines:
        told.append(f"[{line['why']}] {line['what']}{letter.say('：', ': ') if line['things'] else ''}{line['things']}")
        told += [f"    {line['when']}", *([f"    {line['link']}"] if line["link"] else []), ""]
    return "\n".join([*told, "-- ", _ending(letter), *([stop] if stop else [])]) + "\n"


def _ending(letter: Letter) -> str:
    zh = "每天早上汇总一封" if letter.daily else "有通知就发"
    en = "once a day" if letter.daily else "at once"
    return letter.say(
        f"您收到这封邮件，是因为您在账图的“通知方式”里选择了“{zh}”。要停止，请在那里选择“不发”。",
        f"You get this mail because you chose “{en}” under “How to be told” in Zhangtu. To stop it, choose “Never” there.",
    )
