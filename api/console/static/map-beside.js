// Two days side by side: a second map that moves with the first, and on both what is new, gone or otherwise there in colour.
"use strict";

window.zhangtu = { ...window.zhangtu, map: { ...window.zhangtu?.map } };

zhangtu.map.beside = (it) => {
  const { map, told, say } = it;
  const form = document.querySelector(".map-time");
  const frame = document.querySelector(".map-beside");
  const button = form.elements.beside;
  const asked = new URLSearchParams(location.search).get("beside") || "";
  let other = null;

  // The other map is drawn by the same parts, at a moment of its own; what is ticked and how it is coloured is shared.
  const begun = (at) => {
    const second = L.map(frame.querySelector(".map-other"), { zoomControl: false, attributionControl: false, minZoom: map.getMinZoom(), maxZoom: map.getMaxZoom(), zoomAnimation: false });
    second.setView(map.getCenter(), map.getZoom());
    const bus = new EventTarget();
    const made = Object.create(it, { differs: { value: null, writable: true } });
    Object.assign(made, {
      map: second, moment: { ...it.moment, at },
      on: (name, heard) => bus.addEventListener(name, (event) => heard(event.detail)),
      tell: (name, detail) => bus.dispatchEvent(new CustomEvent(name, { detail })),
    });
    for (const part of ["ground", "things", "clusters"]) zhangtu.map[part](made);
    return made;
  };
  for (const change of ["layers", "colour", "floor", "chosen", "look"]) it.on(change, () => other?.tell(change, null));

  let leading = false;
  const follow = (from, to) => () => {
    if (leading || !other) return;
    leading = true;
    to().setView(from().getCenter(), from().getZoom(), { animate: false });
    leading = false;
  };

  // What differs is found among what lies in both windows: by what a tile tells of a thing, without its place in the tile.
  const PARTS = ["label", "status", "category", "unit", "within", "purpose", "condition", "headcount", "net_area", "gross_area", "sealed", "idle"];
  const digest = (thing) => JSON.stringify([...PARTS.map((part) => thing[part] ?? null), thing.geometry]);
  const compared = async () => {
    if (!other) return;
    const [here, there] = await Promise.all([it.inView(), other.inView()]);
    if (!other) return;
    const [now, then] = [here, there].map((things) => new Map(things.map((one) => [one.id, one])));
    const [mine, theirs] = [new Map(), new Map()];
    const later = (it.moment.at || "9") >= (other.moment.at || "9");
    for (const [id, one] of now) {
      if (!then.has(id)) mine.set(id, later ? "new" : "gone");
      else if (digest(one) !== digest(then.get(id))) { mine.set(id, "other"); theirs.set(id, "other"); }
    }
    for (const id of then.keys()) if (!now.has(id)) theirs.set(id, later ? "gone" : "new");
    if (it.isCounted()) { mine.clear(); theirs.clear(); }
    const same = (a, b) => a && a.size === b.size && [...a].every(([id, how]) => b.get(id) === how);
    if (!same(it.differs, mine)) { it.differs = mine; it.tell("differs", null); }
    if (!same(other.differs, theirs)) { other.differs = theirs; other.tell("differs", null); }
    summed([...mine], [...theirs], new Map([...then, ...now]));
  };

  // In words, for everybody: how many of each, and which.
  const summary = frame.querySelector(".map-differs");
  const count = summary.querySelector("[role=status]");
  const list = summary.querySelector("ul");
  const WORDS = { new: say("新增", "new"), gone: say("不再有", "gone"), other: say("有变化", "otherwise") };
  const summed = (mine, theirs, things) => {
    const all = new Map([...theirs, ...mine]);
    const many = (how) => [...all.values()].filter((one) => one === how).length;
    count.textContent = it.isCounted() ? say("放大后标出两天的不同。", "Zoom in to see what differs.")
      : all.size ? ["new", "gone", "other"].filter(many).map((how) => `${WORDS[how]} ${many(how)}`).join(say("，", ", "))
        : say("视图中两天相同。", "In view both days are alike.");
    list.replaceChildren(...[...all].slice(0, 60).map(([id, how]) => {
      const item = document.createElement("li");
      const mark = document.createElement("span");
      mark.className = `differs ${how}`;
      mark.textContent = WORDS[how];
      const open = document.createElement("button");
      open.type = "button";
      open.className = "plain";
      open.textContent = things.get(id).label || say("（未命名）", "(no name)");
      open.addEventListener("click", () => it.open(things.get(id).kind, id, true, how === "gone" ? (it.moment.at < other.moment.at ? {} : { at: other.moment.at }) : {}));
      item.append(mark, open);
      return item;
    }));
  };

  const date = frame.querySelector("input[type=date]");
  const keep = () => {
    const query = new URLSearchParams(location.search);
    other ? query.set("beside", other.moment.at) : query.delete("beside");
    history.replaceState(null, "", `${location.pathname}?${query}`.replaceAll("%2C", ",").replaceAll("%2F", "/"));
  };
  const show = (at) => {
    frame.hidden = false;
    button.setAttribute("aria-pressed", "true");
    date.value = at;
    map.invalidateSize({ animate: false });
    other = begun(at);
    other.on("drawn", compared);
    other.map.on("move", follow(() => other.map, () => map));
    compared();
    keep();
  };
  const hide = () => {
    other.map.remove();
    other = null;
    it.differs = null;
    frame.hidden = true;
    button.setAttribute("aria-pressed", "false");
    map.invalidateSize({ animate: false });
    it.tell("differs", null);
    keep();
  };
  map.on("move", follow(() => map, () => other.map));
  for (const change of ["drawn", "layers", "floor"]) it.on(change, compared);
  map.on("moveend", compared);

  // A year before what is seen, unless another day is asked for.
  const before = () => {
    const at = it.moment.at ? new Date(`${it.moment.at.slice(0, 10)}T00:00:00Z`) : new Date();
    at.setUTCFullYear(at.getUTCFullYear() - 1);
    return at.toISOString().slice(0, 10);
  };
  button.addEventListener("click", () => (other ? hide() : show(before())));
  date.addEventListener("change", () => {
    if (!other || !date.value) return;
    other.moment.at = date.value;
    other.tell("moment", null);
    keep();
  });
  if (asked) map.whenReady(() => show(asked));
};
