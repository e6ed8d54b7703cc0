// What is wrong with a field is said at it as soon as it is left, in the page's own language; the server says the rest.
"use strict";

const zh = document.documentElement.lang.startsWith("zh");
const placeOf = (field) => [...document.querySelectorAll("[data-wrong]")].find((one) => one.dataset.wrong === field.name);

const WORDS = [
  ["valueMissing", () => (zh ? "必须填写。" : "Must be given.")],
  ["badInput", (field) => (field.type === "number" ? (zh ? "请填数字。" : "Enter a number.") : zh ? "请填完整的日期。" : "Enter the whole date.")],
  ["rangeUnderflow", (field) => (zh ? `不能小于 ${field.min}。` : `Not less than ${field.min}.`)],
  ["rangeOverflow", (field) => (zh ? `不能大于 ${field.max}。` : `Not more than ${field.max}.`)],
  ["stepMismatch", (field) => (zh ? `最多精确到 ${field.step}。` : `No finer than ${field.step}.`)],
  ["tooLong", (field) => (zh ? `最多 ${field.maxLength} 个字。` : `At most ${field.maxLength} characters.`)],
];
const wordsFor = (field) => (WORDS.find(([name]) => field.validity[name]) || [null, () => field.validationMessage])[1](field);

const say = (place, words) => { if (place) { place.textContent = words; place.hidden = !words; } };
const tell = (field) => {
  if (!field.name || !field.willValidate) return;
  const ok = field.validity.valid;
  say(placeOf(field), ok ? "" : wordsFor(field));
  if (ok) field.removeAttribute("aria-invalid");
  else field.setAttribute("aria-invalid", "true");
};

// Of what is chosen from a list that is looked up: one has to be ticked, and having typed its name is not enough.
const isChosen = (picker) => !!picker.querySelector(".choices input:checked:not([value=''])");
const tellPicker = (picker) => {
  const search = picker.querySelector("input[type=search]");
  const words = isChosen(picker) ? "" : search.value ? (zh ? "请在列出的里面选定一个。" : "Choose one of those that are listed.") : zh ? "必须填写。" : "Must be given.";
  say(picker.querySelector("[data-wrong]"), words);
  return !words;
};
const wrongPickers = (form) => [...form.querySelectorAll("fieldset[data-required]")].filter((picker) => !tellPicker(picker));

document.addEventListener("change", (event) => {
  if (event.target.form?.id !== "do") return;
  const picker = event.target.closest("fieldset[data-required]");
  if (!picker) tell(event.target);
  else if (event.target.type !== "search") tellPicker(picker);
});

// What was asked for before something was chosen does not know of it, and would take the choice away again when it comes.
document.addEventListener("change", (event) => {
  const seeker = event.target.closest(".choices")?.closest(".pick")?.querySelector("[type=search]");
  if (seeker) htmx.trigger(seeker, "htmx:abort");
});

// All that is wrong is said at once, and the first of it comes into view; the browser's own bubble would say it again.
let first = null;
document.addEventListener("invalid", (event) => {
  if (event.target.form?.id !== "do") return;
  event.preventDefault();
  tell(event.target);
  if (first) return;
  first = event.target;
  wrongPickers(first.form);
  setTimeout(() => { first.focus(); first.scrollIntoView({ block: "center" }); first = null; });
}, true);
document.addEventListener("submit", (event) => {
  if (event.target.id !== "do" || event.submitter?.formNoValidate || event.target.noValidate) return;
  const [picker] = wrongPickers(event.target);
  if (!picker) return;
  event.preventDefault();
  picker.querySelector("input[type=search]").focus();
  picker.scrollIntoView({ block: "center" });
});
// What was typed before the page listened is looked up all the same.
document.addEventListener("htmx:load", () => {
  for (const search of document.querySelectorAll("#do .seek input")) {
    if (search.value || search === document.activeElement) search.dispatchEvent(new Event("focus"));
  }
}, { once: true });
document.documentElement.classList.add("scripts");
