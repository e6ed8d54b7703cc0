"""Why a declared place is turned away.

Nothing is repaired silently: a mended outline is not the one that was approved.
"""

from __future__ import annotations

from typing import ClassVar

from domain.kernel.errors import InvalidValue


class PlaceRefused(InvalidValue):
    """Base of the refusals about places; `field`, if any, is a path such as `coordinates[0][3]`."""

    code: ClassVar[str] = "place-refused"


class CoordinateNotFinite(PlaceRefused):
    code = "coordinate-not-finite"
    zh = "坐标 ({x}, {y}) 不是有限的数。请填写实际的坐标值。"
    en = "The position ({x}, {y}) is not a finite number. Enter the measured coordinates."


class AxesSwapped(PlaceRefused):
    """x and y make sense only the other way round."""

    code = "axes-swapped"
    zh = (
        "坐标 ({x}, {y}) 按 {system} 不在中国范围内，对调后则在：经纬度是否颠倒？"
        "请按“经度（东）在前、纬度（北）在后”填写。"
    )
    en = (
        "The position ({x}, {y}) lies outside China in {system}, but inside it the other way round: are "
        "longitude and latitude swapped? Put longitude (easting) first and latitude (northing) second."
    )


class CoordinateOutOfRange(PlaceRefused):
    code = "coordinate-out-of-range"
    zh = "坐标 ({x}, {y}) 超出 {system} 的取值范围。请核对坐标系；高斯-克吕格坐标的横坐标不带带号，单位为米。"
    en = (
        "The position ({x}, {y}) is out of range for {system}. Check the coordinate system; a Gauss-Krueger "
        "easting is in metres and without the zone number in front."
    )


class LocationOutsideChina(PlaceRefused):
    code = "location-outside-china"
    zh = "坐标 ({x}, {y}) 按 {system} 换算为经度 {longitude}、纬度 {latitude}，不在中国范围内。请核对坐标和坐标系。"
    en = (
        "The position ({x}, {y}) in {system} is longitude {longitude}, latitude {latitude}: outside China. "
        "Check the coordinates and the coordinate system."
    )


class TooManyVertices(PlaceRefused):
    code = "too-many-vertices"
    field = "coordinates"
    zh = "轮廓有 {vertices} 个点，超过上限 {limit}。请先抽稀或拆分。"
    en = "The outline has {vertices} vertices, more than the limit of {limit}. Simplify or split it first."


class RingTooShort(PlaceRefused):
    code = "ring-too-short"
    zh = "轮廓第 {ring} 个环只有 {positions} 个点。一个环至少需要 4 个点（含与起点相同的终点）。"
    en = "Ring {ring} of the outline has {positions} positions. A ring needs at least 4, its closing one included."


class RingNotClosed(PlaceRefused):
    code = "ring-not-closed"
    zh = "轮廓第 {ring} 个环没有闭合：起点 ({x}, {y})，终点 ({last_x}, {last_y})。请让终点与起点相同。"
    en = (
        "Ring {ring} of the outline is not closed: it starts at ({x}, {y}) and ends at ({last_x}, {last_y}). "
        "Repeat the first position at the end."
    )


class OutlineHasNoArea(PlaceRefused):
    code = "outline-has-no-area"
    zh = "轮廓第 {ring} 个环（起点 {x}, {y}）面积为零：各点重合或在一条直线上。请核对各点坐标。"
    en = (
        "Ring {ring} of the outline, starting at ({x}, {y}), has no area: its points coincide or lie on one "
        "line. Check the coordinates of its points."
    )


class PolygonCrossesItself(PlaceRefused):
    """Also an edge that touches itself, and a hole that crosses the edge of the outline."""

    code = "polygon-crosses-itself"
    field = "coordinates"
    zh = "轮廓在 ({x}, {y}) 处与自身相交或相接。请核对该处各点的坐标和顺序。"
    en = "The outline crosses or touches itself at ({x}, {y}). Check the position and order of the points there."


class HoleOutsideShell(PlaceRefused):
    code = "hole-outside-shell"
    field = "coordinates"
    zh = "轮廓的内环（({x}, {y}) 处）在外环之外。请移入外环，或另作一个轮廓登记。"
    en = (
        "A hole of the outline, at ({x}, {y}), lies outside the shell. Move it inside or register an outline "
        "of its own."
    )


class HolesNested(PlaceRefused):
    code = "holes-nested"
    field = "coordinates"
    zh = "轮廓的一个内环（({x}, {y}) 处）在另一个内环之中。请删去其中一个。"
    en = "A hole of the outline, at ({x}, {y}), lies inside another hole. Remove one of them."


class OutlineFallsApart(PlaceRefused):
    code = "outline-falls-apart"
    field = "coordinates"
    zh = "轮廓在 ({x}, {y}) 处被内环切成几块。请按块分别登记。"
    en = "The holes cut the outline into pieces at ({x}, {y}). Register each piece on its own."


class OutlineBroken(PlaceRefused):
    """A defect that the geometry library finds and we have no better words for."""

    code = "outline-broken"
    field = "coordinates"
    zh = "轮廓在 ({x}, {y}) 处无效（{reason}）。请核对该处各点的坐标。"
    en = "The outline is invalid at ({x}, {y}): {reason}. Check the points there."
