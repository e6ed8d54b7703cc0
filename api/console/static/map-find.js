// Searching on the map: what is found is flown to, and opened.
"use strict";

window.zhangtu = { ...window.zhangtu, map: { ...window.zhangtu?.map } };

zhangtu.map.find = (it) => {
  const { map, say } = it;
  const form = document.querySelector(".map-find");
  const words = form.querySelector("input");
  const list = form.querySelector("ul");
  let turn = 0;
  let later = 0;

  const told = (text) => {
    const item = document.createElement("li");
    item.className = "soft small";
    item.textContent = text;
    list.replaceChildren(item);
  };
  const look = async () => {
    const q = words.value.trim();
    const mine = (turn += 1);
    if (!q) return list.replaceChildren();
    const query = new URLSearchParams([["q", q], ["limit", "30"]]);
    for (const [name, value] of Object.entries(it.moment)) if (value) query.set(name, value);
    const answer = await fetch(`/v1/search?${query}`);
    if (mine !== turn) return;
    if (!answer.ok) return told(say("没有查成，请再试一次。", "The search failed: please try again."));
    const hits = (await answer.json()).hits.filter((one) => one.kind === "fences" ? it.kind("fences") : it.told.kinds.some(({ name }) => name === one.kind)).slice(0, 8);
    if (!hits.length) return told(say("地图上没有找到。可少写几个字。", "Nothing on the map. Try fewer words."));
    list.replaceChildren(...hits.map((hit) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      const name = document.createElement("span");
      name.textContent = hit.label || say("（未命名）", "(no name)");
      const kind = document.createElement("span");
      kind.className = "soft small";
      kind.textContent = it.kind(hit.kind).word;
      button.append(name, kind);
      button.addEventListener("click", () => go(hit));
      item.append(button);
      return item;
    }));
  };

  // There, and open. What has no place on the map is opened all the same.
  const go = async ({ kind, id }) => {
    list.replaceChildren();
    it.goTo(kind, id);
  };
  // On a phone the panel stands over the map: it is shut for who asks to see something there.
  const drawer = document.querySelector(".map-drawer");
  it.toMap = () => { if (drawer.querySelector("summary").offsetParent) drawer.open = false; };
  it.goTo = async (kind, id) => {
    if (!it.layers.has(kind)) {
      it.layers.add(kind);
      document.querySelector(`[name=layer][value=${kind}]`).checked = true;
      it.tell("layers", null);
    }
    it.toMap();
    const [answer] = await Promise.all([fetch(it.address(`/v1/map/places/${id}`)), it.open(kind, id, true)]);
    if (!answer.ok) return;
    const { box, floor } = await answer.json();
    if (floor) { it.floor = floor; it.tell("floor", null); }
    if (box) map.fitBounds([[box[1], box[0]], [box[3], box[2]]], { maxZoom: kind === "rooms" ? 20 : 18, paddingTopLeft: [40, 40], paddingBottomRight: it.covered() });
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("button")?.click();
  });
  words.addEventListener("input", () => {
    clearTimeout(later);
    later = setTimeout(look, 180);
  });
  form.addEventListener("keydown", (event) => {
    const all = [words, ...list.querySelectorAll("button")];
    const at = all.indexOf(document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    if (event.key === "Escape") { words.value = ""; list.replaceChildren(); }
    if (next === undefined || !all[next]) return;
    event.preventDefault();
    all[next].focus();
  });
};
