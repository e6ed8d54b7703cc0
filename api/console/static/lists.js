// Lists, quicker: addresses without what is empty, Shift on a heading, one open drawer at a time, and the keyboard.
"use strict";

// What is not said does not stand in the address; what was only typed to find something to choose does not either.
document.addEventListener("htmx:configRequest", (event) => {
  if (!event.target.closest("#asking") || event.detail.path.startsWith("/choose/")) return;
  const asked = event.detail.formData;
  for (const [name, value] of [...asked.entries()]) {
    if (value === "" || name.endsWith("@q")) asked.delete(name);
  }
});

// A filter that cannot be read is answered with a page that says so.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 422) { event.detail.shouldSwap = true; event.detail.isError = false; }
});

document.addEventListener("click", (event) => {
  const heading = event.target.closest("a[data-also]");
  if (heading && event.shiftKey) { event.preventDefault(); event.stopImmediatePropagation(); location.assign(heading.dataset.also); return; }
  for (const open of document.querySelectorAll("details.pick[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
}, true);

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  if (event.key === "/" && !typing) {
    const search = document.querySelector("#asking input[type=search]");
    if (search) { event.preventDefault(); event.stopImmediatePropagation(); search.focus(); search.select(); }
  }
  if (event.key === "Escape") {
    const open = event.target.closest("details.pick[open]");
    if (open) { open.open = false; open.querySelector("summary").focus(); }
  }
  if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !typing) {
    const row = event.target.closest(".rows tbody tr");
    const next = row && (event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling);
    const link = next && next.querySelector("th a");
    if (link) { event.preventDefault(); link.focus(); }
  }
}, true);

// One tick for all rows of a page, and how many are ticked, said on the button.
const ready = () => { for (const every of document.querySelectorAll("[data-every]")) every.hidden = false; };
document.addEventListener("change", (event) => {
  if (!event.target.closest(".tick")) return;
  const ticks = [...document.querySelectorAll(".tick input[name=id]")];
  if (event.target.matches("[data-every]")) for (const one of ticks) one.checked = event.target.checked;
  const many = ticks.filter((one) => one.checked).length;
  document.querySelector("#chosen .many").textContent = many ? ` (${many})` : "";
});
document.addEventListener("htmx:afterSwap", ready);
ready();
