// From far away: rings that say how many things lie about there, of which kinds. Their numbers come from the tiles' counts and leave nothing out.
"use strict";

window.zhangtu = { ...window.zhangtu, map: { ...window.zhangtu?.map } };

zhangtu.map.clusters = (it) => {
  const { map, say, look } = it;
  const APART = 84;  // pixels between two rings
  const rings = L.layerGroup().addTo(map);
  const SVG = "http://www.w3.org/2000/svg";
  let turn = 0;

  // Whole squares of the screen, fixed to the ground; then those whose middles came too near each other become one.
  const together = (tiles) => {
    const cells = new Map();
    for (const { data, scale, left, top } of tiles) {
      for (const { props, geom } of data.get("counts") || []) {
        if (!it.layers.has(props.kind)) continue;
        const x = left + geom[0][0].x * scale;
        const y = top + geom[0][0].y * scale;
        const key = `${Math.floor(x / APART)}:${Math.floor(y / APART)}`;
        const one = cells.get(key) || { x: 0, y: 0, total: 0, kinds: {} };
        cells.set(key, one);
        one.x += x * props.count;
        one.y += y * props.count;
        one.total += props.count;
        one.kinds[props.kind] = (one.kinds[props.kind] || 0) + props.count;
      }
    }
    const all = [];
    for (const one of [...cells.values()].sort((a, b) => b.total - a.total)) {
      const near = all.find((other) => Math.hypot(other.x / other.total - one.x / one.total, other.y / other.total - one.y / one.total) < APART * 0.62);
      if (!near) { all.push(one); continue; }
      near.x += one.x;
      near.y += one.y;
      near.total += one.total;
      for (const [kind, count] of Object.entries(one.kinds)) near.kinds[kind] = (near.kinds[kind] || 0) + count;
    }
    return all.map((one) => ({ ...one, x: one.x / one.total, y: one.y / one.total }));
  };

  const element = (name, attributes) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  // A ring of the kinds' shares about their sum.
  const ring = ({ total, kinds }) => {
    const side = Math.round(Math.min(38 + 9 * Math.log10(total), 74));
    const svg = element("svg", { viewBox: "0 0 64 64", width: side, height: side, "aria-hidden": "true" });
    svg.append(element("circle", { class: "within", cx: 32, cy: 32, r: 30 }));
    const around = 2 * Math.PI * 26;
    let done = 0;
    for (const kind of look.all) {
      const share = ((kinds[kind] || 0) / total) * around;
      if (!share) continue;
      svg.append(element("circle", { class: `share ${kind}`, cx: 32, cy: 32, r: 26, "stroke-dasharray": `${share} ${around}`, "stroke-dashoffset": -done, transform: "rotate(-90 32 32)" }));
      done += share;
    }
    const text = element("text", { x: 32, y: 33, class: String(total).length > 4 ? "long" : "" });
    text.textContent = total.toLocaleString("en");
    svg.append(text);
    return { svg, side };
  };
  it.counted = (kinds) => look.all.filter((kind) => kinds[kind]).map((kind) => `${it.kind(kind)?.word || kind} ${kinds[kind].toLocaleString("en")}`).join(say("、", ", "));

  const draw = async () => {
    const mine = (turn += 1);
    if (!it.isCounted()) {
      rings.clearLayers();
      return it.tell("counted", []);
    }
    const found = together(await it.tiles());
    if (mine !== turn) return;
    rings.clearLayers();
    for (const one of found) {
      const { svg, side } = ring(one);
      const where = map.unproject([one.x, one.y], map.getZoom());
      const icon = L.divIcon({ className: "map-ring", html: svg, iconSize: [side, side] });
      const marker = L.marker(where, { icon, keyboard: true }).addTo(rings);
      const told = say(`此处共 ${one.total} 个：${it.counted(one.kinds)}。放大`, `${one.total} here: ${it.counted(one.kinds)}. Zoom in`);
      marker.getElement().setAttribute("aria-label", told);
      marker.getElement().title = it.counted(one.kinds);
      const nearer = () => map.setView(where, Math.min(map.getZoom() + 3, 15));
      marker.on("click", nearer);
      marker.getElement().addEventListener("keydown", (event) => { if (event.key === "Enter") nearer(); });
      Object.assign(one, { where, side });
    }
    it.tell("counted", found);
  };
  map.whenReady(draw);
  map.on("moveend", draw);
  map.on("zoomstart", () => rings.clearLayers());
  for (const change of ["layers", "moment", "look"]) it.on(change, draw);
};
