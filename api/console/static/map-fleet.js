// The live fleet: every vehicle where it was last heard of, moving as positions come in; its state by colour, its age by strength.
"use strict";

document.addEventListener("map:ready", ({ detail: { map, say, it } }) => {
  const part = document.querySelector(".map-fleet");
  if (!part) return;
  const SILENT = 600;  // seconds, as the API has it
  const LOST = 60000;  // milliseconds: after so long a silence it is simply put where it is
  const NEAR = 14;  // pixels
  const LABELS_FROM = 13;
  const MOST_LISTED = 200;
  const STATES = [
    ["moving", say("行驶", "Moving")], ["standing", say("静止", "Standing")], ["silent", say("失联", "Silent")],
  ];
  const INKS = { moving: "map-way", standing: "map-past", silent: "map-soft" };
  const font = `12px ${getComputedStyle(map.getContainer()).fontFamily}`;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const fleet = new Map();
  const shown = new Set(STATES.map(([name]) => name));
  const said = part.querySelector("[role=status]");
  const list = part.querySelector("ol");
  const box = part.querySelector("[name=fleet]");
  let inks = {};
  let stream = null;
  let later = 0;  // by how much the moment looked at lies behind now

  const state = (one, now = Date.now() - later) => ((now - one.at) / 1000 > SILENT ? "silent" : one.speed >= 3 ? "moving" : "standing");
  const age = (one) => {
    const seconds = Math.max(0, Math.round((Date.now() - later - one.at) / 1000));
    if (seconds < 90) return say(`${seconds} 秒前`, `${seconds} s ago`);
    if (seconds < 5400) return say(`${Math.round(seconds / 60)} 分钟前`, `${Math.round(seconds / 60)} min ago`);
    return seconds < 172800 ? say(`${Math.round(seconds / 3600)} 小时前`, `${Math.round(seconds / 3600)} h ago`) : say(`${Math.round(seconds / 86400)} 天前`, `${Math.round(seconds / 86400)} d ago`);
  };

  // From where it is drawn to where it was heard of, in the time that its device takes from one position to the next.
  const move = (told) => {
    const at = Date.parse(told.at);
    const to = zhangtu.map.placed(told.longitude, told.latitude);
    const known = fleet.get(told.vehicle);
    if (known && at < known.at) return;
    const gap = known ? at - known.at : 0;
    const takes = !known || still.matches ? 0 : gap > LOST ? 800 : Math.min(Math.max(gap, 400), 12000);
    const from = known ? where(known, performance.now()) : to;
    const far = Math.hypot(to[0] - from[0], to[1] - from[1]) > 1e-3;
    fleet.set(told.vehicle, {
      ...known, ...told, at, from: far ? to : from, to, begun: performance.now(), takes: far ? 0 : takes,
      plate: told.plate || known?.plate || say("（无号牌）", "(no plate)"), speed: told.speed || 0,
    });
  };
  const where = ({ from, to, begun, takes }, now) => {
    const share = takes ? Math.min((now - begun) / takes, 1) : 1;
    return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
  };

  const layer = zhangtu.map.canvas(map, "fleet", (pen, seen, now) => {
    if (!box.checked || part.dataset.replay) return false;
    const clock = Date.now() - later;
    let more = false;
    const named = [];
    written = [];
    for (const one of fleet.values()) {
      const how = state(one, clock);
      if (!shown.has(how)) continue;
      more ||= now - one.begun < one.takes;
      const [x, y] = seen.at(where(one, now));
      one.x = x;
      one.y = y;
      if (!seen.has([x, y])) continue;
      spot(pen, one, how, clock);
      named.push(one);
    }
    const plates = map.getZoom() >= LABELS_FROM && named.length <= 300 ? named.filter((one) => label(pen, one)) : [];
    part.dataset.plates = plates.map(({ plate }) => plate).join(" ");
    return more;
  });
  // Each look is painted once and stamped as often as there are vehicles: thousands of outlines would take too long.
  const SIDE = 24;
  const TURNS = 36;
  let stamps = new Map();
  const stamp = (how, turn) => {
    const key = `${how} ${turn}`;
    if (!stamps.has(key)) stamps.set(key, stamped(how, turn));
    return stamps.get(key);
  };
  const stamped = (how, turn) => {
    const dense = window.devicePixelRatio || 1;
    const made = Object.assign(document.createElement("canvas"), { width: SIDE * dense, height: SIDE * dense });
    const pen = made.getContext("2d");
    pen.scale(dense, dense);
    pen.translate(SIDE / 2, SIDE / 2);
    pen.fillStyle = inks[INKS[how]];
    pen.strokeStyle = inks["map-halo"];
    pen.lineWidth = 1.5;
    pen.beginPath();
    if (turn == null) pen.arc(0, 0, how === "moving" ? 6 : 5, 0, 7);
    else {
      pen.rotate((turn * 2 * Math.PI) / TURNS);
      pen.moveTo(0, -9);
      pen.lineTo(6, 7);
      pen.lineTo(0, 4);
      pen.lineTo(-6, 7);
    }
    pen.closePath();
    pen.fill();
    pen.stroke();
    return made;
  };
  const spot = (pen, one, how, clock) => {
    const turn = how === "moving" && one.heading != null ? Math.round((one.heading / 360) * TURNS) % TURNS : null;
    pen.globalAlpha = 1 - 0.5 * Math.min((clock - one.at) / 1000 / SILENT, 1);
    pen.drawImage(stamp(how, turn), one.x - SIDE / 2, one.y - SIDE / 2, SIDE, SIDE);
    pen.globalAlpha = 1;
    if (it.chosen !== `vehicles/${one.vehicle}`) return;
    pen.lineWidth = 2;
    pen.strokeStyle = inks["map-chosen"];
    pen.beginPath();
    pen.arc(one.x, one.y, 13, 0, 7);
    pen.stroke();
  };
  // Below its vehicle, or above it where another plate stands there; where that is taken, too, it is left out.
  const ABOVE = -14;
  const BELOW = 22;
  let written = [];
  const label = (pen, one) => {
    pen.font = font;
    const wide = pen.measureText(one.plate).width;
    const isFree = (by) => !written.some(([x, y, other]) => Math.abs(x - one.x) < (wide + other) / 2 + 4 && Math.abs(y - one.y - by) < 14);
    const by = [BELOW, ABOVE].find(isFree);
    if (by === undefined) return false;
    written.push([one.x, one.y + by, wide]);
    pen.textAlign = "center";
    pen.globalAlpha = 0.85;  // on paper of its own: where it parks, its plate may stand already
    pen.fillStyle = inks["map-halo"];
    pen.fillRect(one.x - wide / 2 - 3, one.y + by - 12, wide + 6, 16);
    pen.globalAlpha = 1;
    pen.fillStyle = inks["map-ink"];
    pen.fillText(one.plate, one.x, one.y + by);
    return true;
  };

  // How many are how; and each by name for whoever does not see the map.
  const tell = () => {
    const counts = { moving: 0, standing: 0, silent: 0 };
    for (const one of fleet.values()) counts[state(one)] += 1;
    for (const [name] of STATES) part.querySelector(`[data-fleet=${name}]`).textContent = counts[name].toLocaleString("en");
    said.textContent = fleet.size ? "" : say("还没有收到车辆的位置。", "No positions of vehicles have been received.");
    if (part.querySelector(".fleet-list").open) listed();
  };
  const listed = () => {
    const all = [...fleet.values()].filter((one) => shown.has(state(one))).sort((a, b) => b.at - a.at);
    list.replaceChildren(...all.slice(0, MOST_LISTED).map((one) => {
      const item = document.createElement("li");
      const button = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: one.plate });
      button.addEventListener("click", () => { map.setView([one.latitude, one.longitude], Math.max(map.getZoom(), 15)); it.open("vehicles", one.vehicle, true); });
      const how = STATES.find(([name]) => name === state(one))[1];
      const speed = one.speed >= 3 ? ` ${Math.round(one.speed)} km/h` : "";
      item.append(button, Object.assign(document.createElement("span"), { className: "soft small", textContent: `${how}${speed} · ${age(one)}` }));
      return item;
    }));
    if (all.length > MOST_LISTED) list.append(Object.assign(document.createElement("li"), { className: "soft small", textContent: say(`另有 ${all.length - MOST_LISTED} 辆`, `and ${all.length - MOST_LISTED} more`) }));
  };

  // On the card of a vehicle: how it is now, and the way to its track.
  const card = document.querySelector(".map-card");
  const carded = () => {
    const [kind, id] = it.chosen.split("/");
    const one = kind === "vehicles" && fleet.get(id);
    const heading = card.querySelector("h2");
    if (!one || !heading || card.querySelector(".fleet-now") || card.hasAttribute("aria-busy")) return;
    const line = document.createElement("p");
    line.className = "fleet-now small";
    const how = STATES.find(([name]) => name === state(one))[1];
    line.textContent = [how, one.speed >= 3 ? `${Math.round(one.speed)} km/h` : "", say(`${age(one)}的位置`, `position of ${age(one)}`)].filter(Boolean).join(" · ");
    heading.after(line);
  };
  new MutationObserver(carded).observe(card, { childList: true, attributes: true, attributeFilter: ["aria-busy"] });

  let turn = 0;
  const known = async () => {
    const mine = (turn += 1);
    const answer = await fetch(it.address("/v1/positions/latest"));
    if (mine !== turn) return;  // another moment is looked at by now
    if (!answer.ok) {
      said.textContent = say("车辆位置没有取到，请稍后再试。", "The positions could not be fetched; try again later.");
      return;
    }
    const { vehicles, at } = await answer.json();
    if (mine !== turn) return;
    fleet.clear();
    later = isPast() ? Date.now() - Date.parse(at) : 0;
    vehicles.forEach(move);
    tell();
    layer.again();
  };
  const isPast = () => Boolean(it.moment.at || it.moment.known || it.moment.case);
  const listen = () => {
    stream = new EventSource("/v1/positions/stream");
    stream.onmessage = ({ data }) => {
      const { fixes, gone } = JSON.parse(data);
      fixes.forEach(move);
      gone.forEach((id) => fleet.delete(id));
      tell();
      layer.again();
    };
    stream.addEventListener("problem", () => stream.close());
    stream.onerror = () => { part.dataset.broken = stream.readyState === EventSource.CLOSED ? "closed" : "again"; };
    stream.onopen = () => { delete part.dataset.broken; };
  };
  it.fleet = () => (box.checked && !part.dataset.replay ? [...shown] : []);  // the states that are to be seen
  const begin = async () => {
    it.tell("fleet", null);
    stream?.close();
    stream = null;
    if (!box.checked) return layer.again();
    await known();
    if (!isPast() && !stream) listen();
  };

  for (const one of part.querySelectorAll("[name=fleet-state]")) {
    one.addEventListener("change", () => { one.checked ? shown.add(one.value) : shown.delete(one.value); it.tell("fleet", null); tell(); layer.again(); });
  }
  part.querySelector(".fleet-list").addEventListener("toggle", tell);
  box.addEventListener("change", begin);
  document.addEventListener("map:replay", ({ detail }) => { detail ? (part.dataset.replay = "on") : delete part.dataset.replay; it.tell("fleet", null); layer.again(); });
  map.on("click", ({ containerPoint }) => {
    if (!box.checked || part.dataset.replay || it.busyWith) return;
    const near = [...fleet.values()].filter((one) => shown.has(state(one)) && Math.hypot(one.x - containerPoint.x, one.y - containerPoint.y) < NEAR);
    near.sort((a, b) => Math.hypot(a.x - containerPoint.x, a.y - containerPoint.y) - Math.hypot(b.x - containerPoint.x, b.y - containerPoint.y));
    if (near.length) it.open("vehicles", near[0].vehicle);
  });
  const look = () => { inks = zhangtu.map.inks("map-way", "map-past", "map-soft", "map-halo", "map-ink", "map-chosen"); stamps = new Map(); layer.again(); };
  it.on("look", look);
  it.on("chosen", () => layer.again());
  let soon = 0;
  it.on("moment", () => {  // the slider passes over many
    clearTimeout(soon);
    soon = setTimeout(begin, 150);
  });
  setInterval(() => { if (!document.hidden && box.checked) { tell(); layer.again(); } }, 5000);
  // A browser holds few connections open: a map that nobody looks at leaves its own to others.
  document.addEventListener("visibilitychange", () => (document.hidden ? stream?.close() : begin()));
  addEventListener("pagehide", () => stream?.close());
  look();
  begin();
});
