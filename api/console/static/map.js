// The map: what it shows stands in the address, its parts hear of changes, and further parts begin with "map:ready".
"use strict";

window.zhangtu = { ...window.zhangtu, map: { ...window.zhangtu?.map } };

zhangtu.map.begin = (map, page) => {
  const told = { ...zhangtu.words, ...page };
  const asked = new URLSearchParams(location.search);
  const bus = new EventTarget();
  const among = (name, all) => (asked.get(name) || "").split(",").filter((one) => all.includes(one));
  const kinds = told.kinds.map((kind) => kind.name);
  const layers = among("layers", [...kinds, ...told.overlays.map((one) => one.name)]);

  const usual = told.filters.kind ? [told.filters.kind] : [...kinds, ...told.overlays.filter((one) => !one.tiled).map((one) => one.name)];

  zhangtu.map.sheet = map;
  // What every part is given: the map, what the page told, the state, and how to hear of its changes.
  const it = {
    map, told,
    say: (zh, en) => (told.language === "zh" ? zh : en),
    moment: { ...told.moment },
    layers: new Set(asked.has("layers") ? layers : usual),
    colour: among("colour", told.schemes.map((one) => one.name))[0] || "kind",
    floor: Number(asked.get("storey")) || Number(asked.get("floor")) || 1,
    chosen: asked.get("thing") || "",
    finding: (asked.get("finding") || "").split(",").filter(Boolean),  // of what waits or looks wrong only these; none: all
    on: (name, heard) => bus.addEventListener(name, (event) => heard(event.detail)),
    tell: (name, detail) => bus.dispatchEvent(new CustomEvent(name, { detail })),
    kind: (name) => [...told.kinds, ...told.overlays].find((one) => one.name === name),
  };
  it.everything = (how) => told.box && map.fitBounds([[told.box[1], told.box[0]], [told.box[3], told.box[2]]], { maxZoom: 18, padding: [36, 36], ...how });
  // An address of ours at the moment that is looked at.
  it.address = (path, more = {}, moment = {}) => {
    const query = new URLSearchParams(Object.entries({ ...more, ...it.moment, ...moment }).filter(([, value]) => value));
    return `${path}${query.size ? `?${query}` : ""}`;
  };

  const [lat, lng, zoom] = (asked.get("look") || "").split(",").map(Number);
  if (asked.get("look") && [lat, lng, zoom].every(Number.isFinite)) map.setView([lat, lng], zoom);
  else it.everything({ animate: false });
  const isAimed = asked.get("look") || !it.chosen;

  for (const part of ["ground", "things", "clusters", "panel", "card", "find", "list", "time", "fences", "beside"]) zhangtu.map[part]?.(it);

  const kept = () => {
    const { lat, lng } = map.getCenter();
    const isUsual = it.layers.size === usual.length && usual.every((kind) => it.layers.has(kind));
    const state = {
      look: `${lat.toFixed(5)},${lng.toFixed(5)},${map.getZoom()}`,
      layers: isUsual ? "" : [...it.layers].join(",") || "-",
      colour: it.colour === "kind" ? "" : it.colour,
      finding: it.finding.join(","),
      storey: it.floor === 1 ? "" : it.floor,
      thing: it.chosen,
      at: it.moment.at, known: it.moment.known, case: it.moment.case,
    };
    const query = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(state)) value ? query.set(name, value) : query.delete(name);
    return `${location.pathname}?${query}`.replaceAll("%2C", ",").replaceAll("%2F", "/");
  };
  const keep = () => {
    const here = kept();
    history.replaceState(null, "", here);
    // What leads elsewhere keeps the moment, and what leads back to this page leads to it as it is now.
    for (const link of document.querySelectorAll(".menu a, a.brand, a.go, .map-filters a, .map-card a")) {
      const query = new URLSearchParams(link.search);
      for (const name of ["at", "known", "case"]) it.moment[name] ? query.set(name, it.moment[name]) : query.delete(name);
      link.search = query;
    }
    for (const to of document.querySelectorAll("form.when input[name=to]")) to.value = here;
    for (const link of document.querySelectorAll("a[href^='/moment?'], a[href^='/language?']")) {
      const query = new URLSearchParams(link.search);
      query.set("to", here);
      link.search = query;
    }
  };
  map.on("moveend", keep);
  for (const change of ["layers", "colour", "floor", "chosen", "finding", "moment", "said"]) it.on(change, keep);

  for (const event of ["beforeprint", "afterprint"]) addEventListener(event, () => map.invalidateSize({ animate: false }));
  if (!isAimed) it.goTo(...it.chosen.split("/"));  // an address that names a thing alone leads to where it is

  const detail = { map, moment: it.moment, say: it.say, filters: told.filters, layers: it.layers, it };
  document.dispatchEvent(new CustomEvent("map:ready", { detail }));
};
