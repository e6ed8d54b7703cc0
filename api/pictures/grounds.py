"""The base map of a picture: its tiles through our own fetcher, and what has to be said of where they come from."""

from __future__ import annotations

from dataclasses import replace

from api.bases.refusals import BaseUnknown
from api.composition import Services
from api.pictures.asked import Lines
from infra.bases import Base
from maps.bases.fetching import BaseAway
from maps.pictures.ground import Fetch, Ground, laid
from maps.pictures.sheet import Sheet


def base_of(given: Services, lines: Lines) -> Base | None:
    if lines.base is None:
        return None
    if lines.base not in given.bases:
        raise BaseUnknown(name=lines.base)
    return given.bases[lines.base]


def grounded(given: Services, sheet: Sheet, lines: Lines, base: Base) -> Sheet:
    """The sheet on the base map. What cannot be had is told, and keeps nobody from the rest."""
    ground = None if base.url is None else laid(_fetched(given, base), sheet.frame, (base.min_zoom, base.max_zoom))
    return replace(sheet, ground=ground, facts=[*sheet.facts, _said(lines, base, ground)])


def _fetched(given: Services, base: Base) -> Fetch:
    def fetch(z: int, x: int, y: int) -> bytes | None:
        try:
            return given.fetcher.tile(base, z, x, y).content
        except BaseAway:
            return None

    return fetch


def _said(lines: Lines, base: Base, ground: Ground | None) -> str:
    name = lines.say(base.zh, base.en)
    if base.url is None:
        return lines.say(
            f"底图“{name}”是矢量文件，图上未绘", f"The base map “{name}” is a file of vectors and is not drawn here"
        )
    if ground is None:
        return lines.say(
            f"底图“{name}”未能取到，图上未绘", f"The base map “{name}” could not be had and is not drawn here"
        )
    said = lines.say(f"底图：{name}　{base.attribution}", f"Base map: {name}  {base.attribution}").rstrip()
    if ground.missing:
        said += lines.say(f"；缺 {ground.missing} 块", f"; {ground.missing} pieces missing")
    return said
