"""OGC API – Features: what map programs (QGIS, GDAL, ArcGIS) read, with the rights of whoever signed in there."""
