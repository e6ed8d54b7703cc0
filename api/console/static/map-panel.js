// What is shown, and by what it is coloured: layers, schemes, floors, and the legend with its counts.
"use strict";

window.zhangtu = { ...window.zhangtu, map: { ...window.zhangtu?.map } };

zhangtu.map.panel = (it) => {
  const { map, told, say, look } = it;
  const panel = document.querySelector(".map-panel");

  for (const box of panel.querySelectorAll("[name=layer]")) {
    box.checked = it.layers.has(box.value);
    box.addEventListener("change", () => {
      box.checked ? it.layers.add(box.value) : it.layers.delete(box.value);
      it.tell("layers", null);
    });
  }
  const colour = panel.querySelector("[name=colour]");
  colour.value = it.colour;
  colour.addEventListener("change", () => {
    it.colour = colour.value;
    it.tell("colour", null);
  });

  it.hasFloors = () => map.getZoom() >= zhangtu.map.ROOMS_FROM && it.layers.has("rooms");

  // The legend: of each value of the scheme, how many are in view, as the API counts them: also what is too small to be drawn.
  const MOST = 12;  // rows of a kind: units may be many
  const legend = panel.querySelector(".map-legend");
  const hint = panel.querySelector(".map-scheme");
  hint.textContent = say("放大到能看清单个对象时着色。", "Colours appear nearer, where things can be told apart.");
  let turn = 0;
  let later = 0;
  const made = (name, text, className) => Object.assign(document.createElement(name), { textContent: text, className });
  const row = (kind, { value, zh, en, listed, placed, in_view: many }) => {
    const item = made("li", "", "");
    const isPoint = kind === "vehicles" || kind === "warehouses";
    const paint = kind === "items" ? "items" : kind === "fences" ? `fence ${value}` : look.painted(kind, value);
    item.append(made("span", "", `swatch ${paint}${isPoint ? " point" : ""}`), made("span", say(zh, en), ""), made("span", many.toLocaleString("en"), "many"));
    item.title = say(`视图中 ${many}，有位置 ${placed}，在册 ${listed}`, `${many} in view, ${placed} with a place, ${listed} in all`);
    return item;
  };
  const box = () => {
    const bounds = map.getBounds();
    const within = (side, most) => Math.min(Math.max(side, -most), most).toFixed(6);
    return [within(bounds.getWest(), 180), within(bounds.getSouth(), 85), within(bounds.getEast(), 180), within(bounds.getNorth(), 85)].join(",");
  };
  const asked = async (kind, colour = look.scheme().by[kind].colour, only = "") => {
    const query = new URLSearchParams(kind === told.filters.kind ? told.filters.query : only);
    const more = { layer: kind, colour, bbox: box(), ...it.moment };
    for (const [name, value] of Object.entries(more)) if (value) query.set(name, value);
    if (kind === "rooms" && it.hasFloors()) query.set("floor", it.floor);  // as they are drawn
    const answer = await fetch(`/v1/map/legend?${query}`);
    return answer.ok ? [kind, await answer.json()] : null;
  };
  // Geofences look by what they are for; those that are not in force all alike, whatever they are for.
  const ofFences = async () => {
    const both = await Promise.all([asked("fences", "purpose", "status=in-force"), asked("fences", "status", "status=dormant")]);
    if (!both.every(Boolean)) return null;
    const [{ values: inForce, ...rest }, { values: dormant, totals }] = both.map(([, found]) => found);
    const sum = (name) => rest.totals[name] + totals[name];
    const all = { in_view: sum("in_view"), placed: sum("placed"), listed: sum("listed") };
    return ["fences", { ...rest, values: [...inForce, ...dormant], totals: all }];
  };
  // Of what waits or looks wrong each is ticked or not; what is not is counted all the same, and not shown.
  const ofFindings = async () => {
    const answer = await fetch(it.address("/v1/map/findings", { bbox: box() }));
    return answer.ok ? ["findings", { ...(await answer.json()), others: { in_view: 0 } }] : null;
  };
  const ticked = (one, values) => {
    const item = made("li", "", "");
    const choice = made("label", "", "choice");
    const box = Object.assign(made("input", "", ""), { type: "checkbox", value: one.value, checked: !it.finding.length || it.finding.includes(one.value) });
    box.addEventListener("change", () => {
      const all = values.map(({ value }) => value);
      const chosen = (it.finding.length ? it.finding : all).filter((name) => name !== one.value).concat(box.checked ? one.value : []);
      it.finding = all.every((name) => chosen.includes(name)) ? [] : chosen;
      if (!chosen.length) panel.querySelector("[name=layer][value=findings]").click();  // none of them: the layer itself
      it.tell("finding", null);
    });
    choice.append(box, made("span", say(one.zh, one.en), ""), made("span", one.in_view.toLocaleString("en"), "many"));
    item.append(choice);
    return item;
  };
  const inWords = ([kind, { values, others, totals }]) => {
    if (!totals.in_view) return [];
    const seen = values.filter((one) => one.in_view);
    if (seen.length > MOST) seen.sort((a, b) => b.in_view - a.in_view);
    const left = seen.slice(MOST).reduce((sum, one) => sum + one.in_view, others.in_view);
    const more = left ? [made("li", say(`其余 ${left.toLocaleString("en")}`, `others: ${left.toLocaleString("en")}`), "soft")] : [];
    const head = made("li", it.kind(kind).word, "of");
    head.append(made("span", totals.in_view.toLocaleString("en"), "many"));
    if (kind === "findings") return [head, ...seen.map((one) => ticked(one, seen))];
    return [head, ...seen.slice(0, MOST).map((one) => row(kind, one)), ...more];
  };
  const legends = async () => {
    const mine = (turn += 1);
    const kinds = look.kinds.filter((kind) => look.scheme().by[kind] && it.layers.has(kind));
    const fences = it.layers.has("fences") && it.kind("fences") ? [ofFences()] : [];
    const laid = [...(it.layers.has("items") ? [asked("items", "grade")] : []), ...(it.layers.has("findings") ? [ofFindings()] : [])];
    const found = (await Promise.all([...kinds.map((kind) => asked(kind)), ...fences, ...laid])).filter(Boolean);
    if (mine !== turn) return;
    for (const of of ["fences", "items", "findings"]) {
      const number = panel.querySelector(`[data-count=${of}]`);
      if (number) number.textContent = found.find(([kind]) => kind === of)?.[1].totals.in_view.toLocaleString("en") ?? "";
    }
    legend.replaceChildren(...found.flatMap(inWords));
    hint.hidden = it.colour === "kind" || !it.isCounted();
  };
  const soon = () => {
    clearTimeout(later);
    later = setTimeout(legends, 250);
  };
  for (const change of ["moment", "layers", "colour", "finding", "floor"]) it.on(change, soon);
  map.on("moveend", soon);
  soon();

  const nothing = document.querySelector(".map-nothing");
  // A map on which there was nothing at all says so in full, until something comes.
  const empty = document.querySelector(".map-empty");
  const isNothing = (isEmpty) => {
    nothing.hidden = !isEmpty || Boolean(empty && !empty.hidden);
    if (empty && !isEmpty) empty.hidden = true;
  };
  nothing.querySelector("button").addEventListener("click", () => it.everything());
  // Of each layer: how many are drawn, or counted by the rings.
  const numbers = (of) => {
    for (const kind of look.all) {
      const number = panel.querySelector(`[data-count="${kind}"]`);
      if (number && of(kind) !== null) number.textContent = it.layers.has(kind) ? of(kind).toLocaleString("en") : "";
    }
  };
  const count = async () => {
    if (it.isCounted()) return;
    const things = await it.inView();
    if (!it.isCounted()) numbers((kind) => (kind === "items" || kind === "findings" ? null : things.filter((one) => one.kind === kind).length));
    if (!it.isCounted()) isNothing(!things.length && !it.fencesInView?.());
  };
  it.on("counted", (found) => {
    if (!it.isCounted()) return;
    isNothing(!found.length);
    numbers((kind) => found.reduce((sum, { kinds }) => sum + (kinds[kind] || 0), 0));
  });
  for (const change of ["drawn", "layers", "floor", "fences"]) it.on(change, count);
  map.on("moveend", count);

  // The floor whose rooms are shown, from where on rooms can be told apart.
  const floors = document.querySelector(".map-floor");
  const shown = floors.querySelector("output");
  const tell = () => {
    floors.hidden = !it.hasFloors();
    shown.textContent = say(`${it.floor} 层`, `Floor ${it.floor}`);
  };
  for (const button of floors.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      const next = it.floor + Number(button.value);
      it.floor = next === 0 ? Number(button.value) : Math.min(Math.max(next, -5), 60);  // there is no floor 0
      it.tell("floor", null);
    });
  }
  map.on("zoomend", tell);
  for (const change of ["floor", "layers"]) it.on(change, tell);
  tell();

  // Nearer, farther, everything.
  for (const button of document.querySelectorAll(".map-zoom button")) {
    button.addEventListener("click", () => {
      if (button.value === "in") map.zoomIn();
      else if (button.value === "out") map.zoomOut();
      else it.everything();
    });
  }
};
