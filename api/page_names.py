"""The pages, by the ids of their operations. They need nothing themselves: what they show they ask of the operations that
`api/needs.py` lists, as whoever looks at them (`api/console/asking.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from domain.access.policy import KINDS

_SIDES: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("facts", "history", "timeline", "relations", "documents", "compare"), ()),
    "contents": ("compounds", "buildings", "warehouses"),
    "floors": ("buildings",),
    "holdings": ("units", "people"),
    "rooms-map": ("units",),
    "costs": ("vehicles",),
    "loans": ("items",),
    "place": ("compounds", "buildings", "rooms", "vehicles", "warehouses", "fences"),
    "journeys": ("vehicles", "drivers"),
}
"""The sides from which pages show a thing; of these kinds only, if any are named."""

PAGES: Final = frozenset(
    [
        *("page.static", "page.home", "page.history", "page.event", "page.document", "page.search"),
        *("page.inbox", "page.inbox.waiting", "page.deputies", "page.deputies.make", "page.deputies.end"),
        *("page.proposals.content", "page.proposals.decide", "page.proposals.correct", "page.proposals.correct.send"),
        "page.proposals.correct.draft",
        "page.proposals.propose",
        *("page.design", "page.language", "page.appearance", "page.sign-in", "page.sign-in.send", "page.sign-out"),
        *("page.notices", "page.notices.read", "page.notices.one", "page.watch", "page.unwatch"),
        *("page.wishes", "page.wishes.send"),
        *("page.do", "page.do.send", "page.do.draft", "page.do.suggest", "page.choose"),
        *("page.imports", "page.imports.new", "page.imports.send", "page.import", "page.import.do"),
        *("page.drawings", "page.drawings.new", "page.drawings.send", "page.drawing", "page.drawing.do"),
        *(
            "page.loans",
            "page.devices",
            "page.loans.views",
            "page.loans.columns",
            "page.loans.chosen",
            "page.history.views",
            "page.history.columns",
        ),
        *(f"page.{kind}.{change}" for kind in KINDS for change in ("columns", "views", "chosen")),
        *("page.statistics", "page.statistics.subject", "page.statistics.rows"),
        *("page.plans", "page.plans.new", "page.plans.make", "page.plan"),
        *(f"page.plan.{step}" for step in ("head", "move", "remove", "remark", "join", "leave", "apply", "drop")),
        "page.plan.submit",
        *("page.map", "page.map.card", "page.map.said", "page.map.words"),
        *("page.password", "page.password.send", "page.moment", "page.cases", "page.palette"),
        *("page.account", "page.account.session.end", "page.account.sessions.end", "page.account.factor.begin"),
        *("page.account.factor.confirm", "page.account.factor.remove"),
        *("page.account.tokens.make", "page.account.tokens.revoke"),
        *(
            "page.accounts",
            "page.accounts.make",
            "page.accounts.one",
            "page.accounts.logins",
            "page.accounts.password",
            "page.accounts.do",
        ),
        *("page.grants.give", "page.grants.take", "page.units-to-give-in", "page.records", "page.records.review"),
        *("page.guide", "page.guide.chapter", "page.guide.picture"),
        *("page.system", "page.webhooks", "page.webhooks.make", "page.webhooks.do", "page.webhook"),
        *(f"page.{kind}" for kind in KINDS),
        *(f"page.{kind}.{side}" for side, kinds in _SIDES.items() for kind in kinds or KINDS),
    ]
)
