// What stands beside a track that is replayed: its length, the journey's order and proof, its stops and gaps, the journeys of the day.
"use strict";

window.zhangtu = { ...window.zhangtu, map: { ...window.zhangtu?.map } };

zhangtu.map.made = (name, text, more = {}) => Object.assign(document.createElement(name), { textContent: text, ...more });
zhangtu.map.hour = (at) => new Date(Date.parse(at) + 288e5).toISOString().slice(5, 16).replace("T", " ");

zhangtu.map.replayed = (it, part, told) => {
  const { say } = it;
  const { made, hour } = zhangtu.map;
  const facts = part.querySelector(".replay-facts");
  const stops = part.querySelector(".replay-stops");
  facts.replaceChildren();
  stops.hidden = true;
  if (!told) return part.querySelector(".replay-journeys").replaceChildren();
  const { found, go } = told;
  const fact = (name, value, className = "") => {
    if (value == null || value === "") return;
    const row = document.createElement("div");
    row.append(made("dt", name), made("dd", value, { className }));
    facts.append(row);
  };
  if (found.metres != null) fact(say("轨迹里程", "Length"), `${(found.metres / 1000).toFixed(1)} km`);
  if (found.order) {
    fact(say("用车单位", "Unit"), found.order.unit?.label);
    fact(say("目的地", "Destination"), found.order.destination);
    fact(say("驾驶员", "Driver"), found.order.driver?.label);
    fact(say("计划", "Planned"), found.order.planned_from && `${hour(found.order.planned_from)} – ${hour(found.order.planned_until).slice(6)}`);
    fact(say("里程表", "Odometer"), found.order.distance != null ? `${found.order.distance} km` : null);
    fact(say("办结时的轨迹", "Track at closing"), proved(found.proof), found.proof ? (found.proof.holds ? "holds" : "breaks") : "");
  }
  function proved(proof) {
    if (!proof) return say("没有登记摘要", "No digest was told");
    if (!proof.holds) return proof.missing ? say(`缺少 ${proof.missing} 点`, `${proof.missing} positions are missing`) : say("与所存轨迹不符", "Does not match what is kept");
    return proof.later ? say(`相符；其后又收到 ${proof.later} 点`, `Matches; ${proof.later} came in later`) : say("与所存轨迹相符", "Matches what is kept");
  }
  const pauses = [
    ...found.stops.map((one) => ({ ...one, word: say("停留", "Stop") })),
    ...found.gaps.map((one) => ({ ...one, word: say("中断", "Gap") })),
  ].sort((a, b) => Date.parse(a.since) - Date.parse(b.since));
  stops.hidden = !pauses.length;
  stops.querySelector("ol").replaceChildren(...pauses.map((one) => {
    const item = document.createElement("li");
    const button = made("button", `${hour(one.since).slice(6)} ${one.word}`, { type: "button", className: "plain" });
    button.addEventListener("click", () => {
      go(one.since);
      if (one.latitude != null) it.map.panTo([one.latitude, one.longitude]);
    });
    const minutes = Math.round((Date.parse(one.until) - Date.parse(one.since)) / 60000);
    item.append(button, made("span", say(`${minutes} 分钟`, `${minutes} min`), { className: "soft small" }));
    return item;
  }));
};

// The orders of the day beside its track: each leads to its own.
zhangtu.map.journeysOf = async (it, part, vehicle, from, to, opened) => {
  const { made, hour } = zhangtu.map;
  const place = part.querySelector(".replay-journeys");
  const answer = await fetch(it.address("/v1/journeys", { vehicle, "planned_from.max": to.toISOString(), "planned_until.min": from.toISOString(), limit: 50 }));
  if (!answer.ok) return place.replaceChildren();
  const { rows } = await answer.json();
  place.replaceChildren(...rows.map((row) => {
    const button = made("button", `${hour(row.planned_from).slice(6)}–${hour(row.planned_until).slice(6)} ${row.destination || ""}`, { type: "button" });
    button.addEventListener("click", () => opened(row.id));
    return button;
  }));
};
