"""The application: routes, what answers errors, and the life of the services behind them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

from fastapi import FastAPI
from fastapi.responses import Response
from starlette.routing import BaseRoute

from api import administration, commands, console, door, errors, extents, in_sight, openapi, plans, positions
from api.access import accounts, grants, openid_sign_in, own_account, signing_in, tokens
from api.access import records as access_records
from api.access.answers import ACCESS
from api.access.sent import SENT
from api.administration.answers import ADMINISTRATION
from api.angles import cited as angles_cited
from api.angles import contents as angles_contents
from api.angles import documents as angles_documents
from api.angles import history as angles_history
from api.angles import holdings as angles_holdings
from api.angles import states as assets
from api.angles import timelines
from api.angles.answers import ANGLES
from api.angles.answers_documents import DOCUMENTS
from api.answers import Health
from api.approvals import commands as proposals
from api.approvals import content, delegating, inbox
from api.approvals.answers import APPROVALS
from api.attention import answering, on_map
from api.attention.answers import Attention, MapFindings
from api.bases import boundaries
from api.bases import routes as bases
from api.bases.boundaries import Boundaries
from api.bases.routes import BasesTold
from api.batches import rehearsing
from api.batches import routes as batches
from api.batches.answers import REHEARSAL
from api.batches.schema import Batch
from api.comparing import routes as comparing
from api.comparing.answers import Comparison
from api.composition import opened
from api.console import missing
from api.dependencies import Given
from api.desk import routes as desk
from api.desk.answers import DESK
from api.directory import Directory
from api.drawings import routes as drawings
from api.drawings.answers import DRAWINGS
from api.executing import json_response
from api.extents import Extent, PlaceOnMap
from api.features import routes as features
from api.feed import routes as feed
from api.feed.cloudevents import CloudEvent, FeedPage
from api.figures import statistics, upkeep
from api.figures.answers import FIGURES
from api.files import routes as files
from api.floors import routes as floors
from api.floors.answers import FLOORS
from api.forms import actions, records
from api.forms import routes as forms
from api.forms.answers import FORMS
from api.forms.routes import Begun
from api.generations import cases
from api.generations.answers import CASES
from api.guarding import GuardedApp
from api.imports.answers import IMPORTS
from api.imports.routes import router as imports
from api.in_sight import InSight
from api.lists import loans
from api.lists import routes as lists
from api.lists import search as lists_search
from api.lists.answers import ANSWERS
from api.notices import routes as notices
from api.notices import watching
from api.notices.answers import NOTICES
from api.pictures import routes as pictures
from api.plans.answers import PLANS
from api.plans.bodies import BODIES
from api.plans.proposing import PlanProposed
from api.positions.answers import POSITIONS
from api.routing import Routes
from api.tiles import drawing, legend
from api.tiles.answers import Legend
from api.webhooks import routes as webhooks
from api.webhooks.answers import WEBHOOKS
from infra.notices import follower
from infra.settings import Settings
from projections.generations.health import health


def create_app(settings: Settings) -> FastAPI:
    """Build the application; it connects when it starts serving, not before."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with opened(settings) as services:
            app.state.services = services
            yield

    app = GuardedApp(
        settings,
        title="账图 Zhangtu",
        version="1",
        lifespan=lifespan,
        openapi_url="/v1/openapi.json",
        docs_url=None,  # the usual pages fetch their scripts from outside; nothing of ours does
        redoc_url=None,
        redirect_slashes=False,
    )
    app.router.routes.extend([Directory(_routes()), *_routes()])
    door.require_declared(app)
    errors.install(app)
    missing.install(app)
    openapi.install(
        app,
        Batch,
        *ANGLES,
        *DOCUMENTS,
        *FIGURES,
        Attention,
        MapFindings,
        Comparison,
        *ANSWERS,
        CloudEvent,
        FeedPage,
        *CASES,
        *ACCESS,
        *SENT,
        *APPROVALS,
        *DESK,
        *REHEARSAL,
        *NOTICES,
        *IMPORTS,
        *DRAWINGS,
        *FORMS,
        *FLOORS,
        Begun,
        *WEBHOOKS,
        *PLANS,
        *ADMINISTRATION,
        *BODIES,
        PlanProposed,
        *POSITIONS,
        Extent,
        PlaceOnMap,
        InSight,
        Legend,
        BasesTold,
        Boundaries,
    )
    return app


@cache
def _routes() -> tuple[BaseRoute, ...]:
    """Made once a process, of which tests make many applications: what a route takes is worked out when it is made."""
    routers = (
        *console.ROUTERS,
        signing_in.router,
        openid_sign_in.router,
        own_account.router,
        accounts.router,
        grants.router,
        tokens.router,
        desk.router,
        access_records.router,
        *administration.ROUTERS,
        notices.router,
        watching.router,
        webhooks.router,
        commands.index,
        forms.router,
        batches.router,
        rehearsing.router,
        imports,
        drawings.router,
        *plans.ROUTERS,
        assets.log,
        feed.router,
        files.router,
        assets.routes(),
        records.routes(),
        actions.routes(),
        timelines.routes(),
        lists.routes(),
        lists_search.router,
        in_sight.router,
        angles_holdings.routes(),
        angles_documents.routes(),
        angles_cited.routes(),
        angles_contents.routes(),
        floors.router,
        angles_history.routes(),
        cases.router,
        comparing.router,
        statistics.routes(),
        answering.router,
        on_map.router,
        upkeep.router,
        loans.router,
        drawing.routes(),
        *positions.ROUTERS,
        extents.router,
        legend.router,
        features.router,
        bases.router,
        boundaries.router,
        pictures.routes(),
        commands.routes(),
        proposals.routes(),
        delegating.router,
        inbox.router,
        content.router,
        _health(),
    )
    return tuple(route for router in routers for route in router.routes)


def _health() -> Routes:
    router = Routes(tags=["health"])
    router.add_api_route("/healthz", healthz, operation_id="health", response_class=Response,
                         responses={200: openapi.answers(Health, "OK"), **openapi.problems(500, 503)})  # fmt: skip
    return router


def healthz(given: Given) -> Response:
    """能否连上数据库，日志写到哪里，读模型跟到哪里。Is the database reachable; how far do the log and the read models go."""
    position = given.log.head()
    with given.pool.connection() as connection:
        told = {"views": health(connection, position), "notices": follower.health(connection, position)}
        return json_response({"status": "ok", "position": position, **told})
