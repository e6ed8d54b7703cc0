"""What a browser sent: fields, and the files beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.message import Message
from typing import Final
from urllib.parse import parse_qsl

from fastapi import Request

from api.bodies import raw_body
from api.console.forms.typed import Typed

URLENCODED: Final = "application/x-www-form-urlencoded"
MULTIPART: Final = "multipart/form-data"
LARGEST: Final = 64 * 1024 * 1024
"""Some photographs together."""
MOST_FIELDS: Final = 5_000


@dataclass(frozen=True, slots=True)
class File:
    name: str
    content: bytes


@dataclass(slots=True)
class Sent:
    """Fields by name, in the order in which they came. What begins with `_` is about the form itself."""

    typed: Typed = field(default_factory=dict)
    files: dict[str, list[File]] = field(default_factory=dict)

    def add(self, name: str, value: str) -> None:
        self.typed.setdefault(name, []).append(value.replace("\x00", ""))

    def own(self, name: str) -> str:
        """Of the form itself; it is no field any more afterwards."""
        return (self.typed.pop(f"_{name}", None) or [""])[0]


async def sent(request: Request, longest: int = LARGEST) -> Sent:
    """So much at most: of strangers less than of whoever was let in."""
    header = Message()
    header["content-type"] = request.headers.get("content-type", "")
    if header.get_content_type() == MULTIPART:
        return _parts(await raw_body(request, longest, MULTIPART), str(header.get_param("boundary", "")))
    found = Sent()
    body = await raw_body(request, longest, URLENCODED)
    for name, value in parse_qsl(body.decode(errors="replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS):
        found.add(name, value)
    return found


def _parts(body: bytes, boundary: str) -> Sent:
    """RFC 7578. Each part begins with a line of the boundary and ends before the next."""
    found = Sent()
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary.encode())[1:MOST_FIELDS]:
        head, blank, content = part.partition(b"\r\n\r\n")
        if blank:
            _take(found, head.decode(errors="replace"), content)
    return found


def _take(found: Sent, head: str, content: bytes) -> None:
    told = Message()
    for line in head.splitlines():
        name, _, value = line.partition(":")
        if name.strip().lower() == "content-disposition":
            told["content-disposition"] = value.strip()
    name = str(told.get_param("name", "", header="content-disposition"))
    filename = told.get_param("filename", header="content-disposition")
    if filename is None:
        found.add(name, content.decode(errors="replace"))
    elif content:
        found.files.setdefault(name.removesuffix("@file"), []).append(File(str(filename), content))
