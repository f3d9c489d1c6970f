// Keyboard and small comforts on every page. j/k: next and previous, Enter: open, /: search, Esc: leave a field.
"use strict";
(() => {
  const rows = () => [...document.querySelectorAll("[data-row] a[href]")].filter((a, i, all) => all.findIndex((b) => b.closest("[data-row]") === a.closest("[data-row]")) === i);
  document.addEventListener("keydown", (e) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if (e.key === "Escape" && typing) { document.activeElement.blur(); return; }
    if (typing || e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === "/") { const s = document.querySelector("header.top input[type=search]"); if (s) { s.focus(); e.preventDefault(); } }
    if (e.key === "j" || e.key === "k") {
      const all = rows(), at = all.indexOf(document.activeElement);
      const next = all[Math.max(0, Math.min(all.length - 1, at + (e.key === "j" ? 1 : -1)))];
      if (next) next.focus();
    }
  });
  const chosen = document.querySelector("mark.chosen");
  if (chosen) chosen.scrollIntoView({ block: "center" });
  document.querySelectorAll("form[data-auto] select, form[data-auto] input[type=checkbox], form[data-auto] input[type=date]").forEach((i) => i.addEventListener("change", () => i.form.requestSubmit()));
  const drop = document.querySelector(".drop");
  if (drop) {
    const input = drop.querySelector("input[type=file]");
    for (const kind of ["dragover", "dragleave", "drop"]) drop.addEventListener(kind, (e) => { e.preventDefault(); drop.classList.toggle("over", kind === "dragover"); });
    drop.addEventListener("drop", (e) => { if (e.dataTransfer.files.length) { input.files = e.dataTransfer.files; drop.requestSubmit(); } });
    drop.addEventListener("submit", () => { const b = drop.querySelector("button"); b.disabled = true; b.textContent = b.dataset.busy; });
  }
})();
