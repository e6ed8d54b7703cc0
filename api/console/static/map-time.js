// Time over the whole map: a day at a time by slider, keys or by itself; the banner and the time bar of the page say the same.
"use strict";

window.zhangtu = { ...window.zhangtu, map: { ...window.zhangtu?.map } };

zhangtu.map.time = (it) => {
  const { map, say } = it;
  const form = document.querySelector(".map-time");
  const slider = form.elements.day;
  const shown = form.querySelector("output");
  const DAY = 86400000;
  const PACE = 320;  // milliseconds between two days that play by themselves, at least
  const HERE = 8 * 3600000;  // days are those of Shanghai
  const day = (number) => new Date(number * DAY).toISOString().slice(0, 10);
  const number = (text) => {
    const read = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text);
    return Number.isNaN(read) ? today : Math.floor((/^\d{4}-\d{2}-\d{2}$/.test(text) ? read : read + HERE) / DAY);
  };
  const today = Math.floor((Date.now() + HERE) / DAY);

  let playing = false;
  let pending = null;
  let steady = 0;
  let began = 0;
  it.steps = zhangtu.map.steps = [];  // how long each step took, for who wants to know

  const span = () => {
    const days = Number(form.elements.span.value);
    const now = it.moment.at ? number(it.moment.at) : today;
    slider.max = Math.max(today, now);
    slider.min = Math.min(today - days, now - 1);
  };
  const tell = () => {
    const at = it.moment.at ? number(it.moment.at) : today;
    slider.value = at;
    const now = it.moment.case ? say("调查停下时", "Where the case stopped") : say("今天", "Today");
    const text = at === today && !it.moment.at ? now : day(at);
    shown.textContent = text;
    slider.setAttribute("aria-valuetext", text);
  };

  // What the page says of its moment comes from the server, in its own words, once the slider rests.
  const said = async () => {
    const answer = await fetch(it.address("/map/said"));
    if (!answer.ok) return;
    const piece = document.createElement("template");
    piece.innerHTML = await answer.text();  // made by our own templates
    const past = piece.content.querySelector(".past");
    document.querySelector(".past")?.remove();
    if (past) document.querySelector("main.page").before(past);
    const bar = piece.content.querySelector("details.moment");
    const old = document.querySelector("details.moment");
    if (bar && old) {
      if (!matchMedia("(max-width: 56rem)").matches || !old.open) bar.open = old.open;
      old.replaceWith(bar);
    }
    map.invalidateSize({ pan: false });
    it.tell("said", null);
  };

  const go = (to) => {
    const at = Math.min(Math.max(to, Number(slider.min)), Number(slider.max));
    it.moment.at = at === today ? "" : day(at);
    it.moment.known = form.elements.known.checked && it.moment.at ? `${it.moment.at}T23:59:59.999999+08:00` : kept;
    tell();
    began = performance.now();
    pending = null;
    it.tell("moment", null);
    clearTimeout(steady);
    steady = setTimeout(said, 450);
  };
  const kept = form.elements.known.checked ? "" : it.moment.known;  // as the address had it
  // A step that comes while the one before is still being drawn waits for it; of several only the last is taken.
  const step = (to) => {
    shown.textContent = to >= today ? say("今天", "Today") : day(to);
    if (began) pending = to;
    else go(to);
  };
  it.on("drawn", () => {
    if (!began) return;
    it.steps.push(performance.now() - began);
    began = 0;
    if (pending !== null) return go(pending);
    if (playing) setTimeout(forward, Math.max(PACE - it.steps.at(-1), 0));
  });
  const play = (now) => {
    playing = now;
    form.elements.play.setAttribute("aria-pressed", String(now));
    form.elements.play.textContent = now ? "❚❚" : "▶";
    form.elements.play.setAttribute("aria-label", now ? say("暂停", "Pause") : say("逐日播放", "Play day by day"));
  };
  const forward = () => {
    if (!playing) return;
    const most = Number(form.elements.span.value);
    const stride = most > 3000 ? 30 : most > 1000 ? 7 : 1;
    const next = Number(slider.value) + stride;
    if (next >= today) play(false);
    step(Math.min(next, today));
  };

  slider.addEventListener("input", () => { play(false); step(Number(slider.value)); });
  form.elements.back.addEventListener("click", () => { play(false); step(Number(slider.value) - 1); });
  form.elements.on.addEventListener("click", () => { play(false); step(Number(slider.value) + 1); });
  form.elements.play.addEventListener("click", () => {
    play(!playing);
    if (!playing) return;
    if (Number(slider.value) >= today) step(Number(slider.min));
    else forward();
  });
  form.elements.span.addEventListener("change", () => { span(); tell(); });
  form.elements.known.addEventListener("change", () => go(Number(slider.value)));
  form.addEventListener("submit", (event) => event.preventDefault());
  span();
  tell();
};
