"""Pages about nobody but the person who looks at them: their password, their sessions, their second factor, their tokens."""

from api.console.account import own, password

ROUTERS = (password.router, own.router)
