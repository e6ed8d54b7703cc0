"""Who may do and see what: roles, what each may, and where. Pure tables; `infra/access` keeps the accounts, `api` asks at the door."""
