"""How pages are put together: templates that everything is escaped in, and in which nothing that is missing passes for empty."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_OWN: Final = frozenset(dir(dict))


class Templates(Environment):
    """A page looks up thousands of keys in answers of the API, most of them written with a dot."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,  # they do not change under a running server, and dozens are asked for by every page
        )

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The same as always; but a dictionary is not asked first for an attribute that none has, in vain and at length."""
        if type(obj) is dict and attribute not in _OWN:
            return self.getitem(obj, attribute)
        return super().getattr(obj, attribute)
