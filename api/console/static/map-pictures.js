// The map as it is looked at, as a picture or a page for a report: the server draws it, these are its addresses.
"use strict";

document.addEventListener("map:ready", ({ detail: { map, say, it } }) => {
  const part = document.querySelector(".map-pictures");
  if (!part) return;
  const title = part.querySelector("[name=picture-title]");
  const tell = () => {
    const bounds = map.getBounds();
    const sides = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((side) => side.toFixed(6));
    const scheme = it.told.schemes.find((one) => one.name === it.colour);
    const [kind, by] = Object.entries(scheme?.by || {}).find(([name]) => it.layers.has(name)) || [];
    const query = new URLSearchParams({ bbox: sides.join(","), lang: say("zh", "en"), floor: it.floor });
    for (const layer of it.layers) query.append("kinds", layer);
    if (by?.colour) query.set("colour", `${kind}.${by.colour}`);
    if (title.value.trim()) query.set("title", title.value.trim());
    for (const [name, value] of Object.entries(it.moment)) if (value) query.set(name, value);
    for (const link of part.querySelectorAll("a")) link.href = `/map.${link.dataset.form}?${query}`;
  };
  title.addEventListener("input", tell);
  map.on("moveend", tell);
  for (const change of ["layers", "colour", "floor", "moment"]) it.on(change, tell);
  tell();
});
