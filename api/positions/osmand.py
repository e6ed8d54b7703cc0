"""One position in an address, as the clients of OsmAnd and Traccar send them; newer ones send the same as JSON.

Their words are theirs: speeds in knots (in JSON in metres a second), times in seconds or milliseconds since 1970 or as a date,
negative numbers for what is not known, and more parameters than anybody has written down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from fastapi.responses import Response

from api import openapi
from api.bodies import parsed
from api.dependencies import Caller
from api.faults import Fault
from api.positions.answers import PositionsReport
from api.positions.lines import Line, Lines, checked, gathered
from api.positions.sending import REFUSALS, Taken, reported
from api.refusals import BodyTooLarge
from api.routing import Routes
from domain.kernel.datums import CoordinateSystem

KNOT: Final = 1.852
METRE_A_SECOND: Final = 3.6
MILLISECONDS_FROM: Final = 100_000_000_000
"""A number of seconds so large would be in the year 5138."""
LARGEST_BODY: Final = 64 * 1024

router = Routes(tags=["positions"])

_TEXT = {"type": "string"}
_PARAMETERS: Final = [
    {"name": name, "in": "query", "required": False, "schema": _TEXT, "description": description}
    for name, description in (
        ("id", "车辆编号或号牌 · Vehicle id or plate; also deviceid"),
        ("lat", "纬度 · Latitude, WGS 84 unless system says otherwise"),
        ("lon", "经度 · Longitude"),
        ("timestamp", "秒、毫秒或日期时间；不写则为收到时 · Seconds, milliseconds or a date-time; now without it"),
        ("speed", "节 · Knots"),
        ("bearing", "方向（度） · Degrees; also heading"),
        ("altitude", "米 · Metres"),
        ("accuracy", "米 · Metres"),
        ("system", "声明的坐标系 · Declared system"),
        ("token", "令牌，写在地址中 · The token, where no header can be sent"),
    )
]
_SAID: Final[dict[str, Any]] = {
    "response_class": Response,
    "responses": {200: openapi.answers(PositionsReport, "OK"), **openapi.problems(*REFUSALS)},
    "openapi_extra": {"parameters": _PARAMETERS},
}


async def _sent(request: Request) -> Mapping[str, Any]:
    """What the address says, and the body: a form or JSON, whichever the client is used to."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > LARGEST_BODY:
            raise BodyTooLarge(limit=LARGEST_BODY)
    said = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json") and content:
        body = parsed(bytes(content)).data
        return said | (_of_json(body) if isinstance(body, dict) else {})
    return said


@router.get(
    "/v1/positions/osmand", operation_id="positions.osmand", summary="上报一个位置 · Report one position", **_SAID
)
def one(taken: Taken, caller: Caller, said: Annotated[Mapping[str, Any], Depends(_sent)]) -> Response:
    """OsmAnd / Traccar 客户端协议。The protocol of the clients of OsmAnd and Traccar."""
    now = datetime.now(UTC)
    return reported(taken.take(lines_of(said, now), caller, now))


router.add_api_route("/v1/positions/osmand", one, methods=["POST"], operation_id="positions.osmand.post",
                     summary="上报一个位置 · Report one position", **_SAID)  # fmt: skip


def lines_of(said: Mapping[str, Any], now: datetime) -> Lines:
    """A batch of one line."""
    return gathered(CoordinateSystem.WGS84, [_line(said, now)])


def _line(said: Mapping[str, Any], now: datetime) -> Line | Sequence[Fault]:
    name = str(said.get("id") or said.get("deviceid") or "")
    latitude, longitude = _pair(said)
    knots = _not_negative(said.get("speed"))
    found: dict[str, Any] = {
        "at": _moment(said.get("timestamp"), now),
        "x": longitude,
        "y": latitude,
        "vehicle" if _is_id(name) else "plate": name,
        "system": said.get("system"),
        "speed": knots * KNOT if isinstance(knots, float) else knots,
        "heading": _not_negative(said.get("bearing", said.get("heading"))),
        "altitude": _number(said.get("altitude")),
        "accuracy": _not_negative(said.get("accuracy")),
    }
    return _named_as_sent(checked({key: value for key, value in found.items() if value is not None}))


_AS_SENT: Final = {
    "/x": "/lon",
    "/y": "/lat",
    "/at": "/timestamp",
    "/plate": "/id",
    "/vehicle": "/id",
    "/heading": "/bearing",
}


def _named_as_sent(read: Line | Sequence[Fault]) -> Line | Sequence[Fault]:
    """Faults by the names that the client used."""
    if isinstance(read, Line):
        return read
    return [Fault(code=one.code, field=_AS_SENT.get(one.field, one.field), zh=one.zh, en=one.en) for one in read]


def _pair(said: Mapping[str, Any]) -> tuple[Any, Any]:
    """Latitude and longitude, apart or together."""
    together = str(said.get("location", "")).split(",")
    latitude, longitude = together if len(together) == len(("lat", "lon")) else (said.get("lat"), said.get("lon"))
    return _number(latitude), _number(longitude)


def _number(text: Any) -> Any:
    """As a number; what is none stays as it is, for whoever checks it to say so."""
    try:
        return None if text in (None, "") else float(text)
    except (TypeError, ValueError):
        return text


def _not_negative(text: Any) -> Any:
    found = _number(text)
    return None if isinstance(found, float) and found < 0 else found


def _moment(text: Any, now: datetime) -> str:
    found = _number(text)
    if found is None:
        return now.isoformat()
    if not isinstance(found, float):
        return str(found).replace(" ", "T")
    seconds = found / 1000 if found >= MILLISECONDS_FROM else found
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (OverflowError, ValueError, OSError):
        return str(text)


def _is_id(name: str) -> bool:
    return len(name) == len("0198c5f0-7c1e-7d4b-9c3a-2f6d1e8b4a57") and name.isascii()


def _of_json(body: Mapping[str, Any]) -> dict[str, Any]:
    """`{"device_id": …, "location": {"timestamp": …, "coords": {…}}}`"""
    location = body.get("location")
    coordinates = location.get("coords") if isinstance(location, dict) else None
    if not isinstance(location, dict) or not isinstance(coordinates, dict):
        return dict(body)
    named = {"lat": "latitude", "lon": "longitude", "speed": "speed", "bearing": "heading", "altitude": "altitude",
             "accuracy": "accuracy"}  # fmt: skip
    found = {key: coordinates.get(name) for key, name in named.items()}
    metres = _not_negative(found["speed"])
    return found | {
        "id": body.get("device_id"),
        "timestamp": location.get("timestamp"),
        "speed": metres * METRE_A_SECOND / KNOT if isinstance(metres, float) else metres,
    }
