// What pages do without waiting for the server. Everything works without it, too.
"use strict";

// A form that asks for nothing but a choice is sent when it is made.
for (const form of document.querySelectorAll("form[data-submit]")) {
  form.addEventListener("change", () => form.requestSubmit());
  form.addEventListener("submit", () => {
    for (const field of form.elements) field.disabled = field.name !== "" && field.value === "";
  });
}

// Ctrl-K or / goes to the search.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  if ((event.key === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing)) {
    const find = document.querySelector(".find input");
    if (find) { event.preventDefault(); find.focus(); find.select(); }
  }
});
