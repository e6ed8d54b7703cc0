"""Ways that vehicles went: of one in a period, of a journey with its order and its proof, and a day of the whole fleet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Query
from fastapi.responses import Response

from api import openapi
from api.angles.asking import subject
from api.composition import Services
from api.dependencies import Caller, Given
from api.executing import json_response
from api.figures.asking import Ids, labelled
from api.figures.upkeep import From, To
from api.moments import ZONE, Day
from api.positions.answers import FleetDay, JourneyTrack, VehicleTrack
from api.positions.refusals import PeriodTooLong
from api.positions.whereabouts import known_moment
from api.reading import Viewed, looking, seen
from api.routing import Routes
from domain.access.principal import Principal
from domain.vehicles.journey import Journey
from domain.vehicles.vehicle import Vehicle
from infra.positions import reading
from infra.positions.reading import Way
from infra.positions.terms import Fix, Mark
from maps.positions import days
from maps.positions import track as tracks
from maps.positions.track import Summary
from projections.queries import journey_tracks, masking, whereabouts
from projections.queries.journey_tracks import Trip
from projections.queries.things import named
from projections.queries.view import Asked, View

LONGEST: Final = timedelta(days=31)
MOST_POINTS: Final = 100_000

router = Routes(tags=["positions"])


@router.get(
    "/v1/vehicles/{id:uuid}/track",
    operation_id="vehicles.track",
    summary="车辆轨迹 · The way of a vehicle",
    response_class=Response,
    **openapi.reads(VehicleTrack, 404, 409),
)
def of_vehicle(id: UUID, given: Given, asked: Viewed, _: Caller, since: From = None, until: To = None) -> Response:
    """不写起止则为当日。迟到、跳点等都在其中并有标记；不计入里程。涉密车辆的轨迹对无权者遮蔽（masked）。

    The day of `at` unless said otherwise. Odd positions are there with their marks, and count for no distance. Of a secret-work vehicle
    nothing is told to who may not see where it is (`masked`).
    """
    with looking(given, asked) as view:
        subject(view, asked, Vehicle, id)
        until = until or view.at
        since = since or datetime.combine(until.astimezone(ZONE).date(), datetime.min.time(), ZONE)
        told = told_way(view, asked, id, since, until)
        names = named(view, [id])
    return json_response({**seen(view, asked), "vehicle": labelled(names, id), **told})


def told_way(view: View, asked: Asked, vehicle: UUID | None, since: datetime, until: datetime) -> dict[str, Any]:
    """A track with all that it shows, or that it is masked."""
    if not timedelta(0) <= until - since <= LONGEST:
        raise PeriodTooLong(days=LONGEST.days)
    masked = vehicle is not None and bool(masking.hidden(view, [vehicle]))
    fixes = [] if masked or vehicle is None else way(view, asked, vehicle, since, until)
    found = tracks.track(fixes[:MOST_POINTS])
    is_whole = not masked and len(fixes) <= MOST_POINTS
    return {
        "from": since,
        "to": until,
        "masked": masked,
        "points": [_point(fix, marks) for fix, marks in zip(found.fixes, found.marks, strict=True)],
        "more": len(fixes) > MOST_POINTS,
        "stops": [asdict(stop) for stop in found.stops],
        "gaps": [asdict(gap) for gap in found.gaps],
        "metres": found.metres if is_whole else None,
        "count": len(fixes) if is_whole else None,
        "digest": tracks.digest(fixes) if is_whole else None,
    }


def way(view: View, asked: Asked, vehicle: UUID, since: datetime, until: datetime) -> list[Fix]:
    """One more than are shown, so that it is seen whether there are more."""
    wanted = Way(vehicle=str(vehicle), since=since, until=until, known=known_moment(view, asked))
    return reading.way(view.connection, wanted, MOST_POINTS + 1)


def _point(fix: Fix, marks: Sequence[Mark]) -> dict[str, Any]:
    return {
        "at": fix.at, "received_at": fix.received_at, "longitude": fix.longitude, "latitude": fix.latitude,
        "system": fix.system, "x": fix.x, "y": fix.y, "speed": fix.speed, "heading": fix.heading, "marks": marks,
    }  # fmt: skip


@router.get(
    "/v1/journeys/{id:uuid}/track",
    operation_id="journeys.track",
    summary="行程轨迹 · The way of a journey",
    response_class=Response,
    **openapi.reads(JourneyTrack, 404, 409),
)
def of_journey(id: UUID, given: Given, asked: Viewed, _: Caller) -> Response:
    """出车到返回之间的轨迹，连同行程单。metres、count、digest 即办结时填写的三项；proof 说明办结时所记的摘要是否仍与所存轨迹相符。

    From departure to return, with the journey's order. `metres`, `count` and `digest` are what its closing tells; `proof` says
    whether what was told then still holds of what is kept. What came in later is counted apart.
    """
    with looking(given, asked) as view:
        subject(view, asked, Journey, id)
        trip = journey_tracks.trip(view, id)
        told = _way_of(view, asked, trip)
        order = {} if trip is None else trip.journey
        names = named(view, [id, *(one for one in order.values() if isinstance(one, UUID))])
    said = {name: labelled(names, value) if isinstance(value, UUID) else value for name, value in order.items()}
    return json_response({**seen(view, asked), "journey": labelled(names, id), "order": said or None, **told})


def _way_of(view: View, asked: Asked, trip: Trip | None) -> dict[str, Any]:
    departed = trip.departed if trip is not None else None
    if trip is None or departed is None:
        return {
            **told_way(view, asked, None, view.at, view.at),
            "from": None,
            "to": None,
            "departed": None,
            "returned": None,
            "proof": None,
        }
    until = trip.returned or max(view.at, departed)
    told = told_way(view, asked, trip.vehicle, max(departed, until - LONGEST), until)
    if departed < until - LONGEST:  # what its closing tells is of all of it, of which only the end is shown
        told |= {"more": True, **dict.fromkeys(("metres", "count", "digest"))}
    proof = None if told["masked"] else _proof(view, asked, trip, (departed, until))
    return {**told, "departed": departed, "returned": trip.returned, "proof": proof}


def summary_of(given: Services, caller: Principal, journey: UUID) -> Summary | None:
    """What the closing of a journey tells of its track, as it is now; None where it cannot be told, or not to this caller."""
    if not caller.may_read(Journey.kind):
        return None
    asked = Asked(sight=caller.sight)
    with looking(given, asked) as view:
        trip = journey_tracks.trip(view, journey)
        if trip is None or trip.vehicle is None or trip.departed is None or trip.returned is None:
            return None
        return tracks.summary(way(view, asked, trip.vehicle, trip.departed, trip.returned))


def _proof(view: View, asked: Asked, trip: Trip, period: tuple[datetime, datetime]) -> dict[str, Any] | None:
    """Whether the first that were received, as many as were told of, are still those that were told of."""
    if trip.said is None or trip.vehicle is None:
        return None
    kept = way(view, asked, trip.vehicle, *period)
    first = tracks.first_received(kept, trip.said.points)
    return {
        **asdict(trip.said),
        "holds": tracks.digest(first) == trip.said.digest,
        "missing": max(trip.said.points - len(kept), 0),
        "later": max(len(kept) - trip.said.points, 0),
    }


@router.get(
    "/v1/positions/day",
    operation_id="positions.day",
    summary="全体车辆的一天 · A day of the whole fleet",
    response_class=Response,
    **openapi.reads(FleetDay, 404, 409),
)
def of_day(
    given: Given,
    asked: Viewed,
    _: Caller,
    on: Annotated[
        Day | None, Query(alias="date", description="北京时间的某日 · A day in Beijing; today without it")
    ] = None,
    vehicle: Ids = None,
) -> Response:
    """简化后的轨迹：每个点为 [当日第几秒, 经度, 纬度]，静止时只留首尾。

    Tracks made simple: each point is [second of the day, longitude, latitude]; of a vehicle that stands its first and last.
    """
    with looking(given, asked) as view:
        day: date = on or view.at.astimezone(ZONE).date()
        since = datetime.combine(day, datetime.min.time(), ZONE).astimezone(UTC)
        shown = whereabouts.in_sight(view, vehicle)
        seconds = days.stretch(len(shown))
        known = known_moment(view, asked)
        wanted = reading.Day(vehicles=sorted(shown), since=since, seconds=seconds, known=known)
        ways = days.gathered(reading.sampled(view.connection, wanted))
    vehicles = [{"vehicle": id, "plate": shown[id], "points": points} for id, points in ways.items()]
    return json_response({**seen(view, asked), "date": day, "seconds": seconds, "vehicles": vehicles})
