"""Plans as pages: what is planned, with whom, what is wrong with it, and what it would make of the units."""

from api.console.plans.pages import router
from api.console.plans.sending import router as sending

ROUTERS = (router, sending)
