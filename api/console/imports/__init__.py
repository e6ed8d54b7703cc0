"""Pages to send a spreadsheet, see what is wrong with it and what it would change, apply it, and take it back."""

from api.console.imports.pages import router

__all__ = ["router"]
