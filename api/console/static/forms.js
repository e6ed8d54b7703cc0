// What is wrong with a field is said at it as soon as it is left, in the browser's own words; the server says the rest.
"use strict";

const placeOf = (field) => [...document.querySelectorAll("[data-wrong]")].find((one) => one.dataset.wrong === field.name);

const tell = (field) => {
  const place = field.name && placeOf(field);
  if (!place || !field.willValidate) return;
  place.textContent = field.validationMessage;
  place.hidden = field.validity.valid;
  field.toggleAttribute("aria-invalid", !field.validity.valid);
  if (!field.validity.valid) field.setAttribute("aria-invalid", "true");
};

document.addEventListener("change", (event) => { if (event.target.form?.id === "do") tell(event.target); });
document.addEventListener("invalid", (event) => { if (event.target.form?.id === "do") tell(event.target); }, true);

// What was asked for before something was chosen does not know of it, and would take the choice away again when it comes.
document.addEventListener("change", (event) => {
  const seeker = event.target.closest(".choices")?.closest(".pick")?.querySelector("[type=search]");
  if (seeker) htmx.trigger(seeker, "htmx:abort");
});

document.documentElement.classList.add("scripts");
