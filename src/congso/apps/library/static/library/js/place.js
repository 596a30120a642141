// Where the reader is, told to the portal; kept here while the network is away and told later, with its moment.

const headers = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");

async function send(url, place) {
  const body = new URLSearchParams(place);
  const given = { method: "POST", body, headers: { ...headers(), "X-Idle": "1" }, keepalive: true };
  const answer = await fetch(url, given);
  return answer.ok;
}

export function keeper(url, book) {
  const name = `library-place-${book}`;
  let last = "";

  async function tell(number, share) {
    const told = `${number}:${share}`;
    if (!url || told === last) return;
    last = told;
    const place = { number, share, at: Date.now() };
    localStorage.setItem(name, JSON.stringify(place));
    if (await send(url, place).catch(() => false)) localStorage.removeItem(name);
  }

  async function catchUp() {
    const kept = localStorage.getItem(name);
    if (!url || !kept || !navigator.onLine) return;
    if (await send(url, JSON.parse(kept)).catch(() => false)) localStorage.removeItem(name);
  }

  window.addEventListener("online", catchUp);
  return { tell, catchUp };
}

export function setUpNotes(whereAmI) {
  const form = document.querySelector("[data-note-form]");
  if (!form) return;
  const shown = form.querySelector("[data-quote]");
  document.addEventListener("selectionchange", () => {
    const selected = document.getSelection();
    const inside = selected.anchorNode?.parentElement?.closest("[data-text]");
    const words = inside ? String(selected).trim().slice(0, 1000) : "";
    if (!words) return;
    form.elements.quote.value = words;
    shown.textContent = words;
    shown.hidden = false;
  });
  form.addEventListener("focusin", () => {
    const { number, share } = whereAmI();
    form.elements.number.value = number;
    form.elements.share.value = share;
  });
}
