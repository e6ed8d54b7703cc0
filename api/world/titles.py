"""The title of a building: registered, or filed first; now and then disputed for a while."""

from __future__ import annotations

from uuid import UUID

from api.world.stream import Stream
from api.world.world import Life, World
from domain.premises.events import title as happened


def title(world: World, stream: Stream, owner: UUID, *, brief: bool = False) -> Life:
    yield world.now
    if world.chance(0.2) and not brief:
        filed = happened.TitleFiled(**stream.next(world.now), owner=owner, missing="建设用地批准文件遗失")
        world.tell(filed, "权属备案", document=True)
        yield world.in_days(300, 1500)
    _registered(world, stream, owner)
    while not brief:
        yield world.in_days(1200, 3600)
        if world.chance(0.6):
            _registered(world, stream, owner)
        else:
            until = world.in_days(100, 500)
            event = happened.TitleDisputed(
                **stream.next(world.now), disputed_with="原建设单位", case_number=None, until=until
            )
            world.tell(event, "权属争议", document=True)
            yield until


def _registered(world: World, stream: Stream, owner: UUID) -> None:
    certificate = f"宁（{world.now.year}）不动产权第{stream.id.hex[:8]}{stream.version}号"
    event = happened.TitleRegistered(
        **stream.next(world.now), owner=owner, certificate=certificate, parcel=None, land_area=world.money(300, 9000)
    )
    world.tell(event, "权属统一登记", document=True)
    world.claim("certificate", certificate, stream)
    world.hold(stream, "owner", owner)
