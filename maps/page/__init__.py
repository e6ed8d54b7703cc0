"""The page of the map: what folium makes of it, with every address in it one of ours."""
