"use strict";
const changes = [...document.querySelectorAll(".change")];
const entries = new Map([...document.querySelectorAll("nav li[data-at]")].map((entry) => [entry.dataset.at, entry]));
const filter = document.getElementById("filter");
const texts = changes.map((change) => change.textContent.toLowerCase());
let here = -1;

function go(to) {
  const change = changes[to];
  if (!change) return;
  if (here >= 0) entries.get(String(here))?.classList.remove("here");
  here = to;
  const entry = entries.get(String(here));
  entry?.classList.add("here");
  entry?.scrollIntoView({ block: "nearest" });
  change.focus({ preventScroll: true });
  change.scrollIntoView({ block: "start" });
}

function step(by) {
  for (let to = here + by; to >= 0 && to < changes.length; to += by) {
    if (!changes[to].hidden) return go(to);
  }
}

filter.addEventListener("input", () => {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  changes.forEach((change, at) => {
    const hidden = !words.every((word) => texts[at].includes(word));
    if (change.hidden !== hidden) {
      change.hidden = hidden;
      const entry = entries.get(String(at));
      if (entry) entry.hidden = hidden;
    }
  });
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target === filter) {
    if (event.key === "Escape") { filter.value = ""; filter.dispatchEvent(new Event("input")); filter.blur(); }
    return;
  }
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "o" && here >= 0) changes[here].open = !changes[here].open;
  else if (event.key === "/") filter.focus();
  else return;
  event.preventDefault();
});

for (const [at, entry] of entries) {
  entry.querySelector("a").addEventListener("click", (event) => { event.preventDefault(); go(Number(at)); });
}
