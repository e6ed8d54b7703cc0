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

  const MOST = 12;  // rows of a kind: units may be many
  let turn = 0;
  // The legend: of each kind and each value of the scheme, how many are in view.
  const legend = panel.querySelector(".map-legend");
  const row = (name, word, count, cornered) => {
    const item = document.createElement("li");
    const swatch = document.createElement("span");
    swatch.className = `swatch ${name}${cornered ? " point" : ""}`;
    const text = document.createElement("span");
    text.textContent = word;
    const number = document.createElement("span");
    number.className = "many";
    number.textContent = count.toLocaleString("en");
    item.append(swatch, text, number);
    return item;
  };
  const word = (kind, thing) => {
    const value = look.value(kind, thing);
    if (value === null) return say("未登记", "Not recorded");
    return look.scheme().by[kind].values.find(([one]) => one === value)?.[1] ?? units.get(value) ?? say("…", "…");
  };
  // Units are told by the API's legend: names of the most frequent.
  const units = new Map();
  const learned = async (kinds, things) => {
    const open = kinds.filter((kind) => look.scheme().by[kind] && !look.scheme().by[kind].values.length
      && things.some((one) => one.kind === kind && look.value(kind, one) && !units.has(look.value(kind, one))));
    await Promise.all(open.map(async (kind) => {
      const ids = [...new Set(things.filter((one) => one.kind === kind).map((one) => look.value(kind, one)))].filter((id) => id && !units.has(id)).slice(0, 100);
      const query = new URLSearchParams([...ids.map((id) => ["id", id]), ["fields", "name"], ["limit", "100"]]);
      for (const [name, value] of Object.entries(it.moment)) if (value) query.set(name, value);
      const answer = await fetch(`/v1/units?${query}`);
      if (answer.ok) for (const row of (await answer.json()).rows) units.set(row.id, row.label);
      for (const id of ids) if (!units.has(id)) units.set(id, say("（名称不可见）", "(name not shown)"));
    }));
  };
  const hint = panel.querySelector(".map-scheme");
  const tally = async (things) => {
    const mine = (turn += 1);
    if (it.colour !== "kind") await learned(look.kinds, things);
    if (mine !== turn) return;
    for (const kind of look.kinds) {
      const number = panel.querySelector(`[data-count="${kind}"]`);
      if (number) number.textContent = things.filter((one) => one.kind === kind).length.toLocaleString("en");
    }
    legend.replaceChildren();
    for (const kind of look.kinds) {
      if (!look.scheme().by[kind]) continue;
      const of = things.filter((one) => one.kind === kind);
      const by = new Map();
      for (const one of of) {
        const key = word(kind, one);
        by.set(key, { count: (by.get(key)?.count || 0) + 1, name: look.named(kind, one) });
      }
      if (!by.size) continue;
      const head = document.createElement("li");
      head.className = "of";
      head.textContent = it.kind(kind).word;
      legend.append(head, ...[...by].sort((a, b) => b[1].count - a[1].count).slice(0, MOST).map(([text, { count, name }]) => row(name, text, count, kind === "vehicles" || kind === "warehouses")));
    }
  };
  const count = async () => {
    if (it.isCounted()) return;
    hint.hidden = true;
    tally(await it.inView());
  };
  it.on("counted", (found) => {
    if (!it.isCounted()) return;
    turn += 1;
    legend.replaceChildren();
    hint.hidden = it.colour === "kind";
    hint.textContent = say("放大到能看清单个对象时着色并计数。", "Colours and their counts appear nearer, where things can be told apart.");
    const sums = {};
    for (const { kinds } of found) for (const [kind, number] of Object.entries(kinds)) sums[kind] = (sums[kind] || 0) + number;
    for (const kind of look.kinds) {
      const number = panel.querySelector(`[data-count="${kind}"]`);
      if (number) number.textContent = (sums[kind] || 0).toLocaleString("en");
    }
  });
  for (const change of ["drawn", "layers", "colour", "floor"]) it.on(change, count);
  map.on("moveend", count);

  // The floor whose rooms are shown, from where on rooms can be told apart.
  const floors = document.querySelector(".map-floor");
  const shown = floors.querySelector("output");
  const tell = () => {
    floors.hidden = map.getZoom() < zhangtu.map.ROOMS_FROM || !it.layers.has("rooms");
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
