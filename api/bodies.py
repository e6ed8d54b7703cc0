"""Reading bodies from people who may mean harm: size, type, encoding and shape are checked before anything is believed."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from email.message import Message
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError

from api.errors import request_refusal
from api.faults import faults_of
from api.refusals import BodyNotJson, BodyTooLarge, TypeNotSupported

DEEPEST = 32
JSON = "application/json"
BYTES = "application/octet-stream"

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Body:
    """A JSON document as it came, and the same in the one canonical form that its digest is made of."""

    raw: bytes
    canonical: bytes
    data: Any


async def raw_body(request: Request, limit: int, media_type: str) -> bytes:
    """The bytes, unless they are too many or of another type; no more than the limit is ever held."""
    _require_type(request, media_type)
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > limit:
        raise BodyTooLarge(limit=limit)
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > limit:
            raise BodyTooLarge(limit=limit)
    return bytes(content)


def parsed(raw: bytes) -> Body:
    """Refuses what JSON parsers disagree about: two fields of one name, NaN, broken encodings, towers of brackets."""
    try:
        data = json.loads(raw.decode(), object_pairs_hook=_object, parse_constant=_no_constant)
        _require_shallow(data)
        canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeDecodeError:
        raise BodyNotJson(reason="不是 UTF-8 / not UTF-8") from None
    except UnicodeEncodeError:
        raise BodyNotJson(reason="含有孤立的代理项 / a lone surrogate") from None
    except RecursionError:
        raise _too_deep() from None
    except json.JSONDecodeError as error:
        raise BodyNotJson(reason=f"{error.lineno}:{error.colno}") from None
    except ValueError:
        raise BodyNotJson(reason="数字过大 / a number too long") from None
    return Body(raw=raw, canonical=canonical, data=data)


def validated(model: type[M], raw: bytes, files: object = None) -> M:
    """The model that these bytes hold; every complaint at its place."""
    try:
        return model.model_validate_json(raw, strict=True, context={"files": files})
    except ValidationError as error:
        raise request_refusal(faults_of(error)) from None


def _require_type(request: Request, expected: str) -> None:
    given = request.headers.get("content-type", "")
    header = Message()
    header["content-type"] = given
    charset = str(header.get_param("charset", "utf-8")).lower()
    if not given or header.get_content_type() != expected or (expected == JSON and charset not in ("utf-8", "utf8")):
        raise TypeNotSupported(expected=expected, given=given)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counted = Counter(name for name, _ in pairs)
        raise BodyNotJson(reason=f"字段重复 / a field twice: {counted.most_common(1)[0][0][:100]!a}")
    return found


def _no_constant(name: str) -> None:
    raise BodyNotJson(reason=f"{name} 不是 JSON 的数 / is no number of JSON")


def _require_shallow(data: Any) -> None:
    level = [data] if isinstance(data, dict | list) else []
    for _ in range(DEEPEST):
        inner: list[Any] = []
        for one in level:
            children = one.values() if isinstance(one, dict) else one
            inner += [child for child in children if isinstance(child, dict | list)]
        level = inner
    if level:
        raise _too_deep()


def _too_deep() -> BodyNotJson:
    return BodyNotJson(reason=f"嵌套超过 {DEEPEST} 层 / nested deeper than {DEEPEST}")
