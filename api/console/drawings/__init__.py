"""Drawings in: the page on which a drawing is read, placed, compared and recorded."""

from api.console.drawings.pages import router

__all__ = ["router"]
