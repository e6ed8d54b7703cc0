"""DXF: lines, arcs, polylines, hatches and writing, out of blocks as deep as they are nested, in the encoding that the file was saved in."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from math import isfinite
from typing import Any, Final

from ezdxf import recover
from ezdxf.document import Drawing
from ezdxf.lldxf.const import DXFError
from ezdxf.path import make_path

from maps.drawings.raw import Label, Point, Raw, Run, TooMuchDrawn, Unreadable

METRES: Final = {1: 0.0254, 2: 0.3048, 4: 0.001, 5: 0.01, 6: 1.0, 7: 1000.0, 14: 0.1}
"""By $INSUNITS: inches, feet, millimetres, centimetres, metres, kilometres, decimetres. Any other says nothing to us."""
DEEPEST: Final = 8
"""Blocks within blocks; deeper is a mistake, or meant to be."""
MOST_INSERTS: Final = 50_000
_CURVES: Final = frozenset(["LINE", "ARC", "CIRCLE", "ELLIPSE", "SPLINE", "LWPOLYLINE", "POLYLINE"])
_WRITING: Final = frozenset(["TEXT", "MTEXT", "ATTRIB"])
_BINARY: Final = b"AutoCAD Binary DXF"
_CODE_PAGE: Final = re.compile(rb"\$DWGCODEPAGE\s+3\s+(\S+)")
_OURS: Final = frozenset([b"ansi_936", b"ansi_1252", b"gbk", b"gb2312", b"utf-8"])
"""1252 is what programs write that do not know; in China such files are in Chinese all the same."""
_FOREIGN: Final = re.compile(r"[^\x00-\x7f]")
_WIDE: Final = 0x10000
_SAGITTA: Final = 1 / 2000
"""How far a flattened curve may lie from the true one, of its own size: a centimetre on twenty metres."""


def read(content: bytes) -> Raw:
    document = _opened(content)
    raw = Raw(metres=METRES.get(int(document.header.get("$INSUNITS", 0))))
    _Reader(raw).take(document.modelspace(), "", 0)
    if not raw.runs:
        raise Unreadable
    return raw


def _opened(content: bytes) -> Drawing:
    try:
        document, _ = recover.read(io.BytesIO(_spelled_out(content)), errors="ignore")
    except (DXFError, OSError, ValueError, KeyError, IndexError, TypeError, AttributeError):
        raise Unreadable from None
    return document


def _spelled_out(content: bytes) -> bytes:
    """Chinese as DXF writes it in ASCII, whatever encoding the file is in: what it says of that is often not so.

    Only a code page of another script is believed.
    """
    if content.startswith(_BINARY) or content.isascii():
        return content
    said = _CODE_PAGE.search(content[:20_000])
    for encoding in ("utf-8", "gb18030"):
        if encoding == "gb18030" and said is not None and said[1].lower() not in _OURS:
            return content
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _FOREIGN.sub(lambda found: f"\\U+{ord(found[0]):04X}" if ord(found[0]) < _WIDE else "?", text).encode()
    return content


class _Reader:
    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self.inserts = 0

    def take(self, entities: Any, block: str, depth: int, layer: str = "0") -> None:
        for entity in entities:
            kind = entity.dxftype()
            own = _layer(entity, layer)
            if kind in _CURVES:
                for run in _runs(entity, own, block):
                    self.raw.draw(run)
            elif kind in _WRITING:
                self._write(entity, own, block)
            elif kind == "INSERT":
                self._take_block(entity, own, block, depth)

    def _take_block(self, insert: Any, layer: str, block: str, depth: int) -> None:
        rows, columns = max(insert.dxf.get("row_count", 1), 1), max(insert.dxf.get("column_count", 1), 1)
        self.inserts += rows * columns
        if depth >= DEEPEST or self.inserts > MOST_INSERTS:
            raise TooMuchDrawn
        name = block or str(insert.dxf.name)
        self.take(insert.attribs, name, depth + 1, layer)
        for one in insert.multi_insert() if rows * columns > 1 else (insert,):
            self.take(one.virtual_entities(), name, depth + 1, layer)

    def _write(self, entity: Any, layer: str, block: str) -> None:
        text = str(entity.plain_text(split=False) if entity.dxftype() == "MTEXT" else entity.plain_text())
        at = entity.dxf.insert
        if entity.dxftype() != "MTEXT" and entity.dxf.get("halign", 0) and entity.dxf.hasattr("align_point"):
            at = entity.dxf.align_point
        if text.strip() and isfinite(at.x) and isfinite(at.y):
            self.raw.write(Label(text.strip(), float(at.x), float(at.y), layer, block))


def _layer(entity: Any, outer: str) -> str:
    """What lies on layer 0 of a block lies on the layer that the block was put on."""
    own = str(entity.dxf.get("layer", "0"))
    return outer if own == "0" else own


def _runs(entity: Any, layer: str, block: str) -> Iterator[Run]:
    """A curve as straight pieces, near enough to it."""
    try:
        path = make_path(entity)
        far = max(path.control_vertices(), key=lambda one: one.magnitude, default=None) if len(path) else None
    except (DXFError, TypeError, ValueError, ZeroDivisionError):
        return
    if far is None:
        return
    for part in path.sub_paths() if path.has_sub_paths else (path,):
        points = _points(part)
        if len(points) > 1:
            closed = (
                bool(getattr(entity, "closed", False) or getattr(entity, "is_closed", False)) or points[0] == points[-1]
            )
            yield Run(points, layer, block, is_closed=closed)


def _points(path: Any) -> list[Point]:
    vertices = path.control_vertices()
    size = max(
        max(v.x for v in vertices) - min(v.x for v in vertices), max(v.y for v in vertices) - min(v.y for v in vertices)
    )
    if not isfinite(size) or size <= 0:
        return []
    flat = path.flattening(size * _SAGITTA, segments=4) if path.has_curves else vertices
    points: list[Point] = []
    for one in flat:
        place = (float(one.x), float(one.y))
        if not (isfinite(place[0]) and isfinite(place[1])):
            return []
        if not points or points[-1] != place:
            points.append(place)
    return points
