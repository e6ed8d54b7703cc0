"""What administrators need besides accounts and grants: units to choose from, records as a file, and how the system runs."""

from api.administration import directory, generations, records_file

ROUTERS = (directory.router, records_file.router, generations.router)
