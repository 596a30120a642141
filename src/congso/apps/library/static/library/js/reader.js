// The e-book reader: the place kept across devices, size and ground of the text, keys, the whole book kept for later.

import { keeper, setUpNotes } from "./place.js";

const reader = document.querySelector("[data-reader]");
const text = reader.querySelector("[data-text]");
const { book, number, placeUrl, wordsKept, wordsKeeping } = reader.dataset;
const kept = keeper(placeUrl, book);
const SIZES = 5;
let timer = 0;
let noteShare = 0;

// Thousandths of the chapter that lie above the middle of the screen's upper third.
function shareRead() {
  const box = text.getBoundingClientRect();
  const line = window.innerHeight / 6;
  const room = Math.max(1, box.height - window.innerHeight / 2);
  return Math.round(1000 * Math.min(1, Math.max(0, (line - box.top) / room)));
}

function goTo(share) {
  const box = text.getBoundingClientRect();
  const room = Math.max(1, box.height - window.innerHeight / 2);
  window.scrollTo({ top: window.scrollY + box.top - window.innerHeight / 6 + (room * share) / 1000 });
}

function follow() {
  const found = location.hash.match(/^#cho-(\d+)$/);
  if (found && Number(found[1]) > 0) goTo(Math.min(1000, Number(found[1])));
}

function look() {
  const said = JSON.parse(localStorage.getItem("library-look") ?? "{}");
  if (said.look) reader.dataset.look = said.look;
  reader.dataset.size = said.size ?? 1;
}

function change(part) {
  const said = JSON.parse(localStorage.getItem("library-look") ?? "{}");
  localStorage.setItem("library-look", JSON.stringify({ ...said, ...part }));
  look();
}

const step = (by) => change({ size: Math.min(SIZES, Math.max(0, Number(reader.dataset.size) + by)) });

function tell(words) {
  const told = reader.querySelector("[data-told]");
  told.textContent = words;
  told.hidden = false;
}

// The device's own keeper fetches every chapter and picture; what may not be kept it leaves.
async function keepBook() {
  tell(wordsKeeping);
  const addresses = [...reader.querySelectorAll("[data-address]")].map((one) => one.dataset.address);
  const { active } = await navigator.serviceWorker.ready;
  const line = new MessageChannel();
  const answered = new Promise((resolve) => { line.port1.onmessage = resolve; });
  active.postMessage({ what: "forms", addresses }, [line.port2]);
  await answered;
  tell(wordsKept);
}

look();
follow();
window.addEventListener("hashchange", follow);
reader.querySelector("[data-smaller]").addEventListener("click", () => step(-1));
reader.querySelector("[data-larger]").addEventListener("click", () => step(1));
for (const button of reader.querySelectorAll("button[data-look]")) {
  button.addEventListener("click", () => change({ look: button.dataset.look }));
}
for (const drop of reader.querySelectorAll(".reader-drop")) {
  drop.addEventListener("keydown", (event) => {
    if (event.key === "Escape") drop.open = false;
  });
}
const keep = reader.querySelector("[data-keep-book]");
if (keep && navigator.serviceWorker?.controller) {
  keep.hidden = false;
  keep.addEventListener("click", keepBook);
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, summary")) return;
  if (event.key === "ArrowRight") reader.querySelector("[data-next]")?.click();
  if (event.key === "ArrowLeft") reader.querySelector("[data-previous]")?.click();
});
window.addEventListener("scroll", () => {
  clearTimeout(timer);
  if (!document.activeElement?.closest("[data-note-form]")) noteShare = shareRead();
  timer = setTimeout(() => kept.tell(number, shareRead()), 800);
}, { passive: true });
window.addEventListener("pagehide", () => kept.tell(number, shareRead()));
setUpNotes(() => ({ number, share: noteShare }));
await kept.catchUp();
await kept.tell(number, shareRead());
