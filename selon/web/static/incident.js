// The days on which an incident was told become a slider; without this script they are a list to choose from.
"use strict";
(() => {
  const form = document.querySelector("[data-replay]");
  if (!form) return;
  const select = form.querySelector("select"), days = [...select.options];
  const range = document.createElement("input"), out = document.createElement("output");
  range.type = "range"; range.min = 0; range.max = days.length - 1; range.value = select.selectedIndex; range.id = "until-range";
  range.setAttribute("aria-valuetext", days[range.value].text); out.htmlFor = range.id; out.textContent = days[range.value].text;
  form.querySelector("label").htmlFor = range.id;
  select.hidden = true; form.querySelector("button").hidden = true;
  select.after(range, out);
  range.addEventListener("input", () => { out.textContent = days[range.value].text; range.setAttribute("aria-valuetext", days[range.value].text); });
  range.addEventListener("change", () => { select.selectedIndex = range.value; form.requestSubmit(); });
})();
