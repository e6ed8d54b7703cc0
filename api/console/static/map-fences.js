// Geofences as they are at the moment that is looked at: lines on a map, whichever of two it is. Names are text, never markup.
"use strict";

window.zhangtu = { ...window.zhangtu, map: { ...window.zhangtu?.map } };

zhangtu.map.fences = (it) => {
  const { map } = it;
  if (!it.kind("fences")) return;
  map.createPane("fences").style.zIndex = 420;
  // Everything on one sheet of lines, so that styles colour them as they do all else; holes stay open.
  const renderer = L.svg({ pane: "fences" });
  const layer = L.geoJSON(null, {
    pane: "fences",
    renderer,
    style: ({ properties: { purpose, status } }) => ({ className: ["fence", purpose, status].join(" "), fillRule: "evenodd" }),
    onEachFeature: ({ id }, drawn) => drawn.on("click", (event) => {
      if (map.pm?.globalDrawModeEnabled()) return;
      L.DomEvent.stop(event);
      it.open("fences", id, false, { at: it.moment.at });
    }),
    pmIgnore: true,
  });

  const marked = () => layer.eachLayer((drawn) => {
    const { id } = drawn.feature;
    const line = drawn.getElement();
    if (!line) return;
    line.dataset.fence = id;
    line.classList.toggle("chosen", it.chosen === `fences/${id}`);
    for (const how of ["new", "gone", "moved", "other"]) line.classList.toggle(`differs-${how}`, it.differs?.get(id) === how);
  });
  let last = 0;
  const load = async () => {
    const mine = (last += 1);
    const answer = await fetch(it.address("/v1/fences", { format: "geojson", fields: "name,purpose,status" }, it.moment)).catch(() => null);
    if (mine !== last) return;
    const found = answer?.ok ? await answer.json() : null;
    it.fencesThere = found && found.features.filter((one) => one.geometry && one.properties.status !== "retired");
    layer.clearLayers();
    if (found) layer.addData({ type: "FeatureCollection", features: it.fencesThere });
    marked();
    it.tell("fences", found && { features: it.fencesThere, words: found.words });
  };
  it.fencesInView = () => layer.getLayers().filter((drawn) => map.hasLayer(layer) && map.getBounds().intersects(drawn.getBounds())).length;
  const shown = () => {
    it.layers.has("fences") ? layer.addTo(map) : layer.remove();
    marked();
  };
  it.on("layers", shown);
  it.on("moment", load);
  for (const change of ["chosen", "differs"]) it.on(change, marked);
  shown();
  load();
};
