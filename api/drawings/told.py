"""A drawing at work, as its page tells it: what was read, where it lies, in what it differs from the ledger."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

import shapely

from api.angles.asking import thing
from api.drawings.work import Work
from api.errors import problem_of
from infra.drawings import Drawing
from maps.drawings.deciding import KINDS, LEAVE, WORDS, key_of
from maps.drawings.ground import ground
from maps.drawings.laid import Laid, path_of, shape_path
from maps.drawings.matching import Difference
from projections.queries.things import Names

_EDGE = 1.5
"""Metres around what is drawn."""


def head(kept: Drawing, names: Names) -> dict[str, Any]:
    return {
        "id": kept.id,
        "building": thing(names, kept.building),
        "files": kept.files,
        "position": kept.position,
        "made_at": kept.made_at,
    }


def told(work: Work, names: Names) -> dict[str, Any]:
    kinds = {key_of(one): one.kind.value for one in work.differences}
    counted = Counter(one.kind for one in work.differences)
    chosen = [work.decision(one) for one in work.differences]
    return {
        **head(work.kept, names),
        "choices": work.choices.model_dump(mode="json"),
        "read": [_file(file, one) for file, one in zip(work.kept.files, work.files, strict=True)],
        "storeys": [_storey(one, kinds) for one in work.laid],
        "placing": _placing(work),
        "ground": ground(work.ground),
        "counts": [
            {"kind": kind.value, "zh": zh, "en": en, "count": counted[kind]} for kind, (zh, en) in KINDS.items()
        ],
        "to_record": sum(decision != LEAVE for decision in chosen),
        "differences": [_difference(one, work, names) for one in work.differences],
    }


def _file(file: Any, read: Any) -> dict[str, Any]:
    layers = [{"name": name, "lines": lines} for name, lines in read.layers]
    scale = {"metres": read.scale.metres, "by": read.scale.by}
    return {"name": file["name"], "scale": scale, "split": read.split, "system": read.system, "layers": layers}


def _storey(one: Laid, kinds: dict[str, str]) -> dict[str, Any]:
    found = one.storey.found
    rooms = [_room(one, number, kinds) for number in range(len(found.outlines))]
    marks = [
        {"code": mark.code, "zh": mark.zh, "en": mark.en, "x": round(x, 2), "y": round(-y, 2)}
        for mark in found.marks
        for x, y in [one.point((mark.x, mark.y))]
    ]
    return {
        "key": one.key,
        "file": one.file,
        "floor": one.floor,
        "rooms": len(rooms),
        "numbered": sum(room.number is not None for room in found.outlines),
        "box": _box(one),
        "lines": " ".join(path_of([one.point(place) for place in line]) for line in one.storey.lines),
        "list": rooms,
        "marks": marks,
    }


def _room(storey: Laid, number: int, kinds: dict[str, str]) -> dict[str, Any]:
    one = storey.storey.found.outlines[number]
    shape = storey.framed(one.shape)
    middle, key = shape.representative_point(), f"{storey.key}#{number}"
    return {
        "key": key,
        "number": one.number,
        "area": round(one.shape.area, 2),
        "kind": kinds.get(key, "left-out"),
        "path": shape_path(shape),
        "x": round(middle.x, 2),
        "y": round(-middle.y, 2),
    }


def _box(one: Laid) -> list[float]:
    places = [one.point(place) for line in one.storey.lines for place in line] or [(0.0, 0.0), (10.0, 10.0)]
    west, south, east, north = shapely.MultiPoint(places).bounds
    edge = max(_EDGE, (east - west) * 0.04)
    box = (west - edge, -north - edge, east - west + 2 * edge, north - south + 2 * edge)
    return [round(side, 2) for side in box]


def _placing(work: Work) -> dict[str, Any]:
    one = work.placing
    problem = None if work.unplaced is None else problem_of(work.unplaced)
    if one is None:
        return {"system": None, "stretch": None, "turn": None, "residual": None, "misses": [], "problem": problem}
    misses = [round(miss, 3) for miss in one.misses]
    return {
        "system": one.system.value,
        "stretch": round(one.stretch, 5),
        "turn": round(one.turn, 2),
        "residual": round(one.residual, 3),
        "misses": misses,
        "problem": problem,
    }


def _difference(one: Difference, work: Work, names: Names) -> dict[str, Any]:
    drawn, kept = one.drawn, one.kept
    zh, en = KINDS[one.kind]
    ways = [{"value": way, "zh": WORDS[way][0], "en": WORDS[way][1]} for way in work.options(one)]
    return {
        "key": key_of(one),
        "kind": one.kind.value,
        "zh": zh,
        "en": en,
        "floor": drawn.floor if drawn else kept.floor if kept else 0,
        "number": drawn.number if drawn else None,
        "room": None if kept is None else thing(names, kept.id),
        "room_number": None if kept is None else kept.number,
        "room_floor": None if kept is None else kept.floor,
        "drawn_area": None if drawn is None else drawn.area,
        "room_area": None if kept is None else kept.area,
        "moved": one.moved,
        "options": ways,
        "decision": work.decision(one),
    }


def ids_of(work: Work) -> list[UUID]:
    return [work.kept.building, *(one.kept.id for one in work.differences if one.kept is not None)]
