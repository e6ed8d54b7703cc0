"""A bureau at work: says what it does, is refused and sees, all through the JSON API, as a page or a script would."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
from httpx import Response

DOCUMENT = "宁机管发〔2024〕1号"
GROUNDS = "按程序办理"


@dataclass(frozen=True)
class Done:
    """What a command answered. Given as an argument, it stands for the thing it was about."""

    raw: Mapping[str, Any]
    status: int
    replayed: bool
    address: str | None = None

    def __str__(self) -> str:
        return str(self.raw["id"])

    @property
    def id(self) -> str:
        return str(self)

    @property
    def version(self) -> int:
        return int(self.raw["version"])

    @property
    def position(self) -> int:
        """Of the last event: what a correction names."""
        return int(self.raw["position"])

    def position_of(self, id: object) -> int:
        """Of what happened to this one, where a command tells several."""
        return next(int(event["position"]) for event in self.raw["events"] if event["aggregate"] == str(id))

    @property
    def ids(self) -> list[str]:
        """Of a batch: what each line was about."""
        return [result["id"] for result in self.raw["results"]]

    @property
    def topics(self) -> list[str]:
        return [event["topic"].partition(".")[2] for event in self.raw["events"]]

    @property
    def notices(self) -> list[str]:
        return [notice["code"] for notice in self.raw["notices"]]

    def made(self, topic: str) -> list[str]:
        """The ids of what events of this name happened to, in order."""
        return [event["aggregate"] for event in self.raw["events"] if event["topic"].endswith(f".{topic}")]


@dataclass(frozen=True)
class Problem:
    """Why the bureau was told no."""

    raw: Mapping[str, Any]

    @property
    def code(self) -> str:
        return str(self.raw["code"])

    @property
    def status(self) -> int:
        return int(self.raw["status"])

    @property
    def says(self) -> str:
        """The Chinese sentence that the user reads."""
        return str(self.raw["detail"])

    @property
    def field(self) -> str:
        return str(self.raw.get("field", ""))

    @property
    def line(self) -> int | None:
        return self.raw.get("line")

    @property
    def data(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.raw.get("data", {})
        return found


@dataclass(frozen=True)
class Seen:
    """One thing as the API shows it, at a version and a moment."""

    raw: Mapping[str, Any]

    def __getitem__(self, facet: str) -> Any:
        """The value of a facet with one value at the moment asked about; None where nothing was ever said of it."""
        return self.of(facet, "")

    def of(self, facet: str, member: object) -> Any:
        return next((one["value"] for one in self._facets(facet) if one["member"] == str(member)), None)

    def members(self, facet: str) -> dict[str, Any]:
        """The members of a facet with many values, those that are gone left out."""
        return {one["member"]: one["value"] for one in self._facets(facet) if one["value"] is not None}

    def history(self, facet: str, member: object = "") -> list[Any]:
        """The values that prevail one after the other, over all time."""
        found = [one["stretches"] for one in self._facets(facet) if one["member"] == str(member)]
        return [stretch["value"] for stretch in found[0]] if found else []

    @property
    def version(self) -> int:
        return int(self.raw["version"])

    @property
    def claims(self) -> dict[str, str]:
        return {claim["value"]: claim["scope"] for claim in self.raw["claims"]}

    @property
    def details(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.raw["details"]
        return found

    def _facets(self, name: str) -> list[Any]:
        return [one for one in self.raw["facets"] if one["name"] == name]


@dataclass
class Bureau:
    """`done` gathers the keys of the commands that were carried out; `paths` is what /v1/commands said of them."""

    client: httpx.Client
    paths: Mapping[str, str]
    done: set[str] = field(default_factory=set)

    def does(self, command: str, subject: object = None, /, **said: Any) -> Done:
        """Carries out one command: `effective` and the command's own arguments; see `request` for the rest.

        `key`: the Idempotency-Key, else one of its own. `seen`: the version that was looked at, for If-Match.
        """
        answer = self._ask(command, subject, said)
        assert answer.status_code in (200, 201), f"{command}: {answer.text}"
        self.done.add(command)
        replayed = answer.headers["idempotency-replayed"] == "true"
        return Done(answer.json(), answer.status_code, replayed, answer.headers.get("location"))

    def refused(self, command: str, subject: object = None, /, **said: Any) -> Problem:
        """Asks for what the registry refuses; nothing may have been written."""
        head = self.head()
        return self._problem(self._ask(command, subject, said), head)

    def does_together(self, *lines: Mapping[str, Any], key: str | None = None, **said: Any) -> Done:
        """All lines or none, as one decision with one answer; `ids` are what the lines were about."""
        answer = self._ask_together(lines, key, said)
        assert answer.status_code == 200, answer.text
        self.done |= {line["command"] for line in lines}
        replayed = answer.headers["idempotency-replayed"] == "true"
        return Done(answer.json(), answer.status_code, replayed)

    def refused_together(self, *lines: Mapping[str, Any], **said: Any) -> Problem:
        head = self.head()
        return self._problem(self._ask_together(lines, None, said), head)

    def sees(self, kind: str, id: object, *, at: str | None = None, version: int | None = None) -> Seen:
        asked = {name: value for name, value in (("at", at), ("version", version)) if value is not None}
        answer = self.client.get(f"/v1/{kind}/{id}", params=asked)
        assert answer.status_code == 200, answer.text
        return Seen(answer.json())

    def reads(self, kind: str, id: object) -> list[dict[str, Any]]:
        """The events of one thing, in order, with their mandates."""
        answer = self.client.get(f"/v1/{kind}/{id}/events", params={"limit": 500})
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["events"]
        return found

    def head(self) -> int:
        """The position of the last event of the log."""
        return int(self.client.get("/healthz").json()["position"])

    def _ask(self, command: str, subject: object, said: dict[str, Any]) -> Response:
        key, seen = said.pop("key", None), said.pop("seen", None)
        headers = {"Idempotency-Key": key or str(uuid4())} | ({} if seen is None else {"If-Match": f'"{seen}"'})
        body = request(**said)
        return self.client.post(self.paths[command].replace("{id}", str(subject)), json=body, headers=headers)

    def _ask_together(self, lines: Iterable[Mapping[str, Any]], key: str | None, said: Mapping[str, Any]) -> Response:
        body = {"mode": "all-or-nothing", "mandate": mandate(**said), "commands": list(lines)}
        return self.client.post("/v1/batches", json=body, headers={"Idempotency-Key": key or str(uuid4())})

    def _problem(self, answer: Response, head: int) -> Problem:
        told = answer.json()
        assert answer.headers["content-type"] == "application/problem+json", answer.text
        assert 400 <= answer.status_code < 500, answer.text
        assert (told["status"], told["type"]) == (answer.status_code, f"urn:zhangtu:problem:{told['code']}")
        assert self.head() == head
        return Problem(told)


def mandate(*, effective: str, document: str | None = DOCUMENT, grounds: str = GROUNDS) -> dict[str, Any]:
    """On which document, on what grounds, effective when. `document=None`: on none."""
    return {"reason": grounds, "effective": effective, "documents": [{"number": document}] if document else []}


def request(
    *, effective: str, document: str | None = DOCUMENT, grounds: str = GROUNDS, id: object = None,
    corrects: int | None = None, **arguments: Any,
) -> dict[str, Any]:  # fmt: skip
    """The body of a command. `corrects`: the position of the event that was wrong."""
    given = {name: plain(value) for name, value in arguments.items()} | _named(id=id, corrects=corrects)
    return given | {"mandate": mandate(effective=effective, document=document, grounds=grounds)}


def line(
    command: str, subject: object = None, /, *, effective: str | None = None, document: str | None = DOCUMENT,
    grounds: str = GROUNDS, corrects: int | None = None, seen: int | None = None, **arguments: Any,
) -> dict[str, Any]:  # fmt: skip
    """One line of a batch; with `effective` it has a mandate of its own."""
    own = None if effective is None else mandate(effective=effective, document=document, grounds=grounds)
    named = _named(id=subject, corrects=corrects, expected_version=seen, mandate=own)
    return {"command": command, "arguments": {name: plain(value) for name, value in arguments.items()}} | named


def plain(value: Any) -> Any:
    """As JSON: what was done stands for its id."""
    match value:
        case Done():
            return value.id
        case dict():
            return {name: plain(one) for name, one in value.items()}
        case list() | tuple():
            return [plain(one) for one in value]
        case _:
            return value


def _named(**values: Any) -> dict[str, Any]:
    return {name: plain(value) for name, value in values.items() if value is not None}
