"""Text and numbers as they enter: bounded, trimmed of nothing, with the bounds written into the type.

The API reads these annotations to describe and check its input; the domain relies on them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from annotated_types import Ge, Gt, Le, Len
from annotated_types import MaxLen as _MaxLen


@dataclass(frozen=True, slots=True)
class Pattern:
    """The text must match this regular expression."""

    regex: str


@dataclass(frozen=True, slots=True)
class Scale:
    """The number has at most this many decimal places."""

    places: int


# Length limits keep one careless paste from becoming a page nobody can read.
Name = Annotated[str, Len(1, 200), Pattern(r"\S")]
Token = Annotated[str, Len(1, 100), Pattern(r"\S")]
Reason = Annotated[str, Len(1, 2000), Pattern(r"\S")]
Note = Annotated[str, _MaxLen(2000)]
Digest = Annotated[str, Pattern(r"^[0-9a-f]{64}$")]

Money = Annotated[Decimal, Ge(Decimal(0)), Le(Decimal("999999999999.99")), Scale(2)]
Area = Annotated[Decimal, Gt(Decimal(0)), Le(Decimal("9999999.99")), Scale(2)]
Count = Annotated[int, Ge(1), Le(1_000_000)]
Kilometres = Annotated[int, Ge(0), Le(9_999_999)]
Year = Annotated[int, Ge(1900), Le(2200)]
