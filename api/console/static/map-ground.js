// The ground: paper with a fine net of degrees and the names of the prefectures and counties. No picture from anywhere is needed.
"use strict";

window.zhangtu = { ...window.zhangtu, map: { ...window.zhangtu?.map } };

zhangtu.map.ground = (it) => {
  const { map, told } = it;
  const pane = map.createPane("ground");  // below all that is drawn; boundaries and base maps lie here, too
  pane.style.zIndex = 150;
  const names = map.createPane("names");
  names.style.zIndex = 160;
  names.style.pointerEvents = "none";

  // Whole steps of degrees, minutes and seconds, so that lines fall where a person would draw them.
  const STEPS = [10, 5, 2, 1, 1 / 2, 1 / 6, 1 / 12, 1 / 30, 1 / 60, 1 / 120, 1 / 360, 1 / 720, 1 / 1800, 1 / 3600];
  const net = L.layerGroup([], { pane: "ground" }).addTo(map);
  const line = { pane: "ground", interactive: false, className: "map-net", renderer: L.svg({ pane: "ground", padding: 0.3 }) };
  const redraw = () => {
    net.clearLayers();
    const bounds = map.getBounds().pad(0.3);
    const wide = map.getBounds().getEast() - map.getBounds().getWest();
    const step = STEPS.find((one) => wide / one >= 5) || STEPS.at(-1);
    const from = (side) => Math.ceil(side / step) * step;
    for (let x = from(bounds.getWest()); x <= bounds.getEast(); x += step) net.addLayer(L.polyline([[bounds.getSouth(), x], [bounds.getNorth(), x]], line));
    for (let y = from(bounds.getSouth()); y <= bounds.getNorth(); y += step) net.addLayer(L.polyline([[y, bounds.getWest()], [y, bounds.getEast()]], line));
  };
  map.on("moveend", redraw);

  let placed = [];
  const READ = { prefecture: [4, 11], county: [9, 13], district: [12, 14] };  // from which zoom to which
  // Names as text nodes: never HTML.
  const signs = L.layerGroup().addTo(map);
  const named = () => {
    signs.clearLayers();
    placed = [];
    const zoom = map.getZoom();
    for (const [name, lat, lng, rank] of told.places) {
      const [from, to] = READ[rank];
      if (zoom < from || zoom > to) continue;
      const text = document.createElement("span");
      text.textContent = name;
      const icon = L.divIcon({ className: `map-place ${rank}`, html: text, iconSize: [0, 0] });
      const sign = L.marker([lat, lng], { icon, pane: "names", interactive: false, keyboard: false });
      signs.addLayer(sign);
      placed.push({ sign, text });
    }
    aside(rings);
  };
  // A name stands below the ring that lies on its place: the first of several there, and the others not at all.
  let rings = [];
  const aside = (found) => {
    rings = found;
    const taken = new Set();
    for (const { sign, text } of placed) {
      const own = map.latLngToLayerPoint(sign.getLatLng());
      const gap = (one) => map.latLngToLayerPoint(one.where).distanceTo(own);
      const near = found.filter((one) => gap(one) < 52).sort((a, b) => gap(a) - gap(b))[0];
      const by = near ? map.latLngToLayerPoint(near.where).subtract(own) : null;
      text.hidden = taken.has(near);
      text.style.left = by ? `${by.x}px` : "";
      text.style.top = by ? `${by.y + near.side / 2 + 10}px` : "";
      if (near) taken.add(near);
    }
  };
  it.on("counted", aside);
  map.on("zoomend", named);
  map.whenReady(() => { redraw(); named(); });

  L.control.scale({ imperial: false, position: "bottomright", maxWidth: 120 }).addTo(map);
};
