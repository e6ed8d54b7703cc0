"""Pages about what one is told: the notices themselves, what one watches, and how one wishes to be told."""

from api.console.notices import notices, wishes

ROUTERS = (notices.router, wishes.router)
