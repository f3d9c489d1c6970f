// One key presses the button or link that shows it. Without this script, buttons and links do the same.
"use strict";
(() => {
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.repeat || /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) return;
    if (!/^[a-z]$/.test(e.key)) return;
    const found = document.querySelector(`[data-key="${e.key}"]`);
    if (found) { e.preventDefault(); found.click(); }
  });
})();
