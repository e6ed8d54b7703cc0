"""What each operation of the API needs of whoever asks. One line an operation; without its line the application does not start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from api.need import ANYBODY, IN_PERSON, OWN, SIGNED_IN, Need, needs, reads
from domain.access.policy import KINDS
from domain.access.rights import Right
from domain.catalogue import AGGREGATES, COMMANDS
from maps.features.collections import KINDS as FEATURES
from projections.places import SHOWN

_ANYTHING: Final = tuple(KINDS)
_ANGLES: Final = ("list", "state", "timeline", "history", "relations", "documents")
"""What can be asked about things of every kind."""
_PREMISES: Final = frozenset({"buildings", "rooms"})
_ON_THE_MAP: Final = frozenset(SHOWN)
_OF_PLACES: Final = frozenset({"list", "state", "timeline", "history", "record", "events", "upkeep", "tile"})
"""The angles from which it is told where a vehicle is, or a journey went."""


def _with_places(right: Right) -> Need:
    return Need(rights=frozenset({right}), shows=frozenset({Right.MASKED}))


def _shown(kind: str, angle: str) -> frozenset[Right]:
    """What somebody who reads things of a kind is shown besides, if they have the right to."""
    if kind in ("vehicles", "journeys") and angle in _OF_PLACES:
        return frozenset({Right.MASKED})
    return frozenset({Right.PERSONAL}) if (kind, angle) == ("people", "state") else frozenset()


def _angle(kind: str, angle: str, *rights: Right) -> Need:
    return Need(kinds=frozenset({kind}), rights=frozenset(rights), shows=_shown(kind, angle))


def _tracks(kind: str) -> Need:
    return Need(kinds=frozenset({kind}), rights=frozenset({Right.TRACKS}), shows=frozenset({Right.MASKED}))


_ADMINISTERS: Final = Need(one_of=frozenset({Right.ACCOUNTS, Right.GRANTS, Right.RECORDS}))
_ACCOUNTS: Final = replace(needs(Right.ACCOUNTS), in_person=True)
_GRANTS: Final = replace(needs(Right.GRANTS), in_person=True)
_REPORTS: Final = Need(rights=frozenset({Right.REPORT}), by_program=True)
NEEDS: Final[Mapping[str, Need]] = {
    "health": ANYBODY,
    "session.open": ANYBODY,
    "session.openid": ANYBODY,
    "session.openid.callback": ANYBODY,
    "session": Need(own=True),
    **dict.fromkeys(("session.close", "sessions", "sessions.close", "sessions.close-one"), OWN),
    "me.change-password": OWN,
    # The database asks once more whose it is.
    **dict.fromkeys(
        ("me.second-factor", "me.second-factor.begin", "me.second-factor.confirm", "me.second-factor.remove"), IN_PERSON
    ),
    **dict.fromkeys(("tokens", "tokens.make", "tokens.revoke"), IN_PERSON),
    **dict.fromkeys(("desk", "desk.paper", "desk.keep", "desk.drop"), IN_PERSON),
    # The database asks who may make one; only the one who did ends it.
    **dict.fromkeys(("me.deputies", "me.deputies.make", "me.deputies.end"), IN_PERSON),
    "roles": SIGNED_IN,
    # About nobody but the caller; what they are about is read as far as the caller may see it.
    **dict.fromkeys(("notices", "notices.unread", "notices.read", "watches", "watches.make", "watches.end"), SIGNED_IN),
    **dict.fromkeys(("notices.wishes", "notices.wishes.change"), IN_PERSON),
    # The database asks once more whose they are, when one is made or ended.
    **dict.fromkeys(
        ("webhooks", "webhooks.make", "webhooks.end", "webhooks.pause", "webhooks.resume", "webhooks.deliveries"),
        IN_PERSON,
    ),
    "accounts": _ADMINISTERS,
    "account": _ADMINISTERS,
    **dict.fromkeys(
        (
            "accounts.make",
            "accounts.change",
            "accounts.disable",
            "accounts.enable",
            "accounts.unlock",
            "accounts.sign-out",
            "accounts.reset-password",
            "accounts.remove-second-factor",
            "identities.link",
            "identities.unlink",
        ),
        _ACCOUNTS,
    ),
    **dict.fromkeys(("accounts.confirm", "grants.give", "grants.take"), _GRANTS),
    # Names and divisions, which are a directory anyway.
    "access.units": replace(needs(Right.GRANTS), in_person=True),
    "records": needs(Right.RECORDS),
    "records.file": needs(Right.RECORDS),
    "generations": needs(Right.OPERATE),
    "records.review": replace(needs(Right.RECORDS), in_person=True),
    "commands": SIGNED_IN,
    "command": SIGNED_IN,
    "command.form": SIGNED_IN,
    "command.suggestions": SIGNED_IN,
    # Its lines are commands: each is asked by itself.
    "batches": Need(writes=True),
    "batches.check": Need(writes=True),
    # So are the rows of a file, whose sender alone sees it.
    **dict.fromkeys(
        (
            "imports",
            "imports.sheets",
            "imports.template",
            "imports.make",
            "imports.one",
            "imports.findings",
            "imports.marked",
            "imports.check",
            "imports.apply",
            "imports.undo",
        ),
        Need(writes=True),
    ),
    **dict.fromkeys(
        (
            *("drawings", "drawings.make", "drawings.one", "drawings.choose"),
            *("drawings.drop", "drawings.check", "drawings.record"),
        ),
        Need(writes=True),
    ),
    # Of which plans, and what of them, their members decide, and the sight of each.
    **dict.fromkeys(("plans", "plan", "plans.deeds", "plans.check", "plans.remark"), SIGNED_IN),
    **dict.fromkeys(
        (
            *("plans.make", "plans.say", "plans.drop", "plans.apply", "plans.join", "plans.leave"),
            *("plans.add", "plans.change", "plans.remove", "plans.move"),
        ),
        Need(writes=True),
    ),
    "plans.submit": Need(command="proposals.submit"),
    **{key: Need(command=key) for key in COMMANDS},
    **{f"{cls.kind}.{angle}": _angle(cls.kind, angle) for cls in AGGREGATES for angle in _ANGLES},
    **{f"{cls.kind}.{angle}": _angle(cls.kind, angle) for cls in AGGREGATES for angle in ("record", "actions")},
    **{f"{cls.kind}.events": _angle(cls.kind, "events", Right.LOG) for cls in AGGREGATES},
    "event": _with_places(Right.LOG),
    "feed": _with_places(Right.FEED),
    "feed.stream": _with_places(Right.FEED),
    "files.upload": needs(Right.ATTACH),
    "files.download": needs(Right.FILES),
    "units.holdings": reads("units", shows=Right.MASKED),
    "people.holdings": reads("people"),
    "compounds.contents": reads("compounds"),
    "buildings.contents": reads("buildings"),
    "buildings.floors": reads("buildings"),
    "buildings.plan": reads("buildings"),
    "units.rooms-map": reads("units"),
    "warehouses.contents": reads("warehouses"),
    "vehicles.upkeep": _angle("vehicles", "upkeep"),
    "upkeep.summary": reads("vehicles"),
    "inbox": reads("proposals"),
    "proposals.content": reads("proposals", shows=Right.PERSONAL),
    **dict.fromkeys(
        ("ogc", "ogc.api", "ogc.conformance", "ogc.collections", "ogc.queryables"), Need(kinds=frozenset(FEATURES))
    ),
    # As much as a list in a file, and as easily carried away.
    **dict.fromkeys(
        ("ogc.collection", "ogc.items", "ogc.item"),
        Need(rights=frozenset({Right.EXPORT}), kinds=frozenset(FEATURES), shows=frozenset({Right.MASKED})),
    ),
    "loans.list": reads("items"),
    "loans.borrowers": reads("items"),
    "statistics.subjects": needs(Right.STATISTICS),
    "attention": reads(*_ANYTHING),
    "search": reads(*_ANYTHING, shows=Right.MASKED),
    "in-sight": reads(*_ANYTHING),
    "cases": needs(Right.CASES),
    "document": reads(*_ANYTHING),
    "history": reads(*_ANYTHING, shows=Right.MASKED),
    "positions.report": _REPORTS,
    **dict.fromkeys(("positions.osmand", "positions.osmand.post"), replace(_REPORTS, foreign=True)),
    "positions.latest": reads("vehicles", shows=Right.MASKED),
    "positions.stream": reads("vehicles", shows=Right.MASKED),
    **dict.fromkeys(("positions.day", "vehicles.track"), _tracks("vehicles")),
    "positions.devices": _tracks("vehicles"),
    "journeys.track": _tracks("journeys"),
    "tile": Need(kinds=_ON_THE_MAP, shows=frozenset({Right.MASKED})),
    # What a map is drawn on: no thing of the registry, the same for everybody.
    **dict.fromkeys(("map.bases", "map.base", "map.base.file", "map.boundaries"), SIGNED_IN),
    # It goes out of the house, as a table does.
    **dict.fromkeys(
        ("map.png", "map.pdf"),
        Need(kinds=_ON_THE_MAP, rights=frozenset({Right.EXPORT}), shows=frozenset({Right.MASKED})),
    ),
    "map.legend": Need(kinds=_ON_THE_MAP | {"items"}, shows=frozenset({Right.MASKED})),
    **{f"{kind}.tile": _angle(kind, "tile") for kind in (*_ON_THE_MAP, "items")},
    "map.findings": Need(kinds=_ON_THE_MAP | {"items"}, shows=frozenset({Right.MASKED})),
    "findings.tile": Need(kinds=_ON_THE_MAP | {"items"}, shows=frozenset({Right.MASKED})),
    **dict.fromkeys(("map.extent", "map.place"), Need(kinds=_ON_THE_MAP, shows=frozenset({Right.MASKED}))),
    "compare.assets": reads(*_ANYTHING, shows=Right.MASKED),
    "compare.units": reads("units"),
    "compare.area": Need(kinds=_ON_THE_MAP, shows=frozenset({Right.MASKED})),
    **{
        f"statistics.{subject}{rows}": needs(Right.STATISTICS, kinds=kinds)
        for subject, kinds in {
            "premises": _PREMISES,
            "people": frozenset({"people"}),
            "vehicles": frozenset({"vehicles"}),
            "stock": frozenset({"lots"}),
            "items": frozenset({"items"}),
        }.items()
        for rows in ("", ".rows")
    },
}
"""By the id of the operation, as the description of the API names it."""
