// The same in words: what is in view as a list, for those who read the map instead of seeing it, and for keys.
"use strict";

window.zhangtu = { ...window.zhangtu, map: { ...window.zhangtu?.map } };

zhangtu.map.list = (it) => {
  const { map, told, say, look } = it;
  const MOST = 200;
  const section = document.querySelector(".map-list");
  const list = section.querySelector("ol");
  const count = section.querySelector("[role=status]");
  let turn = 0;

  const entry = (text, more, act) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = text;
    button.addEventListener("click", act);
    const beside = document.createElement("span");
    beside.className = "soft small";
    beside.textContent = more;
    item.append(button, beside);
    return item;
  };
  const word = (thing) => told.states[thing.kind]?.[thing.status] || "";
  const of = (thing) => [it.kind(thing.kind).word, thing.floor != null ? say(`${thing.floor} 层`, `floor ${thing.floor}`) : "", word(thing), thing.findings ? say("待办与异常", "looks wrong or waits") : ""].filter(Boolean).join(" · ");

  const things = async () => {
    const mine = (turn += 1);
    if (it.isCounted() || !section.open) return;
    const found = await it.inView();
    if (mine !== turn) return;
    const order = (one) => look.kinds.indexOf(one.kind);
    found.sort((a, b) => order(a) - order(b) || String(a.label).localeCompare(String(b.label), "zh"));
    count.textContent = found.length > MOST
      ? say(`视图中共 ${found.length} 个，列出前 ${MOST} 个；放大可看其余。`, `${found.length} in view, the first ${MOST} listed; zoom in for the others.`)
      : say(`视图中共 ${found.length} 个`, `${found.length} in view`);
    list.replaceChildren(...found.slice(0, MOST).map((one) => entry(one.label || say("（未命名）", "(no name)"), of(one), () => it.open(one.kind, one.id, true))));
  };
  let rings = [];
  const places = () => {
    if (!it.isCounted() || !section.open) return;
    const total = rings.reduce((sum, one) => sum + one.total, 0);
    count.textContent = say(`视图中共 ${total} 个，在 ${rings.length} 处；选一处放大。`, `${total} in view, at ${rings.length} places; choose one to zoom in.`);
    list.replaceChildren(...rings.map((one) => entry(say(`${one.total} 个`, `${one.total} things`), it.counted(one.kinds), () => map.setView(one.where, map.getZoom() + 3))));
  };
  it.on("counted", (found) => { rings = found; places(); });
  for (const change of ["drawn", "layers", "floor"]) it.on(change, things);
  map.on("moveend", things);
  section.addEventListener("toggle", () => { things(); places(); });
};
