// One key presses the button or link that shows it; selected words go into a field. Without this script, buttons and fields do the same.
"use strict";
(() => {
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.repeat || /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) return;
    if (!/^[a-z]$/.test(e.key)) return;
    const found = document.querySelector(`[data-key="${e.key}"]`);
    if (found) { e.preventDefault(); found.click(); }
  });
  let words = "";
  document.addEventListener("selectionchange", () => {
    const chosen = getSelection(), at = chosen.anchorNode && chosen.anchorNode.parentElement;
    if (at && at.closest("blockquote") && !chosen.isCollapsed) words = chosen.toString().replace(/\s+/g, " ").trim().slice(0, 200);
  });
  document.querySelectorAll("[data-pick]").forEach((field) => {
    const button = document.createElement("button");
    button.type = "button"; button.className = "quiet"; button.textContent = "❝"; button.title = field.closest("form").dataset.pickTitle; button.setAttribute("aria-label", button.title);
    button.addEventListener("click", () => { if (words) field.value = words; field.focus(); });
    const box = document.createElement("span"); box.className = "field"; field.before(box); box.append(field, button);
  });
})();
