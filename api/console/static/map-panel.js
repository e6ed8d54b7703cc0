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
    if (it.colour === "unit") return thing.unit ? null : say("没有使用单位", "Without a unit");
    const attribute = it.colour;
    const found = (told.words[kind]?.[attribute] || []).find(([value]) => value === thing[attribute]);
    return found ? found[1] : say("未登记", "Not recorded");
  };
  const tally = (things) => {
    for (const kind of look.kinds) {
      const number = panel.querySelector(`[data-count="${kind}"]`);
      if (number) number.textContent = things.filter((one) => one.kind === kind).length.toLocaleString("en");
    }
    legend.replaceChildren();
    if (it.colour === "kind" || it.colour === "unit") return;
    for (const kind of look.kinds) {
      if (kind === "compounds" && it.colour !== "status") continue;
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
      legend.append(head, ...[...by].sort((a, b) => b[1].count - a[1].count).map(([text, { count, name }]) => row(name, text, count, kind === "vehicles" || kind === "warehouses")));
    }
  };
  const count = async () => {
    if (it.isCounted()) return;
    tally(await it.inView());
  };
  it.on("counted", (found) => {
    if (!it.isCounted()) return;
    legend.replaceChildren();
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
