"""Pages for people: answers of the API in another shape (ADR 0013)."""

from api.console import (
    account,
    administration,
    approvals,
    design,
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
from api.console.map import page as map_page

ROUTERS = (
    static.router,
    home.router,
    design.router,
    signing.router,
    time_bar.router,
    *account.ROUTERS,
    *administration.ROUTERS,
    *notices.ROUTERS,
    imports.router,
    *plans.ROUTERS,
    looking_up.router,
    *approvals.ROUTERS,
    *forms.ROUTERS,
    *statistics.ROUTERS,
    *lists.ROUTERS,
    map_page.router,
    palette.router,
    things.router,
)
