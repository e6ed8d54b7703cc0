"""The map: folium pages, vector tiles, floor plans, tracks and a feature service. Empty until its milestone.

Everything here will read generations made by `projections`; nothing here writes to the log.
"""
