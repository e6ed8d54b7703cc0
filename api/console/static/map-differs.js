// What differs between two days in what is in view, by the facts of the log: which things came, went, moved or are otherwise, and in which words.
"use strict";

window.zhangtu = { ...window.zhangtu, map: { ...window.zhangtu?.map } };

// `differing(it, other)`: asks for both moments; null when a later question overtook it.
zhangtu.map.differing = () => {
  const MOST = 500;
  const PLACES = ["outline", "parking", "place"];
  let turn = 0;

  const inView = async (one) => {
    const found = new Map((await one.inView()).map((thing) => [thing.id, thing]));
    if (one.layers.has("fences")) for (const { id, properties } of one.fencesThere || []) found.set(id, { id, kind: "fences", label: properties.name });
    return found;
  };
  const asked = async (it, other, isLater) => {
    const bounds = it.map.getBounds();
    const within = (side, most) => Math.min(Math.max(side, -most), most).toFixed(6);
    const box = [within(bounds.getWest(), 180), within(bounds.getSouth(), 85), within(bounds.getEast(), 180), within(bounds.getNorth(), 85)];
    const query = new URLSearchParams({ bbox: box.join(","), limit: MOST });
    const isSeen = (kind) => it.layers.has(kind) && (kind !== "rooms" || it.map.getZoom() >= zhangtu.map.ROOMS_FROM);
    const kinds = [...it.told.kinds.map(({ name }) => name), "fences"].filter(isSeen);
    if (!kinds.length) return { different: [] };
    for (const kind of kinds) query.append("kinds", kind);
    for (const [side, one] of [["a", isLater ? other : it], ["b", isLater ? it : other]]) {
      for (const [name, value] of Object.entries(one.moment)) if (value) query.set(`${side}.${name}`, value);
    }
    const answer = await fetch(`/v1/compare/area?${query}`).catch(() => null);
    return answer?.ok ? answer.json() : null;
  };
  // Facts decide what is otherwise; what is drawn on either day decides what of it is seen.
  const how = ({ changes }, isBefore, isAfter) => {
    const moved = changes.some(({ facet, a, b }) => PLACES.includes(facet) && a && b && a.value !== null && b.value !== null);
    if (moved) return "moved";
    if (isBefore && !isAfter) return "gone";
    return isAfter && !isBefore ? "new" : "other";
  };

  return async (it, other) => {
    const mine = (turn += 1);
    const isLater = (it.moment.at || "9") >= (other.moment.at || "9");
    const [found, here, there] = await Promise.all([asked(it, other, isLater), inView(it), inView(other)]);
    if (mine !== turn) return null;
    if (!found) return { failed: true, things: [] };
    const [before, after] = isLater ? [there, here] : [here, there];
    const things = [];
    for (const one of found.different) {
      const { id } = one.thing;
      const seen = after.get(id) || before.get(id);
      const changes = one.changes.filter(({ facet }) => !it.told.passing.includes(facet));
      if (!seen || !changes.length) continue;
      things.push({ id, kind: seen.kind, label: seen.label, how: how({ changes }, before.has(id), after.has(id)), changes, inHere: here.has(id), inThere: there.has(id) });
    }
    return { things, isLater, isCut: Boolean(found.next) };
  };
};
