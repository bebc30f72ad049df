"use strict";
// Pages work without this. It adds: j and k among rows, n for the next task, drafts that keep themselves, what each answer would
// settle when it is known. Keys do nothing in a field, with a modifier, or while an input method composes.
(() => {
  const inField = (target) => target.closest("input, select, textarea, [contenteditable]") !== null;
  const composing = (event) => event.isComposing || event.keyCode === 229;

  document.addEventListener("keydown", (event) => {
    if (composing(event)) {
      if (event.key === "Enter" && event.target.closest("form[data-answer]")) event.preventDefault();
      return;
    }
    if (event.key === "Enter" && event.target.matches("form[data-answer] input")) {
      event.preventDefault(); // an answer is given by its button, never by a key that confirms a candidate
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || inField(event.target)) return;
    const rows = [...document.querySelectorAll("[data-row]")];
    const at = rows.indexOf(document.activeElement);
    if (event.key === "j" && rows.length) rows[Math.min(at + 1, rows.length - 1)].focus();
    else if (event.key === "k" && rows.length) rows[Math.max(at - 1, 0)].focus();
    else if (event.key === "n") document.querySelector("[data-next]")?.focus();
    else if (event.key === "a") document.querySelector("form[data-answer] input:not([type=hidden]), form[data-answer] select")?.focus();
    else if (event.key === "/") document.querySelector(".search input[name=q]")?.focus();
    else return;
    event.preventDefault();
  });

  const form = document.querySelector("form[data-answer]");
  if (!form) return;
  const status = form.querySelector("[data-kept]");
  let timer = 0;
  let dirty = false;
  let submitted = false;
  const keep = async () => {
    dirty = false;
    try {
      const kept = await fetch(form.dataset.draft, {
        method: "POST", body: new URLSearchParams(new FormData(form)), headers: { accept: "application/json" }, redirect: "error", keepalive: true,
      });
      if (!kept.ok) throw new Error();
      status.textContent = status.dataset.yes;
    } catch {
      dirty = true;
      status.textContent = status.dataset.no;
    }
  };
  form.addEventListener("input", () => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(keep, 900);
  });
  form.addEventListener("submit", () => { submitted = true; clearTimeout(timer); });
  window.addEventListener("pagehide", () => { if (dirty && !submitted) keep(); });

  const fields = () => {
    const chosen = form.querySelector("input[name=answer]:checked");
    for (const field of form.querySelectorAll("[data-for]")) {
      field.hidden = !chosen || !field.dataset.for.split(" ").includes(chosen.dataset.key);
    }
  };
  if (form.querySelector("input[type=radio][name=answer]")) {
    form.addEventListener("change", fields);
    fields();
  }
  const ask = async (times) => {
    const answer = await fetch(form.dataset.effects, { headers: { accept: "application/json" }, redirect: "error" }).catch(() => null);
    const effects = answer && answer.ok ? await answer.json() : {};
    const last = times === 0 || !answer || !answer.ok;
    for (const place of form.querySelectorAll("[data-effect]")) {
      const text = effects[place.dataset.effect];
      if (text || last) place.textContent = text || "";
    }
    if (!last && Object.values(effects).includes("")) setTimeout(ask, 1000, times - 1);
  };
  if (form.dataset.effects) ask(12);
})();
