// Control points by clicking: a row of the table, a corner on the drawing, the same corner of the building. Typing does the same.
"use strict";

const placing = document.querySelector("[data-place]");
if (placing) {
  const rows = [...placing.querySelectorAll(".points tbody tr")];
  const field = (row, name) => row.querySelector(`[data-field=${name}]`);
  let active = rows.find((row) => !field(row, "x").value) || rows[0];

  const choose = (row) => {
    active = row;
    for (const one of rows) one.classList.toggle("active", one === row);
  };
  const fill = (names, values) => {
    names.forEach((name, place) => { field(active, name).value = values[place]; });
    placing.elements.by.value = "points";
    const next = rows.find((row) => !["x", "y", "east", "north"].every((name) => field(row, name).value));
    if (["x", "y", "east", "north"].every((name) => field(active, name).value) && next) choose(next);
  };
  for (const row of rows) row.addEventListener("focusin", () => choose(row));
  choose(active);
  document.documentElement.classList.add("can-pick");

  // The corner of an outline or the end of a line that is nearest to the click, within a hand's breadth of the screen.
  const nearest = (svg, x, y, reach) => {
    let best = null;
    for (const path of svg.querySelectorAll(".room path, .as-drawn")) {
      const numbers = path.getAttribute("d").match(/-?\d+(\.\d+)?/g) || [];
      for (let at = 0; at + 1 < numbers.length; at += 2) {
        const far = Math.hypot(numbers[at] - x, numbers[at + 1] - y);
        if (far < reach && (!best || far < best.far)) best = { far, x: Number(numbers[at]), y: Number(numbers[at + 1]) };
      }
    }
    return best || { x, y };
  };
  for (const svg of document.querySelectorAll("[data-drawn]")) {
    svg.addEventListener("click", (event) => {
      const matrix = svg.getScreenCTM().inverse();
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
      const found = nearest(svg, at.x, at.y, 16 * matrix.a);
      const ring = document.createElementNS("http://www.w3.org/2000/svg", "circle");
      for (const [name, value] of [["class", "picked"], ["cx", found.x], ["cy", found.y], ["r", 8 * matrix.a]]) ring.setAttribute(name, value);
      svg.append(ring);
      fill(["x", "y"], [found.x.toFixed(2), (-found.y).toFixed(2)]);
    });
  }
  const ground = document.querySelector("[data-ground]");
  const place = (east, north) => {
    placing.elements.system.value = "EPSG:4490";
    fill(["east", "north"], [east, north]);
  };
  // How much of the map is seen: about the building at first, about all of its compound, nearer, or moved by hand.
  const look = (x, y, width, height) => {
    ground.setAttribute("viewBox", [x, y, width, height].join(" "));
    const size = Math.max(width, height);
    for (const circle of ground.querySelectorAll(".corner circle")) circle.setAttribute("r", size / 60);
    for (const text of ground.querySelectorAll(".corner text")) text.setAttribute("font-size", size / 46);
  };
  const seen = () => ground.getAttribute("viewBox").split(" ").map(Number);
  const nearer = (times) => {
    const [x, y, width, height] = seen();
    look(x + (width * (1 - times)) / 2, y + (height * (1 - times)) / 2, width * times, height * times);
  };
  for (const button of document.querySelectorAll(".ground-tools button")) {
    button.addEventListener("click", () => {
      if (button.value === "in") nearer(0.6);
      else if (button.value === "out") nearer(1 / 0.6);
      else look(...ground.dataset[button.value].split(" ").map(Number));
    });
  }
  let held = null;
  let wasMoved = false;
  ground?.addEventListener("pointerdown", (event) => { held = [event.clientX, event.clientY, ...seen()]; wasMoved = false; });
  addEventListener("pointerup", () => { held = null; });
  ground?.addEventListener("pointermove", (event) => {
    if (!held) return;
    const [fromX, fromY, x, y, width, height] = held;
    if (!wasMoved && Math.hypot(event.clientX - fromX, event.clientY - fromY) < 6) return;
    wasMoved = true;
    const metre = ground.getScreenCTM().a;
    look(x - (event.clientX - fromX) / metre, y - (event.clientY - fromY) / metre, width, height);
  });
  if (ground) look(...seen());
  ground?.addEventListener("click", (event) => {
    if (wasMoved) return;
    const corner = event.target.closest(".corner");
    if (corner) return place(corner.dataset.east, corner.dataset.north);
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(ground.getScreenCTM().inverse());
    const east = Number(ground.dataset.east), north = Number(ground.dataset.north), degree = 111320;
    place((east + at.x / (degree * Math.cos((north * Math.PI) / 180))).toFixed(8), (north - at.y / degree).toFixed(8));
  });
  ground?.addEventListener("keydown", (event) => {
    const corner = event.target.closest(".corner");
    if (!corner || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    place(corner.dataset.east, corner.dataset.north);
  });
}
