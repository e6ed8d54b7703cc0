// The map: what it shows stands in the address, its parts hear of changes, and further parts begin with "map:ready".
"use strict";

window.zhangtu = { ...window.zhangtu, map: { ...window.zhangtu?.map } };

zhangtu.map.begin = (map, told) => {
  const asked = new URLSearchParams(location.search);
  const bus = new EventTarget();
  const among = (name, all) => (asked.get(name) || "").split(",").filter((one) => all.includes(one));
  const kinds = told.kinds.map((kind) => kind.name);
  const layers = among("layers", kinds);

  zhangtu.map.sheet = map;
  // What every part is given: the map, what the page told, the state, and how to hear of its changes.
  const it = {
    map, told,
    say: (zh, en) => (told.language === "zh" ? zh : en),
    moment: { ...told.moment },
    layers: new Set(layers.length ? layers : kinds),
    colour: among("colour", told.schemes.map((one) => one.name))[0] || "kind",
    floor: Number(asked.get("floor")) || 1,
    chosen: asked.get("thing") || "",
    on: (name, heard) => bus.addEventListener(name, (event) => heard(event.detail)),
    tell: (name, detail) => bus.dispatchEvent(new CustomEvent(name, { detail })),
    kind: (name) => told.kinds.find((one) => one.name === name),
  };
  it.everything = (how) => told.box && map.fitBounds([[told.box[1], told.box[0]], [told.box[3], told.box[2]]], { maxZoom: 18, ...how });
  // An address of ours at the moment that is looked at.
  it.address = (path, more = {}) => {
    const query = new URLSearchParams(Object.entries({ ...more, ...it.moment }).filter(([, value]) => value));
    return `${path}${query.size ? `?${query}` : ""}`;
  };

  const [lat, lng, zoom] = (asked.get("place") || "").split(",").map(Number);
  if (asked.get("place") && [lat, lng, zoom].every(Number.isFinite)) map.setView([lat, lng], zoom);
  else it.everything({ animate: false });

  for (const part of ["ground", "things", "clusters", "panel", "card", "find", "list", "time"]) zhangtu.map[part]?.(it);

  const kept = () => {
    const { lat, lng } = map.getCenter();
    const all = it.layers.size === kinds.length;
    const state = {
      place: `${lat.toFixed(5)},${lng.toFixed(5)},${map.getZoom()}`,
      layers: all ? "" : [...it.layers].join(",") || "-",
      colour: it.colour === "kind" ? "" : it.colour,
      floor: it.floor === 1 ? "" : it.floor,
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
    // What leads back to this page leads to it as it is now.
    for (const to of document.querySelectorAll("form.when input[name=to]")) to.value = here;
    for (const link of document.querySelectorAll("a[href^='/moment?'], a[href^='/language?']")) {
      const query = new URLSearchParams(link.search);
      query.set("to", here);
      link.search = query;
    }
  };
  map.on("moveend", keep);
  for (const change of ["layers", "colour", "floor", "chosen", "moment", "said"]) it.on(change, keep);

  const detail = { map, moment: it.moment, say: it.say, filters: told.filters, layers: it.layers, it };
  document.dispatchEvent(new CustomEvent("map:ready", { detail }));
};
