// One canvas over the map for what moves: thousands are painted at once, where as many elements could not be moved.
"use strict";

window.zhangtu = { ...window.zhangtu, map: { ...window.zhangtu?.map } };

// Longitude and latitude as a place on the square of the whole world, from 0 to 1: every zoom is then a multiplication.
zhangtu.map.placed = (longitude, latitude) => {
  const sine = Math.min(Math.max(Math.sin((latitude * Math.PI) / 180), -0.9999), 0.9999);
  return [longitude / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
};

// `paint(pen, seen)` is called when the map has moved and whenever `again()` asks for it; true: there is more to come at once.
zhangtu.map.canvas = (map, name, paint) => {
  const FRAME = 40;  // milliseconds: as smooth as traffic needs
  const SHARE = 3;  // and at most a third of the time of a machine that is slower than that
  const pane = map.createPane(name);
  pane.classList.add("leaflet-zoom-hide");
  pane.style.zIndex = 640;
  pane.style.pointerEvents = "none";
  const canvas = document.createElement("canvas");
  canvas.setAttribute("aria-hidden", "true");
  canvas.className = "map-moving";
  pane.append(canvas);
  const pen = canvas.getContext("2d");
  let asked = 0;
  let last = 0;
  let cost = 0;

  const draw = (now) => {
    asked = 0;
    if (now - last < Math.max(FRAME, cost * SHARE)) return again();
    last = now;
    const size = map.getSize();
    const dense = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(size.x * dense) || canvas.height !== Math.round(size.y * dense)) {
      canvas.width = Math.round(size.x * dense);
      canvas.height = Math.round(size.y * dense);
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
    }
    L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
    pen.setTransform(dense, 0, 0, dense, 0, 0);
    pen.clearRect(0, 0, size.x, size.y);
    const side = 256 * 2 ** map.getZoom();
    const corner = map.project(map.containerPointToLatLng([0, 0]), map.getZoom());
    const seen = {
      width: size.x, height: size.y,
      at: ([x, y]) => [x * side - corner.x, y * side - corner.y],
      has: ([x, y]) => x > -20 && y > -20 && x < size.x + 20 && y < size.y + 20,
    };
    const begun = performance.now();
    if (paint(pen, seen, now)) again();
    cost = performance.now() - begun;
  };
  const again = () => { asked ||= requestAnimationFrame(draw); };
  map.on("move zoomend viewreset resize", again);
  return { again, canvas };
};

// The colours of the page, light or dark, read once and again when the page changes its look.
zhangtu.map.inks = (...names) => {
  const said = getComputedStyle(document.querySelector(".map-sheet"));
  const probe = document.createElement("span");
  document.querySelector(".map-sheet").append(probe);
  const found = Object.fromEntries(names.map((name) => {
    probe.style.color = said.getPropertyValue(`--${name}`);
    return [name, getComputedStyle(probe).color];
  }));
  probe.remove();
  return found;
};
