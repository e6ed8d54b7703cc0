// The map as it is looked at, as a picture or a page for a report: the server draws it, these are its addresses.
"use strict";

document.addEventListener("map:ready", ({ detail: { map, say, it } }) => {
  const part = document.querySelector(".map-pictures");
  if (!part) return;
  const title = part.querySelector("[name=picture-title]");
  const { kind, query: filters } = it.told.filters;
  const tell = () => {
    const bounds = map.getBounds();
    const sides = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((side) => side.toFixed(6));
    const query = new URLSearchParams(kind ? filters : "");
    if (kind) query.set("layer", kind);
    for (const [name, value] of Object.entries({ bbox: sides.join(","), lang: say("zh", "en"), storey: it.floor, base: it.base?.() })) if (value) query.set(name, value);
    for (const layer of it.layers) query.append("kinds", layer);
    const fleet = it.fleet?.() || [];
    if (fleet.length) query.append("kinds", "fleet");
    for (const state of fleet) query.append("fleet_state", state);
    if (!it.layers.size && !fleet.length) query.append("kinds", "none");
    for (const one of it.finding) query.append("finding", one);
    const scheme = it.told.schemes.find((one) => one.name === it.colour);
    for (const [of, { colour }] of Object.entries(scheme?.by || {})) if (it.layers.has(of)) query.append("colour", `${of}.${colour}`);
    if (title.value.trim()) query.set("heading", title.value.trim());
    for (const [name, value] of Object.entries(it.moment)) if (value) query.set(name, value);
    for (const link of part.querySelectorAll("a")) link.href = `/map.${link.dataset.form}?${query}`;
  };
  title.addEventListener("input", tell);
  map.on("moveend", tell);
  for (const change of ["layers", "colour", "floor", "finding", "moment", "base", "fleet"]) it.on(change, tell);
  tell();
});
