"""The form of any command: filled in, kept as a draft, sent, and what came of it."""

from api.console.forms import pages

ROUTERS = (pages.router,)
