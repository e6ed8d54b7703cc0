// What pages do without waiting for the server. Everything works without it, too.
"use strict";

// A form that asks for nothing but a choice is sent when it is made.
for (const form of document.querySelectorAll("form[data-submit]")) {
  form.addEventListener("change", () => form.requestSubmit());
  form.addEventListener("submit", () => {
    for (const field of form.elements) field.disabled = field.name !== "" && field.value === "";
  });
}

// A slash goes to the search.
document.addEventListener("keydown", (event) => {
  const find = document.querySelector(".find input");
  if (event.key === "/" && find && !event.target.closest("input, textarea, select")) {
    event.preventDefault();
    find.focus();
    find.select();
  }
});

// Printing is the browser's: the button is there where there are scripts.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
