// What the map is drawn on: imported boundaries, and a base map if the administrator has chosen one. Both come from this server.
"use strict";

document.addEventListener("map:ready", async ({ detail: { map, say, it } }) => {
  const part = document.querySelector(".map-bases");
  if (!part) return;
  const asked = async (path) => {
    const answer = await fetch(path, { headers: { accept: "application/json" } });
    return answer.ok ? answer.json() : null;
  };
  const plain = (text) => {  // Leaflet takes attributions as HTML
    const span = document.createElement("span");
    span.textContent = text;
    return span.innerHTML;
  };

  const [told, lines] = await Promise.all([asked("/v1/map/bases"), asked("/v1/map/boundaries")]);
  if (lines?.features.length) {
    const renderer = L.svg({ pane: "ground", padding: 0.5 });
    L.geoJSON(lines, { pane: "ground", interactive: false, style: { className: "map-boundary", renderer } }).addTo(map);
    part.querySelector(".map-boundaries").hidden = false;
    part.querySelector(".map-invented").hidden = !lines.features.some((one) => one.properties.is_invented);
    part.hidden = false;
  }

  const bases = told?.bases || [];
  if (!bases.length) return;
  const choice = part.querySelector("select");
  for (const { name, zh, en } of bases) choice.add(new Option(say(zh, en), name));
  choice.closest("label").hidden = false;
  part.hidden = false;
  let shown = null;
  const DEEPEST = 15;  // of the tiles in such files; beyond it the same are drawn larger
  const laid = ({ form, address, attribution, min_zoom, max_zoom }) => {
    const told = { pane: "ground", attribution: plain(attribution), minZoom: min_zoom, maxNativeZoom: max_zoom, maxZoom: map.getMaxZoom() };
    return form === "pmtiles"
      ? protomapsL.leafletLayer({ url: address, flavor: "light", maxDataZoom: Math.min(max_zoom, DEEPEST), lang: document.documentElement.lang.startsWith("zh") ? "zh" : "en", ...told })
      : L.tileLayer(address, told);
  };
  const show = () => {
    shown?.remove();
    const base = bases.find((one) => one.name === choice.value);
    shown = base ? laid(base).addTo(map) : null;
    it.base = () => base?.name || "";
    it.tell("base", null);
    shown?.once?.("tileerror", () => { part.querySelector("[role=status]").textContent = say("底图暂时取不到，其余内容不受影响。", "The base map cannot be fetched; all else is unaffected."); });
  };
  choice.addEventListener("change", () => {
    part.querySelector("[role=status]").textContent = "";
    localStorage.setItem("zhangtu.base", choice.value);
    show();
  });
  const kept = localStorage.getItem("zhangtu.base");
  choice.value = bases.some((one) => one.name === kept) ? kept : "";
  show();
});
