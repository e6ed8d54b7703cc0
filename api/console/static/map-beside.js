// Two days side by side: a second map that moves with the first, and on both what came, went, moved or is otherwise in colour.
"use strict";

window.zhangtu = { ...window.zhangtu, map: { ...window.zhangtu?.map } };

zhangtu.map.beside = (it) => {
  const { map, say } = it;
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
    for (const part of ["ground", "things", "clusters", "fences"]) zhangtu.map[part](made);
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

  const differing = zhangtu.map.differing();
  let later = 0;
  const compared = () => {
    clearTimeout(later);
    later = setTimeout(compare, 150);  // several things change at once
  };
  const compare = async () => {
    if (!other) return;
    if (it.isCounted()) return shown([], say("放大后标出两天的不同。", "Zoom in to see what differs."));
    const found = await differing(it, other);
    if (!found || !other) return;
    const words = found.failed ? say("没有比较成，请移动一下地图再试。", "The comparison failed: move the map a little to try again.") : summed(found);
    shown(found.things, words, found.isLater);
  };
  const same = (a, b) => a && a.size === b.size && [...a].every(([id, how]) => b.get(id) === how);
  const shown = (things, words, isLater) => {
    for (const [one, is] of [[it, "inHere"], [other, "inThere"]]) {
      const differs = new Map(things.filter((thing) => thing[is]).map(({ id, how }) => [id, how]));
      if (!same(one.differs, differs)) { one.differs = differs; one.tell("differs", null); }
    }
    count.textContent = words;
    list.replaceChildren(...things.slice(0, MOST).map((thing) => line(thing, isLater)));
  };

  // In words, for everybody: how many of each, which, and what of each is otherwise.
  const MOST = 60;
  const summary = frame.querySelector(".map-differs");
  const count = summary.querySelector("[role=status]");
  const list = summary.querySelector("ul");
  const WORDS = { new: say("新增", "new"), gone: say("不再有", "gone"), moved: say("移位", "moved"), other: say("有变化", "otherwise") };
  const summed = ({ things, isCut }) => {
    const many = (how) => things.filter((one) => one.how === how).length;
    if (!things.length) return say("视图中两天相同。", "In view both days are alike.");
    const parts = Object.keys(WORDS).filter(many).map((how) => `${WORDS[how]} ${many(how)}`).join(say("，", ", "));
    return isCut ? say(`${parts}（太多，只列出一部分；放大可看全）`, `${parts} (too many: only some are listed; zoom in for all)`) : parts;
  };
  const made = (name, text, more = {}) => Object.assign(document.createElement(name), { textContent: text, ...more });
  const line = ({ id, kind, label, how, changes, inHere }, isLater) => {
    const open = made("button", label || say("（未命名）", "(no name)"), { type: "button", className: "plain" });
    open.addEventListener("click", () => it.open(kind, id, true, inHere ? {} : { at: other.moment.at }));
    const item = made("li", "");
    item.append(made("span", WORDS[how], { className: `differs ${how}` }), open, made("span", it.kind(kind).word, { className: "soft small" }));
    if (how === "new" || how === "gone") return item;
    const nothing = (facet) => (facet === "fence_status" ? say("未生效", "not in force") : say("未登记", "not recorded"));
    const side = (one, facet) => (one ? say(one.zh, one.en) : "") || nothing(facet);
    const facts = made("ul", "", { className: "small" });
    const told = changes.filter(({ facet, a, b }) => side(a, facet) !== side(b, facet));  // places of as many corners read alike
    facts.append(...told.slice(0, 6).map(({ facet, zh, en, member_zh, member_en, a, b }) => {
      const of = say(member_zh, member_en);
      return made("li", `${say(zh, en)}${of ? `（${of}）` : ""}${say("：", ": ")}${side(a, facet)} → ${side(b, facet)}`);
    }));
    item.append(facts);
    return item;
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
    for (const change of ["drawn", "fences"]) other.on(change, compared);
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
  for (const change of ["drawn", "layers", "floor", "fences"]) it.on(change, compared);
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
