"""Drawings as pages: which building and files; then read, placed, compared, decided, rehearsed and recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.bodies import BYTES
from api.console import toasts
from api.console.asking import Refused
from api.console.drawings.typed import POINTS, merged
from api.console.forms.sent import File, sent
from api.console.imports import mandates
from api.console.pages import Page, Pages
from api.console.showing import SHANGHAI
from api.console.toasts import Toast

SYSTEMS: Final = (
    ("EPSG:4490", "CGCS2000 经纬度", "CGCS2000, degrees"),
    ("EPSG:4326", "WGS 84 经纬度", "WGS 84, degrees"),
    ("EPSG:4544", "CGCS2000 三度带 105°E", "CGCS2000, zone 105° E"),
    ("EPSG:4545", "CGCS2000 三度带 108°E", "CGCS2000, zone 108° E"),
    ("GCJ-02", "GCJ-02（高德、腾讯地图）", "GCJ-02 (consumer maps)"),
    ("BD-09", "BD-09（百度地图）", "BD-09 (Baidu)"),
)
UNITS: Final = (
    ("", "按文件或推断", "As the file says, or by size"),
    ("1.0", "1 米", "1 m"),
    ("0.01", "1 厘米", "1 cm"),
    ("0.001", "1 毫米", "1 mm"),
)
SPLITS: Final = (
    ("", "自动判断", "As it seems"),
    ("layer", "按图层名", "By layers"),
    ("block", "按块名", "By blocks"),
    ("beside", "并排各画一层", "Lying beside each other"),
    ("one", "整张图是一层", "All of it is one floor"),
)
WAYS: Final = (
    ("none", "暂不定位", "Not yet"),
    ("points", "按控制点", "By control points"),
    ("own", "图上坐标就是实地坐标", "Its coordinates are places"),
    ("ledger", "按台账里已有轮廓的房间", "By rooms that have outlines"),
)
_STEPS: Final = ("read", "place", "decide", "check", "record", "drop")
_SAVED: Final = Toast("已保存。", "Saved.")
_DROPPED: Final = Toast("已放弃这份图纸。", "The drawing was dropped.")
_RECORDED: Final = Toast("图纸已登记入账。", "The drawing is recorded.")

LONGEST: Final = 4 * 1024 * 1024
"""Of what is typed: thousands of decisions."""

router = Pages()


@router.get("/drawings", operation_id="page.drawings")
async def drawings(request: Request) -> Response:
    page = Page(request)
    await page.enter()
    mine = (await page.api.get("/v1/drawings"))["drawings"]
    return page.show("drawings/drawings.html", mine=mine)


@router.get("/drawings/new", operation_id="page.drawings.new")
async def new(request: Request) -> Response:
    page = Page(request)
    await page.enter()
    return await _asking(page, request.query_params.get("building", ""))


@router.post("/drawings/new", operation_id="page.drawings.send")
async def send(request: Request) -> Response:
    """A file that cannot be read is refused at once, and nothing is kept of it but its bytes."""
    page, given = Page(request), await sent(request)
    await page.enter()
    building, proof = _first(given.typed, "building"), _first(given.typed, "csrf")
    try:
        files = [await _kept(page, one, proof) for one in given.files.get("content", []) if one.content]
        if not files:
            raise _said("没有选择文件。", "No file was chosen.")
        made = await page.api.send("POST", "/v1/drawings", {"building": building, "files": files}, proof=proof)
        await _readable(page, made.body["id"], proof)
    except Refused as refused:
        return await _asking(page, building, problem=refused.problem, status=refused.status)
    return RedirectResponse(f"/drawings/{made.body['id']}", HTTPStatus.SEE_OTHER)


async def _kept(page: Page, file: File, proof: str) -> dict[str, str]:
    headers = {"content-type": BYTES, "x-csrf-token": proof}
    answer = await page.api.ask("POST", "/v1/files", {"name": file.name}, file.content, headers)
    return {"file": answer.body["digest"], "name": file.name}


async def _readable(page: Page, id: str, proof: str) -> None:
    try:
        await page.api.get(f"/v1/drawings/{id}")
    except Refused:
        await page.api.send("DELETE", f"/v1/drawings/{id}", None, proof=proof)
        raise


async def _asking(
    page: Page, building: str, *, problem: Mapping[str, Any] | None = None, status: int = 200
) -> Response:
    listed = await page.api.get("/v1/buildings", limit="500", sort="name")
    return page.show(
        "drawings/new.html",
        status=status,
        rows=listed["rows"],
        building=building,
        problem=problem,
        more=bool(listed["next"]),
    )


@router.get("/drawings/{id:uuid}", operation_id="page.drawing")
async def one(request: Request, id: UUID) -> Response:
    page = Page(request)
    await page.enter()
    return await _told(page, id)


@router.post("/drawings/{id:uuid}/{step}", operation_id="page.drawing.do")
async def do(request: Request, id: UUID, step: str) -> Response:
    """Whatever is refused, what was chosen so far is kept."""
    page, said = Page(request), (await sent(request, LONGEST)).typed
    await page.enter()
    if step not in _STEPS:
        raise _said("没有这一步。", "There is no such step.", HTTPStatus.NOT_FOUND)
    proof, path = _first(said, "csrf"), f"/v1/drawings/{id}"
    if step == "drop":
        await page.api.send("DELETE", path, None, proof=proof)
        return _on("/drawings", _DROPPED)
    typed = {name: _first(said, name) for name in ("reason", "document", "effective")}
    try:
        told = await page.api.get(path)
        await page.api.send("PUT", f"{path}/choices", merged(told, step, said), proof=proof)
        if step not in ("check", "record"):
            return _on(f"/drawings/{id}#{step}", _SAVED)
        body = {"mandate": _mandate(typed)}
        answer = await page.api.send("POST", f"{path}/{step}", body, proof=proof)
        await mandates.keep(page, body["mandate"], [one["number"] for one in body["mandate"]["documents"]], proof)
    except Refused as refused:
        return await _told(page, id, problem=refused.problem, status=refused.status, typed=typed)
    if step == "record":
        return _on(f"/drawings/{id}", _RECORDED)
    return await _told(page, id, verdict=answer.body, typed=typed)


def _on(path: str, toast: Toast) -> Response:
    answer = RedirectResponse(path, HTTPStatus.SEE_OTHER)
    toasts.leave(answer, toast)
    return answer


async def _told(
    page: Page, id: UUID, *, problem: Mapping[str, Any] | None = None, status: int = 200,
    verdict: Mapping[str, Any] | None = None, typed: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    told = await page.api.get(f"/v1/drawings/{id}")
    today = datetime.now(SHANGHAI).date().isoformat()
    said = typed or {"effective": today, **await mandates.last(page)}
    points = told["choices"]["placing"]["points"]
    return page.show(
        "drawings/drawing.html",
        status=status,
        told=told,
        problem=problem,
        verdict=verdict,
        typed=said,
        systems=SYSTEMS,
        units=UNITS,
        splits=SPLITS,
        ways=WAYS,
        points=[points[row] if row < len(points) else None for row in range(POINTS)],
    )


def _first(said: Mapping[str, list[str]], name: str) -> str:
    return said.get(name, [""])[0].strip()


def _mandate(said: Mapping[str, str]) -> dict[str, Any]:
    documents = [{"number": one.strip()} for one in said["document"].replace("；", ";").split(";") if one.strip()]
    return {"reason": said["reason"], "effective": said["effective"], "documents": documents}


def _said(zh: str, en: str, status: int = HTTPStatus.UNPROCESSABLE_ENTITY) -> Refused:
    return Refused(status, {"code": "drawing-page", "detail": zh, "detail_en": en})
