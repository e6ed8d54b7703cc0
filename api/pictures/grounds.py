"""The base map of a picture: its tiles from their host or their file, and what has to be said of where they come from."""

from __future__ import annotations

from dataclasses import replace

from api.bases.refusals import BaseUnknown
from api.composition import Services
from api.pictures.asked import Lines
from infra.bases import Base
from maps.bases.fetching import BaseAway
from maps.bases.offered import Offered, offered
from maps.pictures.ground import Fetch, laid
from maps.pictures.terms import Beneath, Sheet
from maps.pictures.vectors import painted


def base_of(given: Services, lines: Lines) -> Base | None:
    if lines.base is None:
        return None
    if lines.base not in given.bases:
        raise BaseUnknown(name=lines.base)
    return given.bases[lines.base]


def grounded(given: Services, sheet: Sheet, lines: Lines, base: Base) -> Sheet:
    """The sheet on the base map. What cannot be had is told, and keeps nobody from the rest."""
    found = offered(base)
    ground = _ground(given, sheet, lines, found)
    return replace(sheet, ground=ground, facts=[*sheet.facts, _said(lines, found, ground)])


def _ground(given: Services, sheet: Sheet, lines: Lines, found: Offered) -> Beneath | None:
    if found.is_of_pictures:
        return laid(_tile(found, given), sheet.frame, found.zooms)
    return painted(_tile(found, given), sheet.frame, found.zooms, lines.lang) if found.is_of_vectors else None


def _tile(found: Offered, given: Services) -> Fetch:
    def fetch(z: int, x: int, y: int) -> bytes | None:
        try:
            return found.picture(given.fetcher, z, x, y).content if found.is_of_pictures else found.content(z, x, y)
        except BaseAway:
            return None

    return fetch


def _said(lines: Lines, found: Offered, ground: Beneath | None) -> str:
    name = lines.say(found.base.zh, found.base.en)
    if ground is None:
        return lines.say(
            f"底图“{name}”未能取到，图上未绘", f"The base map “{name}” could not be had and is not drawn here"
        )
    said = lines.say(f"底图：{name}　{found.attribution}", f"Base map: {name}  {found.attribution}").rstrip()
    if ground.missing:
        said += lines.say(f"；缺 {ground.missing} 块", f"; {ground.missing} pieces missing")
    return said
