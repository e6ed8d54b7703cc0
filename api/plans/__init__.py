"""Plans: draft batches on which several people work, checked against the registry and applied all or nothing."""

from api.plans import applying, checking, lines, members, papers, proposing

ROUTERS = (papers.router, lines.router, members.router, checking.router, applying.router, proposing.router)
