// What is drawn: our tiles, fetched for the moment that is looked at, painted on canvas; what lies where is asked of the same tiles.
"use strict";

window.zhangtu = { ...window.zhangtu, map: { ...window.zhangtu?.map } };

zhangtu.map.things = (it) => {
  const { map, told, say } = it;
  const DEEPEST = 16;  // of the tiles, fine to 15 cm: beyond it the same are drawn larger
  const OVERVIEW = 12;  // up to this zoom tiles count everything
  const SIDE = 512;
  const NEAR = 15;
  const look = (it.look = zhangtu.map.look(it));
  let waiting = 0;

  // Kinds that only count, or are drawn as they are, come together; one that is filtered, or whose colour is worked out, by itself.
  const parts = (z) => {
    const scheme = look.scheme();
    const alone = told.kinds.map(({ name }) => name).filter((name) => {
      const by = scheme.by[name];
      return name === told.filters.kind || (by && !by.as && z > it.kind(name).counted);
    });
    const together = told.kinds.map(({ name }) => name).filter((name) => !alone.includes(name) && (name !== "rooms" || z <= OVERVIEW || z >= DEEPEST));
    return [...(together.length ? [["all", new URLSearchParams(together.map((name) => ["kinds", name]))]] : []), ...alone.map(asked), ...overlays().map(laid)];
  };
  const overlays = () => told.overlays.filter((one) => one.tiled && it.layers.has(one.name)).map((one) => one.name);
  const laid = (name) => [name, name === "findings" ? new URLSearchParams(it.finding.map((one) => ["finding", one])) : asked(name)[1]];
  const asked = (name) => {
    const query = new URLSearchParams(name === told.filters.kind ? told.filters.query : "");
    const by = look.scheme().by[name];
    if (by && !by.as) query.set("colour", by.colour);
    return [name, query];
  };
  const fetched = (layer, query) => async (z, x, y, signal) => {
    const address = told.tiles.replace("{layer}", layer).replace("{z}", z).replace("{x}", x).replace("{y}", y);
    for (const [name, value] of Object.entries(it.moment)) if (value) query.set(name, value);
    busy(+1);
    try {
      const answer = await fetch(`${address}?${query}`, { signal });
      if (!answer.ok) throw new Error(String(answer.status));
      it.tell("fetched", null);
      return { data: await answer.arrayBuffer() };
    } catch (error) {
      if (error.name !== "AbortError") it.tell("failed", error.message);
      throw new DOMException("", "AbortError");  // told to whoever looks, and not to the console
    } finally {
      busy(-1);
    }
  };
  const merged = (tiles) => {
    const all = new Map();
    for (const tile of tiles) for (const [name, features] of tile) all.set(name, [...(all.get(name) || []), ...features]);
    return all;
  };
  const busy = (more) => {
    waiting += more;
    map.getContainer().dataset.waiting = waiting;
    if (!waiting) requestAnimationFrame(() => it.tell("drawn", null));
  };

  const layer = protomapsL.leafletLayer({
    url: { getZxy: async () => undefined }, paintRules: look.paint, labelRules: look.labels, maxDataZoom: DEEPEST, attribution: "", lang: told.language, noWrap: true, tileDelay: 0.1,
  });
  const view = layer.views.get("");

  const marked = new Map();  // which tile shows the findings of a place
  // Points at one place are one spot that says how many they are: none lies hidden under another.
  const gathered = (tile, { x: column, y: row, z }) => {
    const near = z < DEEPEST ? NEAR : 2;
    for (const kind of ["vehicles", "warehouses"]) {
      const spots = [];
      for (const feature of tile.get(kind) || []) {
        if (feature.geomType !== 1) continue;
        const { x, y } = feature.geom[0][0];
        const spot = spots.find((one) => Math.hypot(one.x - x, one.y - y) < near);
        if (!spot) spots.push({ x, y, feature });
        else {
          feature.absorbed = true;
          spot.feature.gathered = (spot.feature.gathered || 1) + 1;
          (spot.feature.others ||= []).push(feature);
        }
      }
    }
    for (const feature of tile.get("findings") || []) {  // of one place all findings together, in one of the tiles that it lies in
      const key = `${z}/${feature.props.id}`;
      const first = marked.get(key);
      if (first?.tile === `${column}/${row}`) first.feature.all.push(feature.props);
      else if (!first) marked.set(key, { tile: `${column}/${row}`, feature: Object.assign(feature, { all: [feature.props] }) });
      feature.absorbed = Boolean(first);
    }
    return tile;
  };
  // A new source for each question, so that no late answer to an earlier one is taken for an answer to this.
  const anew = () => {
    marked.clear();
    const readers = new Map();
    const reader = (layer, query) => {
      const key = `${layer}?${query}`;
      if (!readers.has(key)) readers.set(key, new protomapsL.PmtilesSource({ getZxy: fetched(layer, query) }, true));
      return readers.get(key);
    };
    const get = async (c, size) => gathered(merged(await Promise.all(parts(c.z).map(([layer, query]) => reader(layer, query).get(c, size)))), c);
    view.tileCache = new protomapsL.TileCache({ get }, SIDE);
  };
  anew();

  const again = () => {
    layer.clearLayout();
    layer.rerenderTiles();
  };
  let spanned = "";  // whether the scheme before asked for colours that have to be worked out
  it.on("moment", () => { anew(); again(); });
  it.on("colour", () => {
    const now = Object.values(look.scheme().by).filter((by) => !by.as).map((by) => by.colour).join();
    if (now !== spanned) anew();
    spanned = now;
    again();
  });
  let drawnOver = overlays().join();
  it.on("layers", () => {
    if (drawnOver !== overlays().join()) anew();
    drawnOver = overlays().join();
    again();
  });
  it.on("finding", () => { anew(); again(); });
  for (const change of ["floor", "chosen", "differs"]) it.on(change, again);
  for (const [media, heard] of [["(prefers-color-scheme: dark)", "change"]]) {
    matchMedia(media).addEventListener(heard, () => { look.read(); again(); it.tell("look", null); });
  }

  // The tiles of data that lie in the window, with what is in them.
  it.tiles = () => {
    const zoom = Math.round(map.getZoom());
    const z = Math.min(Math.max(zoom - 1, 0), DEEPEST);
    const scale = 2 ** (zoom - z) / 2;  // of a tile's units to pixels of this zoom
    const bounds = map.getPixelBounds();
    const at = (pixels) => Math.floor(pixels / (SIDE * scale));
    const all = [];
    for (let x = at(bounds.min.x); x <= at(bounds.max.x); x += 1) {
      for (let y = at(bounds.min.y); y <= at(bounds.max.y); y += 1) {
        if (x < 0 || y < 0 || x >= 2 ** z || y >= 2 ** z) continue;
        all.push(view.tileCache.get({ z, x, y }).then((data) => ({ z, x, y, data, scale, left: x * SIDE * scale, top: y * SIDE * scale }), () => null));
      }
    }
    return Promise.all(all).then((found) => found.filter(Boolean));
  };
  it.isCounted = () => Math.round(map.getZoom()) - 1 <= OVERVIEW;

  // What is drawn in the window, each once: kind, id, label and the rest that its tile carries.
  it.inView = async () => {
    const bounds = map.getPixelBounds();
    const found = new Map();
    for (const { data, scale, left, top } of await it.tiles()) {
      for (const kind of look.kinds) {
        if (!it.layers.has(kind) || (kind === "rooms" && map.getZoom() < zhangtu.map.ROOMS_FROM)) continue;
        for (const feature of data.get(kind) || []) {
          const { minX, maxX, minY, maxY } = feature.bbox;
          if (left + maxX * scale < bounds.min.x || left + minX * scale > bounds.max.x) continue;
          if (top + maxY * scale < bounds.min.y || top + minY * scale > bounds.max.y) continue;
          if (kind === "rooms" && feature.props.floor != null && feature.props.floor !== it.floor) continue;
          if (!found.has(feature.props.id)) found.set(feature.props.id, { ...feature.props, kind, geometry: feature.geom.flat().map(({ x, y }) => `${Math.round(left + x * scale)},${Math.round(top + y * scale)}`).join(" ") });
        }
      }
    }
    for (const { data } of await it.tiles()) {
      for (const { props, all } of data.get("findings") || []) if (all && found.has(props.id)) found.get(props.id).findings = all;
    }
    return [...found.values()];
  };

  // What lies under a finger, the smallest first.
  it.under = ({ lat, lng }) => {
    const found = (layer.queryTileFeaturesDebug(lng, lat, NEAR).get("") || [])
      .filter(({ layerName, feature }) => look.shown(layerName)(map.getZoom(), feature) && (layerName !== "rooms" || map.getZoom() >= zhangtu.map.ROOMS_FROM));
    const overlay = found.filter(({ layerName }) => layerName === "items" || layerName === "findings");
    const order = ["vehicles", "warehouses", "rooms", "buildings", "compounds"];
    const all = found.filter((one) => !overlay.includes(one)).flatMap(({ layerName, feature }) => [feature, ...(feature.others || [])].map((one) => ({ ...one.props, kind: layerName })));
    for (const { feature } of overlay) if (!all.some((one) => one.id === feature.props.id)) all.push({ ...feature.props });
    return all.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  };

  const note = document.querySelector(".map-note");
  it.on("failed", (status) => {
    note.hidden = false;
    note.textContent = status === "401" ? say("登录已失效，请重新登录后刷新本页。", "Your session has ended: sign in again, then reload this page.")
      : status === "422" ? say("有的筛选条件或时间写得不对，请到列表中核对。", "A filter or the moment cannot be read as it is: correct it in the list.")
      : say("有的内容没有取到。请稍候移动一下地图再试；一直如此请告诉管理员。", "Some of the map could not be fetched. Move the map a little to try again; tell the administrator if it stays so.");
  });
  it.on("fetched", () => { note.hidden = true; });
  layer.addTo(map);
};
