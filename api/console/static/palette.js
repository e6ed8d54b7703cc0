// The palette: Ctrl-K opens it, arrows go through what was found, Enter opens the first, Esc closes (the dialog does that itself).
"use strict";

(() => {
  const palette = document.getElementById("palette");
  if (!palette) return;
  const words = palette.querySelector("input[name=q]");
  const links = () => [...palette.querySelectorAll(".palette-found a")];

  const open = () => {
    if (palette.open) return words.select();
    palette.showModal();
    words.focus();
    words.select();
    htmx.trigger(words, "opened");
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "k" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      open();
    }
  });
  for (const link of document.querySelectorAll("[data-palette]")) {
    link.addEventListener("click", (event) => { event.preventDefault(); open(); });
  }

  palette.addEventListener("keydown", (event) => {
    const found = links();
    const at = found.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && found.length) found[Math.min(at + 1, found.length - 1)].focus();
    else if (event.key === "ArrowUp" && at >= 0) (found[at - 1] || words).focus();
    else if (event.key.length === 1 && at >= 0 && !event.ctrlKey && !event.metaKey) words.focus();
    else return;
    if (event.key.startsWith("Arrow")) event.preventDefault();
  });
  palette.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const first = links()[0];
    if (first) first.click();
  });
  // A click beside the dialog closes it.
  palette.addEventListener("click", (event) => { if (event.target === palette) palette.close(); });
})();
