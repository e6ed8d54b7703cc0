// Replay: the tracks of a day run again, of the whole fleet at once or of one vehicle with its stops, its odd positions and its journeys.
"use strict";

document.addEventListener("map:ready", ({ detail: { map, say, it } }) => {
  const part = document.querySelector(".map-replay");
  if (!part) return;
  const DAY = 86400;
  const SILENT = 600;  // after so long a silence nobody knows the way
  const TRAILS = 150;  // of more vehicles only the last minutes are drawn
  const TAIL = 900;
  const find = (name) => part.querySelector(`[name=replay-${name}]`);
  const day = find("day");
  const vehicle = find("vehicle");
  const close = part.querySelector("[value=close]");
  const said = part.querySelector("[role=status]");
  const font = `12px ${getComputedStyle(map.getContainer()).fontFamily}`;
  const controls = part.querySelector(".replay-controls");
  map.getContainer().append(controls);  // where the eyes are
  L.DomEvent.disableClickPropagation(controls).disableScrollPropagation(controls);
  const speed = controls.querySelector("[name=replay-speed]");
  const range = controls.querySelector("[type=range]");
  const clock = controls.querySelector("output");
  const play = controls.querySelector("[value=play]");
  let tracks = [];
  let odd = [];
  let stops = [];
  let span = [0, DAY];
  let now = 0;
  let playing = false;
  let ticked = 0;
  let inks = {};

  const beijing = (when) => new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(when);
  const begins = () => Date.parse(`${day.value}T00:00:00+08:00`);
  const timed = (second) => new Date(begins() + second * 1000 + 288e5).toISOString().slice(second > DAY || span[1] > DAY ? 5 : 11, 19).replace("T", " ");
  day.value = beijing(it.moment.at ? new Date(it.moment.at) : new Date());
  day.max = beijing(new Date());

  const placed = (points) => points.map(([second, longitude, latitude]) => [second, ...zhangtu.map.placed(longitude, latitude)]);
  // The last point that was passed, by halving.
  const passed = (points, second) => {
    let low = -1;
    let high = points.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      points[middle][0] <= second ? (low = middle) : (high = middle);
    }
    return low;
  };
  const where = (points, second) => {
    const last = passed(points, second);
    if (last < 0) return null;
    const [one, next] = [points[last], points[last + 1]];
    if (!next || next[0] - one[0] > SILENT) return { at: one.slice(1), last, silent: second - one[0] > SILENT };
    const share = (second - one[0]) / Math.max(next[0] - one[0], 1e-6);
    return { at: [one[1] + (next[1] - one[1]) * share, one[2] + (next[2] - one[2]) * share], last, silent: false };
  };

  const layer = zhangtu.map.canvas(map, "replay", (pen, seen, frame) => {
    if (!tracks.length) return false;
    if (playing) {
      now = Math.min(now + (Math.min(frame - ticked, 200) / 1000) * Number(speed.value), span[1]);
      if (now >= span[1]) playing = false;
      told();
    }
    ticked = frame;
    tracks.forEach((track, number) => paint(pen, seen, track, number));
    for (const stop of stops) mark(pen, seen.at(stop), "map-past", 5, true);
    for (const one of odd) mark(pen, seen.at(one), "map-wrong", 3.5, false);
    return playing;
  });
  const line = (pen, seen, points, from, to) => {
    pen.beginPath();
    let before = null;
    for (let n = Math.max(from, 0); n <= to; n += 1) {
      const [x, y] = seen.at(points[n].slice(1));
      if (before && points[n][0] - before[0] > SILENT) {
        pen.stroke();
        pen.setLineDash([3, 6]);
        pen.beginPath();
        pen.moveTo(...seen.at(before.slice(1)));
        pen.lineTo(x, y);
        pen.stroke();
        pen.setLineDash([]);
        pen.beginPath();
      }
      before ? pen.lineTo(x, y) : pen.moveTo(x, y);
      if (before && points[n][0] - before[0] > SILENT) pen.moveTo(x, y);
      before = points[n];
    }
    pen.stroke();
  };
  const paint = (pen, seen, { points, plate }, number) => {
    const here = where(points, now);
    pen.strokeStyle = pen.fillStyle = inks[`c${(number % 8) + 1}`];
    pen.lineJoin = "round";
    const few = tracks.length <= TRAILS;
    if (few) {
      pen.globalAlpha = 0.3;
      pen.lineWidth = 2;
      line(pen, seen, points, 0, points.length - 1);
    }
    if (!here) return void (pen.globalAlpha = 1);
    pen.globalAlpha = 0.9;
    pen.lineWidth = 3;
    line(pen, seen, points, few ? 0 : passed(points, now - TAIL), here.last);
    const [x, y] = seen.at(here.at);
    pen.globalAlpha = here.silent ? 0.45 : 1;
    pen.lineWidth = 1.5;
    pen.strokeStyle = inks["map-halo"];
    pen.beginPath();
    pen.arc(x, y, tracks.length === 1 ? 7 : 5, 0, 7);
    pen.fill();
    pen.stroke();
    pen.globalAlpha = 1;
    if (tracks.length <= 30) label(pen, plate, x, y);
  };
  const label = (pen, text, x, y) => {
    pen.font = font;
    pen.textAlign = "center";
    pen.lineWidth = 3;
    pen.fillStyle = inks["map-ink"];
    pen.strokeText(text, x, y - 12);
    pen.fillText(text, x, y - 12);
  };
  const mark = (pen, [x, y], ink, radius, full) => {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 7);
    pen.fillStyle = full ? inks[ink] : inks["map-halo"];
    pen.strokeStyle = full ? inks["map-halo"] : inks[ink];
    pen.lineWidth = 1.5;
    pen.fill();
    pen.stroke();
  };

  const told = () => {
    range.value = now;
    clock.textContent = timed(now);
    range.setAttribute("aria-valuetext", clock.textContent);
    play.setAttribute("aria-pressed", playing);
    play.textContent = playing ? "❚❚" : "▶";
    play.setAttribute("aria-label", playing ? say("暂停", "Pause") : say("播放", "Play"));
  };
  const asked = async (path, more) => {
    said.textContent = say("正在调出……", "Fetching …");
    const answer = await fetch(it.address(path, more));
    const found = await answer.json();
    if (answer.ok) return found;
    said.textContent = say(found.detail, found.detail_en);
    return null;
  };
  const show = (found, from, to) => {
    tracks = found.filter((one) => one.points.length);
    span = [from, to];
    now = from;
    playing = false;
    range.min = from;
    range.max = to;
    document.dispatchEvent(new CustomEvent("map:replay", { detail: tracks.length > 0 }));
    controls.hidden = close.hidden = !tracks.length;
    told();
    layer.again();
  };
  const fitted = (points) => {
    if (points.length) map.fitBounds(L.latLngBounds(points.map(([, longitude, latitude]) => [latitude, longitude])), { padding: [40, 40], maxZoom: 16 });
  };
  const bounds = (found) => {
    const all = found.flatMap(({ points }) => points.map(([second]) => second));
    return all.length ? [all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b))] : [0, DAY];
  };

  const fleet = async () => {
    const found = await asked("/v1/positions/day", { date: day.value });
    if (!found) return;
    odd = stops = [];
    zhangtu.map.replayed(it, part, null);
    const chosen = vehicle.value;
    vehicle.replaceChildren(vehicle.options[0], ...found.vehicles.map(({ vehicle: id, plate }) => new Option(plate || id, id)));
    vehicle.value = found.vehicles.some((one) => one.vehicle === chosen) ? chosen : "";
    said.textContent = found.vehicles.length
      ? say(`当日有轨迹的车辆 ${found.vehicles.length} 辆`, `${found.vehicles.length} vehicles with a track on this day`)
      : say("当日没有轨迹。换一天，或确认设备已上报位置。", "No tracks on this day. Take another, or see whether devices report.");
    fitted(found.vehicles.flatMap((one) => one.points));
    show(found.vehicles.map(({ plate, points }) => ({ plate: plate || "", points: placed(points) })), ...bounds(found.vehicles));
  };
  const one = (found, plate) => {
    const seconds = (at) => (Date.parse(at) - begins()) / 1000;
    const astray = (point) => point.marks.some((mark) => mark !== "late");
    const way = found.points.filter((point) => !astray(point)).map((point) => [seconds(point.at), point.longitude, point.latitude]);
    odd = found.points.filter((point) => astray(point) && point.longitude != null).map((point) => zhangtu.map.placed(point.longitude, point.latitude));
    stops = found.stops.map((stop) => zhangtu.map.placed(stop.longitude, stop.latitude));
    said.textContent = found.masked
      ? say("涉密车辆的轨迹已遮蔽。", "The track of a secret-work vehicle is masked.")
      : say(`${found.points.length} 个位置，其中 ${odd.length} 个异常（空心红点）`, `${found.points.length} positions, ${odd.length} of them odd (hollow red)`);
    fitted(way);
    show([{ plate, points: placed(way) }], ...bounds([{ points: way }]));
    zhangtu.map.replayed(it, part, { found, go: (at) => { now = Math.min(Math.max(seconds(at), span[0]), span[1]); told(); layer.again(); } });
  };
  const ofVehicle = async () => {
    const from = new Date(begins());
    const to = new Date(begins() + DAY * 1000);
    const found = await asked(`/v1/vehicles/${vehicle.value}/track`, { from: from.toISOString(), to: to.toISOString() });
    if (!found) return;
    vehicle.selectedOptions[0].textContent = found.vehicle.label;
    one(found, found.vehicle.label);
    zhangtu.map.journeysOf(it, part, vehicle.value, from, to, ofJourney);
  };
  const ofJourney = async (id) => {
    const found = await asked(`/v1/journeys/${id}/track`);
    if (!found) return;
    if (found.departed) day.value = beijing(new Date(found.departed));
    one(found, found.order?.vehicle?.label || "");
  };

  const load = () => (vehicle.value ? ofVehicle() : fleet());
  const end = () => {
    odd = stops = [];
    said.textContent = "";
    zhangtu.map.replayed(it, part, null);
    show([], 0, DAY);
  };
  part.querySelector("[value=load]").addEventListener("click", () => { it.toMap(); load(); });
  close.addEventListener("click", end);
  vehicle.addEventListener("change", load);
  play.addEventListener("click", () => {
    if (now >= span[1]) now = span[0];
    playing = !playing;
    ticked = performance.now();
    told();
    layer.again();
  });
  range.addEventListener("input", () => { now = Number(range.value); told(); layer.again(); });
  const look = () => { inks = zhangtu.map.inks("c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "map-past", "map-wrong", "map-halo", "map-ink"); layer.again(); };
  it.on("look", look);
  look();

  // A link of a vehicle's page, or of a journey's: begin with its track.
  const [kind, id] = (new URLSearchParams(location.search).get("track") || "").split("/");
  if (id) part.closest("details").open = true;
  if (id && kind === "journeys") ofJourney(id);
  if (id && kind === "vehicles") {
    vehicle.append(new Option(id, id));
    vehicle.value = id;
    ofVehicle();
  }
});
