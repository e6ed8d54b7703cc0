// What is typed is kept in this tab until it was taken: whoever has to sign in meanwhile, or finds the server away, goes on where
// they were. The forms of commands (#do) have drafts of their own, which are kept by the server; passwords and files are not kept.
"use strict";

(() => {
  const login = document.currentScript.dataset.login;
  const HERE = `typed:${location.pathname}`;
  const NEVER = ["hidden", "password", "file", "submit", "button", "search"];
  const FORMS = "main form[method=post]:not(#do, #columns, #views, #chosen, .fence-drawing, [action^='/sign-'], [action='/password'])";

  const keys = () => Object.keys(sessionStorage).filter((key) => key.startsWith("typed:"));
  const read = (key) => JSON.parse(sessionStorage.getItem(key) || "null");
  const write = (key, kept) => sessionStorage.setItem(key, JSON.stringify(kept));
  const fieldsOf = (form) => [...form.elements].filter((one) => one.name && !NEVER.includes(one.type) && one.autocomplete !== "one-time-code");
  const nameOf = (form) => form.getAttribute("action");
  const ticked = (field) => field.type === "checkbox" || field.type === "radio";
  const said = (form) => fieldsOf(form).map((one) => [one.name, one.value, ticked(one) ? one.checked : true]);
  const own = () => {
    const kept = read(HERE);
    return kept && kept.login === login ? kept : { login, forms: {}, sent: false, bounced: false };
  };

  const tell = (form, zh, en) => {
    const note = document.createElement("p");
    note.className = "note past";
    note.setAttribute("role", "status");
    note.textContent = document.documentElement.lang.startsWith("zh") ? zh : en;
    form.prepend(note);
  };

  const restore = (form, values) => {
    let differs = false;
    fieldsOf(form).forEach((field, at) => {
      const [name, value, on] = values[at] || [];
      if (name !== field.name || (ticked(field) ? field.checked === on : field.value === value)) return;
      differs = true;
      if (ticked(field)) field.checked = on;
      else field.value = value;
    });
    if (!differs) return;
    form.closest("details")?.setAttribute("open", "");
    tell(form, "您上次填写、还没有送出的内容已放回原处。", "What you had typed and not sent yet is back in its place.");
  };

  // Where sending led on to a page, what was sent was taken; where it led to the sign-in, or nowhere, it was sent in vain.
  const wasTaken = () => {
    const [way] = performance.getEntriesByType("navigation");
    const cameBack = document.referrer && new URL(document.referrer).pathname === location.pathname;
    return way?.redirectCount > 0 || (cameBack && way?.responseStatus < 400);
  };
  const arrive = () => {
    for (const key of keys()) {
      const kept = read(key);
      if (kept.sent && !kept.bounced && (key !== HERE || wasTaken())) sessionStorage.removeItem(key);
    }
    const kept = read(HERE);
    if (!kept || kept.login !== login) return;
    for (const form of document.querySelectorAll(FORMS)) if (kept.forms[nameOf(form)]) restore(form, kept.forms[nameOf(form)]);
    write(HERE, { ...kept, sent: false, bounced: false });
  };

  const signIn = document.querySelector("form[action='/sign-in']");
  if (signIn) {
    for (const key of keys()) write(key, { ...read(key), bounced: read(key).sent });
    const kept = keys().some((key) => read(key).bounced) && !signIn.querySelector("[name=carried]");
    if (kept) tell(signIn, "登录已过期。您填写的内容还在，登录后回到原处继续。", "Your session had ended. What you typed is kept: sign in and go on where you were.");
  } else if (login) {
    arrive();
    document.addEventListener("input", (event) => {
      const form = event.target.form;
      if (!form?.matches(FORMS)) return;
      const kept = own();
      kept.forms[nameOf(form)] = said(form);
      write(HERE, kept);
    });
  }
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[action='/sign-out']")) for (const key of keys()) sessionStorage.removeItem(key);
    else if (event.target.matches(FORMS) && read(HERE)) write(HERE, { ...own(), sent: true, bounced: false });
  });
})();
