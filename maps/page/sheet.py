"""The sheet that everything is drawn on: folium's map with nothing but Leaflet beneath, and the layer of our own tiles."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

import folium
from folium.elements import JSCSSMixin
from folium.template import Template

from maps.page.figure import OwnFigure, Parts

LEAFLET: Final = "https://cdn.jsdelivr.net/npm/leaflet@1.9.4/dist/leaflet"
TILES: Final = "https://cdn.jsdelivr.net/npm/protomaps-leaflet@5.1.0/dist/protomaps-leaflet.js"
NAME: Final = "sheet"
"""The map is `map_sheet` in the page and in scripts."""

MIDDLE: Final = (38.0, 106.0)
CLOSEST: Final = 21


class Sheet(folium.Map):
    """Without folium's inline styles, jQuery and Bootstrap: the page has its own."""

    default_js = [("leaflet", f"{LEAFLET}.js")]  # noqa: RUF012 -- so folium has it
    default_css = [("leaflet_css", f"{LEAFLET}.css")]  # noqa: RUF012 -- so folium has it

    _template = Template("""
        {% macro html(this, kwargs) %}<div class="folium-map" id={{ this.get_name()|tojson }}></div>{% endmacro %}
        {% macro script(this, kwargs) %}
            const {{ this.get_name() }} = L.map({{ this.get_name()|tojson }},
                { center: {{ this.location|tojson }}, ...{{ this.options|tojavascript }} });
            {{ this.get_name() }}.attributionControl.setPrefix(false);
        {% endmacro %}""")

    def __init__(self, **options: Any) -> None:
        super().__init__(
            location=MIDDLE, tiles=None, zoom_start=7, min_zoom=4, max_zoom=CLOSEST, zoom_control=False, **options
        )
        self._id = NAME


class Things(JSCSSMixin):
    """Our vector tiles, drawn by `map.js`. `told`: what that has to know, as plain values."""

    default_js = [("protomaps", TILES)]  # noqa: RUF012 -- so folium has it

    _template = Template("""
        {% macro script(this, kwargs) %}
            zhangtu.map.begin({{ this._parent.get_name() }}, {{ this.told }});
        {% endmacro %}""")

    def __init__(self, told: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # folium's is not typed
        self._name = "Things"
        self.told = _literal(told)


_UNSAFE: Final = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&'\u2028\u2029"})


def _literal(told: Mapping[str, Any]) -> str:
    """As a script within a page may hold it: nothing in it ends the script. Chinese stays Chinese, which is half as long."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def sheet(served: Mapping[str, str], told: Mapping[str, Any]) -> Parts:
    """The map as parts of a page. `served`: by the addresses above, where we serve the same."""
    figure = OwnFigure(served)
    page = Sheet()
    figure.add_child(page)
    page.add_child(Things(told))
    return figure.parts()
