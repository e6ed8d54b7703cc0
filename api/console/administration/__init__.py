"""Pages of the three administrators: accounts, roles, records of access, and how the system runs; and webhooks of whoever has any."""

from api.console.administration import account, accounts, grants, logins, records, system, webhooks

# What is done about grants has paths of its own below an account, and comes before what is done about the account itself.
ROUTERS = (
    accounts.router,
    logins.router,
    grants.router,
    account.router,
    records.router,
    system.router,
    webhooks.router,
)
