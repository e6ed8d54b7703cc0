// The card: a click on a thing shows what holds of it, its last changes and what may be done next, in the page's own words.
"use strict";

window.zhangtu = { ...window.zhangtu, map: { ...window.zhangtu?.map } };

zhangtu.map.card = (it) => {
  const { map, say } = it;
  const card = document.querySelector(".map-card");
  let turn = 0;

  const close = () => {
    turn += 1;
    card.hidden = true;
    card.replaceChildren();
    it.chosen = "";
    it.tell("chosen", null);
    map.getContainer().focus({ preventScroll: true });
  };
  const opened = async (kind, id, focus, moment = {}) => {
    const mine = (turn += 1);
    it.chosen = `${kind}/${id}`;
    it.tell("chosen", null);
    card.hidden = false;
    card.setAttribute("aria-busy", "true");
    const answer = await fetch(it.address(`/map/card/${kind}/${id}`, {}, moment));
    const text = await answer.text();
    if (mine !== turn) return;
    if (answer.ok) card.innerHTML = text;  // made by our own templates, which write every name as text
    else card.replaceChildren(shut(), headed(say("没有可看的", "Nothing to see")), said(say("在所看的时间没有这个对象，或者它不在您的管理范围内。", "At the moment looked at it is not there, or it is not within your reach.")));
    card.removeAttribute("aria-busy");
    await told(id);
    card.scrollTop = 0;
    if (focus) card.querySelector("h2")?.focus();
  };
  // What waits or looks wrong there, in the words of the API, where that layer is ticked.
  let words = null;
  const told = async (id) => {
    if (!it.layers.has("findings") || it.isCounted()) return;
    const mine = turn;
    const thing = (await it.inView()).find((one) => one.id === id);
    if (!thing?.findings) return;
    words ??= await fetch(it.address("/v1/attention")).then((answer) => (answer.ok ? answer.json() : {}));
    if (mine !== turn) return;
    const named = (name) => Object.values(words).filter(Array.isArray).flat().find((one) => one.name === name);
    const list = made("ul", "", { className: "map-findings" });
    list.append(...thing.findings.map(({ finding, count }) => made("li", `${say(named(finding)?.zh || finding, named(finding)?.en || finding)}${count > 1 ? ` × ${count}` : ""}`)));
    card.querySelector(".badges")?.after(list);
  };
  it.open = opened;
  card.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !card.hidden && !document.querySelector("dialog[open]")) close();
  });

  const made = (name, text, more = {}) => Object.assign(document.createElement(name), { textContent: text, ...more });
  const headed = (text) => made("h2", text, { tabIndex: -1 });
  const said = (text) => made("p", text, { className: "soft" });
  const shut = () => {
    const button = made("button", "×", { type: "button", className: "plain close" });
    button.dataset.close = "";
    button.setAttribute("aria-label", say("关闭", "Close"));
    return button;
  };

  // Several things at one place: which one is meant?
  const which = (things) => {
    turn += 1;
    const list = document.createElement("ul");
    list.className = "map-which";
    for (const one of things) {
      const item = document.createElement("li");
      const button = made("button", one.label || say("（未命名）", "(no name)"), { type: "button", className: "plain" });
      button.addEventListener("click", () => opened(one.kind, one.id, true));
      item.append(button, made("span", it.kind(one.kind).word, { className: "soft small" }));
      list.append(item);
    }
    card.replaceChildren(shut(), headed(say(`此处有 ${things.length} 个`, `${things.length} here`)), list);
    card.hidden = false;
    card.scrollTop = 0;
  };

  map.on("click", ({ latlng }) => {
    if (it.busyWith) return;  // another part draws or measures
    const found = it.under(latlng);
    if (!found.length) return card.hidden || close();
    const same = found.filter((one) => one.kind === found[0].kind);
    if (same.length > 1 && ["vehicles", "warehouses"].includes(found[0].kind)) return which(same);
    opened(found[0].kind, found[0].id);
    uncover(latlng);
  });
  // What was clicked is moved out from under the card.
  const uncover = (where) => {
    const [point, frame, over] = [map.latLngToContainerPoint(where), map.getContainer().getBoundingClientRect(), card.getBoundingClientRect()];
    if (over.width > frame.width * 0.9) {
      const free = frame.height * 0.38;
      if (point.y > free) map.panBy([0, point.y - free / 2]);
    } else if (point.x > over.left - frame.left - 30) map.panBy([point.x - (over.left - frame.left - 60), 0]);
  };
  // How much of the map lies under the card: at its right, or on a phone at its foot.
  it.covered = () => {
    const [frame, over] = [map.getContainer().getBoundingClientRect(), card.getBoundingClientRect()];
    if (card.hidden) return [40, 40];
    if (over.width <= frame.width * 0.9) return [frame.right - over.left + 20, 40];
    return [40, Math.max(Math.min(frame.bottom - over.top + 20, frame.height - 140), 40)];
  };
  let last = 0;
  map.on("mousemove", ({ latlng, originalEvent }) => {
    if (originalEvent.timeStamp - last < 60 || it.isCounted()) return;
    last = originalEvent.timeStamp;
    map.getContainer().classList.toggle("over", it.under(latlng).length > 0);
  });
  it.on("moment", () => { if (it.chosen) opened(...it.chosen.split("/")); });
  if (it.chosen) map.whenReady(() => opened(...it.chosen.split("/")));
};
