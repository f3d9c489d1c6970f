// Keyboard and small comforts on every page; everything here also works without it.
"use strict";
window.Selon = { css: (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim() };
(() => {
  const rows = () => [...document.querySelectorAll("[data-row]")].map((r) => r.querySelector("a[href]")).filter(Boolean);
  const help = document.getElementById("help");
  const parts = { i: "/", m: "/measures", s: "/sources", a: "/reports", r: "/review" };
  let going = 0;
  const showHelp = () => { if (!help.open) help.showModal(); };
  document.querySelectorAll("[data-help]").forEach((b) => { b.hidden = false; b.addEventListener("click", showHelp); });
  document.addEventListener("keydown", (e) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName) && !/^(checkbox|range)$/.test(document.activeElement.type);
    if (e.key === "Escape" && typing) { document.activeElement.blur(); return; }
    if (typing || e.ctrlKey || e.metaKey || e.altKey || help.open) return;
    const search = document.querySelector("header.top input[type=search]"), filter = document.querySelector("#filters input");
    if (performance.now() < going) { going = 0; if (parts[e.key]) { e.preventDefault(); e.stopImmediatePropagation(); location.assign(parts[e.key]); } return; }
    if (e.key === "g") going = performance.now() + 1500;
    else if (e.key === "?") { e.preventDefault(); showHelp(); }
    else if (e.key === "/" && search) { e.preventDefault(); search.focus(); }
    else if (e.key === "f" && filter) { e.preventDefault(); filter.focus(); }
    else if (e.key === "j" || e.key === "k") {
      const all = rows(), at = all.findIndex((a) => a.closest("[data-row]").contains(document.activeElement));
      const next = all[Math.max(0, Math.min(all.length - 1, at + (e.key === "j" ? 1 : -1)))];
      if (next) next.focus();
    }
  });
  const chosen = document.querySelector("mark.chosen");
  if (chosen && !location.hash.startsWith("#why")) chosen.scrollIntoView({ block: "center" });
  document.querySelectorAll("form[data-auto] select, form[data-auto] input[type=checkbox], form[data-auto] input[type=date]").forEach((i) => i.addEventListener("change", () => i.form.requestSubmit()));
  document.addEventListener("click", async (e) => {
    if (e.target.closest("[data-print]")) window.print();
    const copy = e.target.closest("[data-copy]");
    if (copy) { await navigator.clipboard.writeText(location.href); copy.textContent = copy.dataset.copy; }
    document.querySelectorAll("details.menu[open]").forEach((d) => { if (!d.contains(e.target)) d.open = false; });
    const png = e.target.closest("[data-png]"), svg = e.target.closest("[data-png-svg]");
    if (png) Selon.saveCanvas(document.getElementById(png.dataset.png), png.dataset.name);
    if (svg) Selon.saveSvg(svg.closest("section").querySelector("svg"), svg.dataset.name);
  });
  const save = (blob, name) => { const a = document.createElement("a"); a.href = URL.createObjectURL(blob); a.download = name + ".png"; a.click(); setTimeout(() => URL.revokeObjectURL(a.href), 5000); };
  Selon.saveCanvas = (canvas, name) => canvas.toBlob((b) => save(b, name));
  // A drawing that is taken out of its page loses the page's style: each part carries its own.
  Selon.saveSvg = (svg, name) => {
    const copy = svg.cloneNode(true), box = svg.viewBox.baseVal, mine = [svg, ...svg.querySelectorAll("*")];
    [copy, ...copy.querySelectorAll("*")].forEach((node, i) => { const s = getComputedStyle(mine[i]); for (const p of ["fill", "stroke", "stroke-width", "stroke-opacity", "font"]) node.style.setProperty(p, s.getPropertyValue(p)); });
    copy.setAttribute("width", box.width * 2); copy.setAttribute("height", box.height * 2); copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    const image = new Image();
    image.onload = () => { const c = document.createElement("canvas"); c.width = box.width * 2; c.height = box.height * 2; const x = c.getContext("2d"); x.fillStyle = Selon.css("--card"); x.fillRect(0, 0, c.width, c.height); x.drawImage(image, 0, 0); URL.revokeObjectURL(image.src); Selon.saveCanvas(c, name); };
    image.src = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" }));
  };
  const drop = document.querySelector(".drop");
  if (drop) {
    const input = drop.querySelector("input[type=file]");
    for (const kind of ["dragover", "dragleave", "drop"]) drop.addEventListener(kind, (e) => { e.preventDefault(); drop.classList.toggle("over", kind === "dragover"); });
    drop.addEventListener("drop", (e) => { if (e.dataTransfer.files.length) { input.files = e.dataTransfer.files; drop.requestSubmit(); } });
    drop.addEventListener("submit", () => { const b = drop.querySelector("button"); b.disabled = true; b.textContent = b.dataset.busy; });
  }
})();
