"""Any list as a file: CSV, Excel, GeoJSON."""
