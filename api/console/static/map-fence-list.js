// Geofences as a list beside the map: each leads to where it is; its card offers to draw it again.
"use strict";

document.addEventListener("map:ready", ({ detail: { say, it } }) => {
  const part = document.querySelector(".map-fences");
  if (!part) return;
  const status = part.querySelector("[role=status]");
  const list = part.querySelector(".fence-list");
  const made = (name, text, more = {}) => Object.assign(document.createElement(name), { textContent: text, ...more });

  const told = (found) => {
    if (!found) {
      status.textContent = say("电子围栏没有取到，请稍后再试。", "The geofences could not be fetched. Try again later.");
      return;
    }
    const word = (code) => (found.words.status?.[code] ? say(found.words.status[code].zh, found.words.status[code].en) : code || "");
    status.textContent = found.features.length ? "" : say("这一天没有电子围栏。", "There is no geofence on this day.");
    list.replaceChildren(...found.features.map(({ id, properties: { name, purpose, status } }) => {
      const row = made("li", "");
      const go = made("button", `${name} · ${word(status)}`, { type: "button", className: "plain" });
      go.addEventListener("click", () => it.goTo("fences", id));
      row.append(made("span", "", { className: ["swatch fence", purpose, status].join(" ") }), go);
      return row;
    }));
  };
  it.on("fences", told);
  document.querySelector(".map-card").addEventListener("click", ({ target }) => {
    const { redraw, name } = target.closest("[data-redraw]")?.dataset || {};
    if (redraw) zhangtu.map.redraw?.(redraw, name);
  });
});
