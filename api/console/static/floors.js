// Floors by keyboard: up and down within the row of floors, and [ and ] from anywhere on the page. Everything works without it.
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
