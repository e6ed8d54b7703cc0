"""What a command asks for, told as a form needs it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi.responses import Response
from pydantic import StringConstraints

from api import openapi, scalars
from api.access.asking import sent, takes
from api.dependencies import Caller, Given
from api.executing import json_response
from api.forms.answers import FormTold, SuggestionsTold
from api.forms.fields import fields_of, mandate_of
from api.forms.formulas import suggestions
from api.forms.given import Filled
from api.refusals import CommandUnknown
from api.routing import Routes
from api.schemas import Strictly
from domain.catalogue import COMMANDS
from projections.queries.words.parameters import command_help

router = Routes(tags=["commands"])


@router.get(
    "/v1/commands/{key}/form",
    operation_id="command.form",
    summary="命令的表单 · A command as a form",
    response_class=Response,
    **openapi.reads(FormTold, 404),
)
def form(key: str, _: Caller) -> Response:
    """各栏的名称、提示、可选值和限度，中英文。Every field with its words in both languages, its hint, choices and bounds."""
    if key not in COMMANDS:
        raise CommandUnknown(key=key)
    return json_response(told(key))


class Begun(Strictly):
    """A form that is not filled in yet: nothing in it has to be right."""

    id: scalars.ID | None = None
    arguments: dict[str, Any]
    effective: Annotated[str, StringConstraints(strict=True, max_length=64)] | None = None


@router.post(
    "/v1/commands/{key}/suggestions",
    operation_id="command.suggestions",
    summary="测算与标准 · What formulas suggest",
    response_class=Response,
    responses={200: openapi.answers(SuggestionsTold, "OK"), **openapi.problems(400, 404, 413, 415, 422, 500, 503)},
    **takes(Begun),
)
def suggest(key: str, given: Given, caller: Caller, said: Annotated[Begun, sent(Begun)]) -> Response:
    """按已填的内容测算，附依据；只作提示，不代填。Reckoned from what is filled in so far, with its source; it fills nothing in."""
    if key not in COMMANDS:
        raise CommandUnknown(key=key)
    filled = Filled(services=given, caller=caller, id=said.id, arguments=said.arguments, effective=said.effective)
    return json_response({"suggestions": [asdict(one) for one in suggestions(key, filled)]})


def told(key: str) -> dict[str, Any]:
    command, told = COMMANDS[key], command_help(key)
    return {
        "key": key,
        "kind": command.aggregate.kind,
        "zh": command.zh,
        "en": command.en,
        "help": None if told is None else {"value": key, "zh": told[0], "en": told[1]},
        "creates": command.creates,
        "future": command.future,
        "document": command.document,
        "fields": [asdict(one) for one in fields_of(command)],
        "mandate": [asdict(one) for one in mandate_of(command)],
    }
