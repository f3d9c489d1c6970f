// Measures on the map.
"use strict";
(async () => {
  const rows = JSON.parse(document.getElementById("points").textContent);
  const map = await Selon.map(document.getElementById("map"), {
    label: (members) => members.slice(0, 6).map((i) => rows[i].title).join("\n") + (members.length > 6 ? `\n+ ${members.length - 6}` : ""),
    pick: (members) => location.assign(members.length === 1 ? rows[members[0]].url : "?territory=" + encodeURIComponent(rows[members[0]].place) + "&day=" + (new URLSearchParams(location.search).get("day") || "")),
  });
  map.set({ n: rows.length, lat: rows.map((r) => r.lat), lon: rows.map((r) => r.lon), radius: rows.map((r) => r.radius), family: rows.map((r) => Selon.families.indexOf(r.family)), disputed: rows.map(() => 0), open: rows.map((r) => r.open) });
})();
