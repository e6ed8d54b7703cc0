"""What one operation of the API may need of whoever asks; which needs what stands in `api/needs.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from domain.access.rights import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A request is let in when its caller has all of this. Where the caller has it is the business of what is read."""

    anybody: bool = False
    """Also strangers."""
    own: bool = False
    """About nobody but the caller: open also while the password must be changed."""
    in_person: bool = False
    """In a session: about access nothing is told to a token, or changed by one."""
    kinds: frozenset[str] = frozenset()
    """To read things of one of these kinds at least, if any are named."""
    rights: frozenset[Right] = frozenset()
    one_of: frozenset[Right] = frozenset()
    """One of these rights at least, if any are named."""
    command: str | None = None
    by_program: bool = False
    """With a token: a browser that somebody else's page leads here does not write."""
    foreign: bool = False
    """In somebody else's words: parameters are theirs, and the token may stand in the address, as `TOKEN_PARAMETER`."""
    writes: bool = False
    """To send some command at least."""
    shows: frozenset[Right] = frozenset()
    """What the answer tells those who have these rights as well; they are not needed."""


TOKEN_PARAMETER: Final = "token"  # noqa: S105 -- the name of one
ANYBODY: Final = Need(anybody=True)
SIGNED_IN: Final = Need()
IN_PERSON: Final = Need(in_person=True)
OWN: Final = Need(own=True, in_person=True)


def needs(*rights: Right, kinds: frozenset[str] = frozenset()) -> Need:
    return Need(rights=frozenset(rights), kinds=kinds)


def reads(*kinds: str, shows: Right | None = None) -> Need:
    return Need(kinds=frozenset(kinds), shows=frozenset() if shows is None else frozenset({shows}))
