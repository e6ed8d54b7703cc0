// Drawing a geofence: a polygon with holes, a circle, or a line with a width. What was drawn goes into the command's own form.
"use strict";

document.addEventListener("map:ready", ({ detail: { map, say, it } }) => {
  const form = document.querySelector(".fence-drawing");
  if (!form) return;
  const box = form.querySelector(".fence-drawn");
  const width = form.elements["corridor.width"];
  const wide = width.closest("label");
  const cut = form.querySelector("[value=Cut]");
  const options = { className: "fence drawing", renderer: L.svg({ pane: "fences" }) };
  const tools = [...form.querySelectorAll("[value=Polygon], [value=Circle], [value=Line]")];
  let drawn = null;  // the layer at work
  let strip = null;  // how wide a corridor is, to look at

  // What draws is as large as all other scripts of the map together: it comes when this part is opened, or one is drawn again.
  let coming = null;
  const ready = () => (coming ||= new Promise((loaded, failed) => {
    document.head.append(Object.assign(document.createElement("script"), { src: form.dataset.tool, onload: loaded, onerror: failed }));
  }).then(() => {
    L.PM.reInitLayer(map);
    map.pm.setGlobalOptions({});
    map.pm.setLang(document.documentElement.lang.startsWith("zh") ? "zh" : "en");
    for (const one of tools) one.disabled = false;
  }));
  for (const one of tools) one.disabled = true;
  form.closest("details").addEventListener("toggle", ready);

  const seven = (number) => Number(number.toFixed(7));  // a centimetre
  const position = ({ lng, lat }) => [seven(lng), seven(lat)];
  const closed = (ring) => [...ring.map(position), position(ring[0])];
  const kind = () => (drawn instanceof L.Circle ? "circle" : drawn instanceof L.Polygon ? "polygon" : "corridor");

  const told = () => {
    const corners = drawn.getLatLngs?.().flat(3).length;
    return {
      circle: () => say(`圆，半径 ${Math.round(drawn.getRadius())} 米`, `A circle of ${Math.round(drawn.getRadius())} m`),
      polygon: () => say(`多边形，${corners} 个角点${drawn.getLatLngs().length > 1 ? `，内有 ${drawn.getLatLngs().length - 1} 个洞` : ""}`, `A polygon of ${corners} corners${drawn.getLatLngs().length > 1 ? `, ${drawn.getLatLngs().length - 1} holes` : ""}`),
      corridor: () => say(`走廊，${corners} 个点`, `A corridor of ${corners} points`),
    }[kind()]();
  };
  const fields = () => {
    const said = { polygon: "", "circle.center": "", "circle.radius": "", "corridor.line": "" };
    if (kind() === "circle") {
      said["circle.center"] = position(drawn.getLatLng()).join(", ");
      said["circle.radius"] = drawn.getRadius().toFixed(2);
    } else if (kind() === "polygon") said.polygon = JSON.stringify(drawn.getLatLngs().map(closed));
    else said["corridor.line"] = drawn.getLatLngs().map((one) => position(one).join(", ")).join("\n");
    return said;
  };
  const look = () => {
    box.hidden = !drawn;
    if (!drawn) return;
    box.querySelector("strong").textContent = told();
    wide.hidden = kind() !== "corridor";
    width.disabled = wide.hidden;
    cut.hidden = kind() !== "polygon";
    for (const [name, value] of Object.entries(fields())) form.elements[name].value = value;
    if (strip) strip.remove();
    strip = null;
    const metres = Number(width.value);
    if (kind() !== "corridor" || !(metres > 0)) return;
    strip = L.polyline(drawn.getLatLngs(), { ...options, className: "fence strip", pmIgnore: true, interactive: false }).addTo(map);
    const [one, other] = [map.getCenter(), map.containerPointToLatLng(map.getSize().divideBy(2).add([100, 0]))];
    strip.getElement()?.style.setProperty("stroke-width", `${Math.max(2, (metres / map.distance(one, other)) * 100)}px`);
  };
  const drop = () => {
    map.pm?.disableDraw();
    drawn?.remove();
    strip?.remove();
    drawn = strip = null;
    form.action = "/fences/do/draw";
    look();
  };
  const take = (layer) => {
    drawn = layer.addTo(map);
    layer.pm.enable({ allowSelfIntersection: false });
    layer.on("pm:edit pm:markerdragend pm:change", look);
    look();
    box.querySelector("button").focus();
  };

  // What is clicked while something is drawn, also the click that ends it, opens no card.
  map.on("pm:drawstart", () => { it.busyWith = "fences"; });
  map.on("pm:drawend", () => setTimeout(() => { it.busyWith = ""; }));
  map.on("pm:create", ({ layer }) => take(layer));
  map.on("pm:cut", ({ layer, originalLayer }) => { originalLayer.remove(); drawn = null; take(layer); });
  map.on("zoomend", () => drawn && look());
  width.addEventListener("input", look);
  form.addEventListener("click", ({ target: { value } }) => {
    if (value === "drop") drop();
    else if (value === "Cut") map.pm.enableDraw("Cut", { layersToCut: [drawn], allowSelfIntersection: false });
    else if (["Polygon", "Circle", "Line"].includes(value)) {
      drop();
      map.pm.enableDraw(value, { pathOptions: options, templineStyle: options, hintlineStyle: { ...options, dashArray: "5 5" }, allowSelfIntersection: false, finishOn: "dblclick", continueDrawing: false });
    }
  });

  // One that is there, as it was drawn: in degrees if it was, or else by its outline.
  zhangtu.map.redraw = async (id, name) => {
    const answer = await fetch(`/v1/fences/${id}/timeline?facet=outline`).catch(() => null);
    const outline = answer?.ok ? (await answer.json()).facets[0]?.versions.at(-1)?.value : null;
    if (!outline) return;
    await ready();
    drop();
    const raw = JSON.parse(outline.raw);
    const turned = ([lng, lat]) => [lat, lng];
    const isDegrees = ["EPSG:4490", "EPSG:4326"].includes(outline.system);
    if (!isDegrees) return location.assign(`/fences/do/redraw?id=${id}`);
    if (raw.width) width.value = raw.width;
    take({
      Point: () => L.circle(turned(raw.coordinates), { ...options, radius: Number(raw.radius) }),
      LineString: () => L.polyline(raw.coordinates.map(turned), options),
      Polygon: () => L.polygon(raw.coordinates.map((ring) => ring.slice(0, -1).map(turned)), options),
    }[raw.type]());
    form.action = `/fences/do/redraw?id=${id}`;
    box.querySelector("strong").textContent = `${name} · ${told()}`;
    form.closest("details").open = true;
    map.fitBounds(drawn.getBounds(), { maxZoom: 18, padding: [48, 48] });
  };
});
