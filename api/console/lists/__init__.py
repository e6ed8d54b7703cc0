"""Lists: what is asked stands in the address of the page, in the words of the API, so that a link is the list (ADR 0013)."""

from api.console.lists import bulk, columns, history, kinds, loans, views

ROUTERS = (kinds.router, columns.router, views.router, bulk.router, loans.router, history.router)
