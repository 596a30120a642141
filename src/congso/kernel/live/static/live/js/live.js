// One tab listens for all tabs of the browser; what it hears refreshes the bell and the work list of each.
// Where anything is missing, the pages go on asking every two minutes.

const ADDRESS = "/song/";
const AGAIN_AFTER = 60_000;
const SPREAD = 1000; // a notice to a whole office must not make all its pages ask in the same moment

const channel = "BroadcastChannel" in window ? new BroadcastChannel("congso-live") : null;
const due = new Set();

function refresh(what) {
  if (due.has(what)) return;
  due.add(what);
  setTimeout(() => {
    due.delete(what);
    if (document.visibilityState === "visible") show(what);
    else document.addEventListener("visibilitychange", () => show(what), { once: true });
  }, Math.random() * SPREAD);
}

function show(what) {
  document.dispatchEvent(new CustomEvent("congso:live", { detail: { what } }));
  if (what.startsWith("record")) {
    // A part that shows a record draws itself anew from the server; `records`: the link was lost, all of them look again.
    const id = what.split(":")[1];
    for (const part of document.querySelectorAll(id ? `[data-live-record="${Number(id)}"]` : "[data-live-record]")) window.htmx?.trigger(part, "refresh");
    return;
  }
  if (what === "notices") {
    const bell = document.querySelector("[data-bell]");
    if (bell) window.htmx?.trigger(bell, "refresh");
    return;
  }
  const list = document.querySelector("#work");
  if (!list || list.contains(document.activeElement)) return;
  // Asked for by itself: it must not keep a session open that nobody works in.
  window.htmx?.ajax("GET", location.pathname + location.search, { target: list, swap: "innerHTML", headers: { "X-Idle": "1" } });
}

// What a sitting shows is not left until later: the page is looked at by a whole room.
function refreshRecord(what) {
  if (due.has(what)) return;
  due.add(what);
  setTimeout(() => { due.delete(what); show(what); }, Math.random() * 300);
}

function tell(what) {
  hear(what);
  channel?.postMessage(what);
}

function hear(what) {
  if (what.startsWith("record")) refreshRecord(what);
  else refresh(what);
}

function shownCount() {
  return Number(document.querySelector("[data-bell] .bell-count")?.textContent ?? 0);
}

// Ends when the server wants no more of it (signed out, too many): then somebody tries again later.
function listen() {
  return new Promise((resolve) => {
    const stream = new EventSource(ADDRESS);
    let known = null;
    stream.addEventListener("state", (event) => {
      const { unread, latest } = JSON.parse(event.data);
      const missed = known !== null && latest !== known;
      if (known !== null) tell("records");
      known = latest;
      if (missed) tell("work");
      if (missed || (unread <= 99 && unread !== shownCount())) tell("notices");
    });
    stream.addEventListener("notices", () => tell("notices"));
    stream.addEventListener("work", () => tell("work"));
    stream.addEventListener("record", (event) => tell(`record:${JSON.parse(event.data).id}`));
    stream.addEventListener("error", () => {
      if (stream.readyState === EventSource.CLOSED) resolve();
    });
    window.addEventListener("pagehide", () => { stream.close(); resolve(); }, { once: true });
  });
}

async function lead() {
  await navigator.locks.request("congso-live", listen);
  setTimeout(lead, AGAIN_AFTER);
}

channel?.addEventListener("message", (event) => hear(event.data));
if (navigator.locks) lead();
