"""Statistics: figures by whatever they can be broken down, as a chart and a table, on one day or two; and the rows behind each."""

from api.console.statistics import figures, rows

ROUTERS = (figures.router, rows.router)
