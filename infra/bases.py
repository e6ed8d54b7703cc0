"""Which base maps an administrator has chosen (`ZHANGTU_BASES_FILE`): tiles of some host, or one PMTiles file on this machine."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from infra.problems import Problem

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_KNOWN = frozenset({"z", "x", "y", "s", "key"})


class BasesInvalid(Problem):
    zh = "底图设置 {path} 有误，请改正（说明见 docs/settings.md）：\n{faults}"
    en = "The base maps in {path} are wrong; correct them (docs/settings.md explains):\n{faults}"


class Base(BaseModel):
    """`url` with {z} {x} {y}, {s} for one of `subdomains` and {key} for what stands in `key_file`; or the file `pmtiles`."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    name: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]
    zh: Annotated[str, Field(min_length=1, max_length=100)]
    en: Annotated[str, Field(min_length=1, max_length=100)]
    attribution: Annotated[str, Field(max_length=300)] = ""
    url: Annotated[str, Field(max_length=2000)] | None = None
    subdomains: Annotated[str, Field(max_length=40, pattern=r"^[a-z0-9]*$")] = ""
    key_file: Path | None = None
    pmtiles: Path | None = None
    min_zoom: Annotated[int, Field(ge=0, le=22)] = 0
    max_zoom: Annotated[int, Field(ge=0, le=22)] = 18

    @model_validator(mode="after")
    def _is_one_of_two(self) -> Self:
        if (self.url is None) == (self.pmtiles is None):
            raise ValueError("give either url or pmtiles")
        if self.url is not None:
            self._require_address(self.url)
        for file in (self.key_file, self.pmtiles):
            if file is not None and not file.is_file():
                raise ValueError(f"there is no file {file}")
        return self

    def _require_address(self, url: str) -> None:
        """Only the subdomain of the host may vary: whoever asks for a tile must not choose who is asked."""
        placeholders = set(_PLACEHOLDER.findall(url))
        if placeholders - _KNOWN or not {"z", "x", "y"} <= placeholders:
            raise ValueError("url must hold {z}, {x} and {y}, and nothing in braces but these, {s} and {key}")
        parts = urlsplit(url)
        if (
            parts.scheme not in ("http", "https")
            or not parts.hostname
            or set(_PLACEHOLDER.findall(parts.netloc)) - {"s"}
        ):
            raise ValueError("url must begin with http:// or https:// and name a host")
        if ("s" in placeholders) != bool(self.subdomains) or ("key" in placeholders) != (self.key_file is not None):
            raise ValueError("{s} goes with subdomains, {key} with key_file")

    def address(self, z: int, x: int, y: int) -> str:
        """Of one tile; the same tile is always asked of the same subdomain, so that theirs are cached, too."""
        key = "" if self.key_file is None else self.key_file.read_text(encoding="utf-8").strip()
        side = self.subdomains[(x + y) % len(self.subdomains)] if self.subdomains else ""
        given = {"z": str(z), "x": str(x), "y": str(y), "s": side, "key": key}
        return _PLACEHOLDER.sub(lambda one: given[one[1]], self.url or "")


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    base: list[Base]


def read(path: Path | None) -> dict[str, Base]:
    """By name, in the order of the file. Paths in it are relative to where it lies."""
    if path is None:
        return {}
    try:
        told = _File.model_validate(_relative(tomllib.loads(path.read_text(encoding="utf-8")), path.parent))
    except ValidationError as error:
        faults = [f"  {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_input=False)]
        raise BasesInvalid(path=path, faults="\n".join(faults)) from None
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        raise BasesInvalid(path=path, faults=f"  {error}") from None
    return {one.name: one for one in told.base}


def _relative(told: dict[str, Any], folder: Path) -> dict[str, Any]:
    for one in told.get("base", ()):
        one.update({name: folder / one[name] for name in ("key_file", "pmtiles") if isinstance(one.get(name), str)})
    return told
