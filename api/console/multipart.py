"""Forms that bring a file along: a browser sends each field as a part of its own."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser

from fastapi import Request

from api.bodies import raw_body
from api.refusals import BodyNotJson

FORM = "multipart/form-data"
LARGEST = 21 * 1024 * 1024
"""A file at its largest, and what is typed beside it."""


@dataclass(frozen=True, slots=True)
class Sent:
    """`name` and `content` are the file's; nothing where none was chosen."""

    fields: dict[str, str]
    name: str
    content: bytes


async def sent(request: Request) -> Sent:
    body = await raw_body(request, LARGEST, FORM)
    header = Message()
    header["content-type"] = request.headers.get("content-type", "")
    boundary = header.get_param("boundary")
    if not isinstance(boundary, str) or not boundary:
        raise BodyNotJson(reason="boundary")
    fields: dict[str, str] = {}
    name, content = "", b""
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary.encode())[1:-1]:
        head, _, value = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        told = HeaderParser().parsestr(head.decode(errors="replace"))
        field = str(told.get_param("name", "", "content-disposition"))
        file = told.get_param("filename", None, "content-disposition")
        if file is None:
            fields[field] = value.decode(errors="replace")
        else:
            name, content = str(file).replace("\\", "/").rpartition("/")[2], value
    return Sent(fields, name, content)
