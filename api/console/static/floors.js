// Floors by keyboard: up and down within the row of floors, and [ and ] from anywhere on the page; a room's card over the plan.
// Everything works without it: a room then leads to its own page.
"use strict";

// A plan that is wider than the window begins with its middle.
const middled = () => { for (const plan of document.querySelectorAll(".sheet-scroll")) plan.scrollLeft = (plan.scrollWidth - plan.clientWidth) / 2; };
document.addEventListener("htmx:afterSwap", middled);
middled();

document.addEventListener("keydown", (event) => {
  const storeys = document.querySelector("[data-storeys]");
  if (!storeys || event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, textarea, select")) return;
  const links = [...storeys.querySelectorAll("a")];
  const inside = links.indexOf(document.activeElement);
  const here = inside >= 0 ? inside : links.findIndex((link) => link.hasAttribute("aria-current"));
  const step = { "]": -1, "[": 1, ArrowUp: -1, ArrowDown: 1, ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step === undefined || (event.key.startsWith("Arrow") && inside < 0)) return;
  const next = links[here + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
  if (!event.key.startsWith("Arrow")) next.click();
});

// A click or Enter on a room opens its card: the same piece as on the map, with what is wrong there in words.
let room = null;
const card = () => document.querySelector(".floor-card .map-card");
const close = () => {
  card().hidden = true;
  card().replaceChildren();
  room?.classList.remove("chosen");
  room?.focus();
  room = null;
};
const open = async (chosen) => {
  room?.classList.remove("chosen");
  room = chosen;
  room.classList.add("chosen");
  const answer = await fetch(chosen.dataset.card);
  if (room !== chosen) return;
  if (!answer.ok) return location.assign(chosen.href.baseVal);
  const shown = card();
  shown.innerHTML = await answer.text();  // made by our own templates, which write every name as text
  const found = chosen.dataset.findings.split("|").filter(Boolean);
  const list = Object.assign(document.createElement("ul"), { className: "map-findings" });
  list.append(...found.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  if (found.length) shown.querySelector(".badges")?.after(list);
  shown.hidden = false;
  const [at, plan] = [chosen.getBoundingClientRect(), shown.parentElement.getBoundingClientRect()];
  shown.classList.toggle("aside", at.left + at.right > plan.left + plan.right);  // not over the room that it is about
  shown.scrollTop = 0;
  shown.querySelector("h2")?.focus();
};
document.addEventListener("click", (event) => {
  if (event.target.closest(".floor-card [data-close]")) return close();
  const chosen = event.target.closest?.("[data-card]");
  if (!chosen || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  open(chosen);
});
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && room) close(); });
