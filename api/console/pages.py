"""What makes a page: a template, the language, who looks, and at which moment; and what it tells a browser it may do."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlsplit

from fastapi import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api import badges
from api.console import showing, toasts
from api.console.appearance import CHOICES, appearance_of
from api.console.asking import Api, Refused
from api.console.charts import percent
from api.console.guide.chapters import address as guide_of
from api.console.kinds import KINDS, menu
from api.console.language import language_of, said
from api.console.leading import lead
from api.console.moment import Moment, choices, day_of, told
from api.console.out_of_sight import without_dead_ends
from api.console.scanning import scanned
from api.console.static import address
from api.console.templating import Templates
from api.routing import Route, Routes
from domain.access.roles import BY_NAME

HERE: Final = Path(__file__).parent

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""A page runs, loads and sends nothing but what is ours; nothing stands in it that could run."""
_SCRIPTS: Final = "script-src 'self'"

MUST_CHANGE: Final = "password-must-change"

# Without a referrer at all a browser would not even tell us that a form was sent from here.
_TOLD: Final = {"Content-Security-Policy": POLICY, "Referrer-Policy": "same-origin"}

_environment = Templates(HERE / "templates")
_environment.globals |= {
    "static": address,
    "kinds": KINDS,
    "moment_of": showing.moment,
    "figure": showing.figure,
    "tone": badges.tone,
    "percent": percent,
    "scanned": scanned,
    "states": badges.COLUMNS,
    "appearances": CHOICES,
}
_environment.filters["sentence"] = showing.sentence
_environment.filters["combine"] = lambda first, second: {**first, **second}


class Shown(HTMLResponse):
    """A page that was made, and what it was made of."""

    page: Page


class Page:
    """One page being made for one request."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.language = language_of(request)
        self.appearance = appearance_of(request)
        self.toast = toasts.left(request)
        self.moment = Moment.of(request)
        self.api = Api(request)
        self.me: dict[str, Any] | None = None
        self.unread = 0
        self.nonce = ""
        """Of the script that stands in the page itself, where one does."""

    async def enter(self, *, to_change_password: bool = False) -> dict[str, Any]:
        """Who looks; whoever has not signed in, or still has a password from somebody else, goes there first."""
        self.me = await self.api.get("/v1/session")
        if self.me["must_change"] and not to_change_password:
            raise Refused(HTTPStatus.FORBIDDEN, {"code": MUST_CHANGE})
        if not self.me["must_change"]:
            self.unread = (await self.api.get("/v1/notices/unread"))["unread"]
        return self.me

    def say(self, zh: str, en: str, *, one: str = "", of: object = None) -> str:
        """`one`: the English where there is one `of` it."""
        if self.language == "zh":
            return zh
        return one if one and of == 1 else en

    async def look(self, path: str, **parameters: Any) -> Any:
        """A read at the moment that the page looks at."""
        return await self.api.get(path, **{**parameters, **self.moment.asked})

    def show(self, template: str, *, status: int = 200, **shown: Any) -> Response:
        text = _environment.get_template(template).render(
            page=self,
            say=self.say,
            role=self._role,
            said=lambda told: said(told, self.language),
            cell=lambda value, column, words: showing.cell(value, column, words, self.language),
            brief=lambda value: showing.brief(value, self.language),
            measure=lambda kind, column: showing.measure(kind, column, self.language),
            link=self.moment.link,
            lead=lambda address, **more: lead(self.moment, address, **more),
            moment_told=lambda moment, ends=False: self.say(*told(moment, ends=ends)),
            day_of=day_of,
            moments=lambda last: choices(self.moment, datetime.now(showing.SHANGHAI).date(), last),
            menu=menu(self.me),
            guide=guide_of(self.request),
            **shown,
        )
        answer = Shown(text, status, headers={**_TOLD, "Content-Language": self.language})
        answer.page = self
        if self.nonce:
            answer.headers["Content-Security-Policy"] = POLICY.replace(_SCRIPTS, f"{_SCRIPTS} 'nonce-{self.nonce}'")
        if self.toast is not None:
            answer.delete_cookie(toasts.COOKIE)
        return answer

    def _role(self, name: str) -> str:
        """A role in words; roles that were written freely, before there were accounts, as they were."""
        known = BY_NAME.get(name)
        return name if known is None else self.say(known.zh, known.en)

    @property
    def here(self) -> str:
        """The address of this page, to come back to."""
        url = self.request.url
        return f"{url.path}?{url.query}" if url.query else url.path

    @property
    def came_from(self) -> str:
        """The same; of what was sent, the page that it was typed on, because what only takes forms cannot be looked at."""
        if self.request.method == "GET":
            return self.here
        url = urlsplit(self.request.headers.get("referer", ""))
        return f"{url.path}?{url.query}" if url.query else url.path or self.here


class PageRoute(Route):
    """A page that the API refuses says so as a page."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def shown(request: Request) -> Response:
            try:
                return await _with_links_that_lead_somewhere(await handler(request))
            except Refused as refusal:
                return await refused(Page(request), refusal)

        return shown


async def _with_links_that_lead_somewhere(answer: Response) -> Response:
    if isinstance(answer, Shown) and answer.page.me is not None:
        page, text = answer.page, bytes(answer.body).decode()
        told = await without_dead_ends(text, page.me or {}, page.look, nameless=page.say(*showing.OUT_OF_SIGHT))
        answer.body = told.encode()
        answer.headers["content-length"] = str(len(answer.body))
    return answer


async def refused(page: Page, refusal: Refused) -> Response:
    """The refusal as a page; whoever has to sign in first, or to change their password, is led there."""
    if refusal.status == HTTPStatus.UNAUTHORIZED:
        return RedirectResponse(f"/sign-in?to={quote(page.came_from, safe='')}", HTTPStatus.SEE_OTHER)
    if refusal.problem.get("code") == MUST_CHANGE:
        return RedirectResponse("/password", HTTPStatus.SEE_OTHER)
    try:
        await page.enter()
    except Refused:
        page.me = None  # the page without a menu: what went wrong may be just this
    return page.show("refused.html", status=refusal.status, problem=refusal.problem)


class Pages(Routes):
    """Routes of pages: they stand in no description of the API."""

    def __init__(self) -> None:
        super().__init__()
        self.route_class = PageRoute
        self.include_in_schema = False
