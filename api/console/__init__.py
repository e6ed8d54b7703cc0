"""Pages for people: answers of the API in another shape (ADR 0013)."""

from api.console import (
    account,
    administration,
    approvals,
    choosing,
    design,
    drawings,
    forms,
    home,
    imports,
    lists,
    looking_up,
    notices,
    palette,
    plans,
    signing,
    static,
    statistics,
    things,
    time_bar,
)
from api.console.guide.routes import router as guide
from api.console.map import page as map_page
from api.console.positions.devices import router as devices

ROUTERS = (
    static.router,
    home.router,
    design.router,
    signing.router,
    time_bar.router,
    *account.ROUTERS,
    *administration.ROUTERS,
    guide,
    *notices.ROUTERS,
    imports.router,
    drawings.router,
    *plans.ROUTERS,
    looking_up.router,
    *approvals.ROUTERS,
    choosing.router,
    *forms.ROUTERS,
    *statistics.ROUTERS,
    devices,
    *lists.ROUTERS,
    map_page.router,
    palette.router,
    things.router,
)
