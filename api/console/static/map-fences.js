// Geofences: as they are at the moment that is looked at, on the map and as a list. Names are text, never markup.
"use strict";

document.addEventListener("map:ready", ({ detail: { map, say, it } }) => {
  const part = document.querySelector(".map-fences");
  if (!part) return;
  const status = part.querySelector("[role=status]");
  const list = part.querySelector(".fence-list");
  const shown = part.querySelector("[name=fences]");

  map.createPane("fences").style.zIndex = 420;
  // Everything on one sheet of lines, so that styles colour them as they do all else.
  const renderer = L.svg({ pane: "fences" });
  const layer = L.geoJSON(null, {
    pane: "fences",
    renderer,
    style: ({ properties: { purpose, status } }) => ({ className: ["fence", purpose, status].join(" ") }),
    onEachFeature: (feature, drawn) => drawn.bindPopup(() => card(feature)),
    pmIgnore: true,
  });

  const made = (name, text, more = {}) => Object.assign(document.createElement(name), { textContent: text, ...more });
  const word = (words, column, code) => (words[column]?.[code] ? say(words[column][code].zh, words[column][code].en) : code || "");
  let words = {};
  const card = ({ id, properties }) => {
    const box = made("div", "", { className: "fence-popup" });
    const state = `${word(words, "purpose", properties.purpose)} · ${word(words, "status", properties.status)}`;
    box.append(made("a", properties.name, { href: it.address(`/fences/${id}`) }), made("span", state));
    if (part.dataset.redraws && properties.status !== "retired" && !it.moment.case) {
      const again = made("button", say("重新划定…", "Draw again …"), { type: "button", className: "plain" });
      again.addEventListener("click", () => { map.closePopup(); zhangtu.map.redraw?.(id, properties.name); });
      box.append(again);
    }
    return box;
  };

  let last = 0;
  const load = async () => {
    const mine = (last += 1);
    const answer = await fetch(it.address("/v1/fences", { format: "geojson", fields: "name,purpose,status" })).catch(() => null);
    if (mine !== last) return;
    if (!answer?.ok) {
      status.textContent = say("电子围栏没有取到，请稍后再试。", "The geofences could not be fetched. Try again later.");
      return;
    }
    const found = await answer.json();
    words = found.words;
    const placed = found.features.filter((one) => one.geometry && one.properties.status !== "retired");
    layer.clearLayers();
    layer.addData({ type: "FeatureCollection", features: placed });
    part.querySelector("[data-count=fences]").textContent = placed.length;
    status.textContent = placed.length ? "" : say("这一天没有电子围栏。", "There is no geofence on this day.");
    list.replaceChildren(...placed.map(line));
  };
  const line = (feature) => {
    const { name, purpose, status } = feature.properties;
    const row = made("li", "");
    const swatch = made("span", "", { className: ["swatch fence", purpose, status].join(" ") });
    const go = made("button", `${name} · ${word(words, "status", status)}`, { type: "button", className: "plain" });
    go.addEventListener("click", () => layer.eachLayer((drawn) => {
      if (drawn.feature.id !== feature.id) return;
      map.fitBounds(drawn.getBounds(), { maxZoom: 18, padding: [48, 48] });
      if (shown.checked) drawn.openPopup();
    }));
    row.append(swatch, go);
    return row;
  };

  shown.addEventListener("change", () => (shown.checked ? layer.addTo(map) : layer.remove()));
  layer.addTo(map);
  it.on("moment", load);
  load();
});
