// The page's side of working without the network: it registers the service worker where this device keeps copies,
// says that a page is a copy, shows what waits to be sent, and lists what can be read.

const frame = document.querySelector("[data-offline-frame]");
const words = frame.dataset;
const able = "serviceWorker" in navigator && window.isSecureContext;
const choice = document.cookie.match(/(?:^|; )offline=(\w+)/)?.[1] ?? "";
const isPhone = window.matchMedia("(pointer: coarse)").matches;
const keeps = choice === "keep" || (choice === "" && (words.policy === "all" || (words.policy === "phones" && isPhone)));
const HIDDEN = new Set(["csrfmiddlewaretoken", "act_key", "act_record", "act_seen", "version"]);
let stuck = 0;

// 14:05 of today, 14:05 26/11 of another day.
function clock(moment) {
  const at = new Date(moment);
  const two = (number) => String(number).padStart(2, "0");
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  const isToday = at.toDateString() === new Date().toDateString();
  return isToday ? time : `${time} ${two(at.getDate())}/${two(at.getMonth() + 1)}`;
}

function remember(value) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `offline=${value}; path=/; max-age=31536000; samesite=lax${secure}`;
}

async function ask(message) {
  const { active } = await navigator.serviceWorker.ready;
  const line = new MessageChannel();
  const answered = new Promise((resolve) => { line.port1.onmessage = (event) => resolve(event.data); });
  active.postMessage(message, [line.port2]);
  return answered;
}

function pattern(name) {
  return document.querySelector(`template[data-${name}-pattern]`).content.firstElementChild.cloneNode(true);
}

function tellCopy() {
  const at = document.documentElement.dataset.keptAt;
  if (!at) return;
  const banner = document.createElement("div");
  banner.className = "notice notice-warn kept-banner";
  banner.setAttribute("role", "status");
  banner.append(`${words.wordsKept} ${clock(at)}; ${words.wordsChanged}`);
  document.querySelector("main").prepend(banner);
}

// ---- Forms that may wait: each sending has a key, so that it is done once.

function setField(form, name, value) {
  const field = form.querySelector(`input[name="${name}"]`) ?? form.appendChild(document.createElement("input"));
  Object.assign(field, { type: "hidden", name, value: value ?? "" });
}

function labelsOf(form) {
  const labels = {};
  for (const field of form.elements) {
    const label = field.labels?.[0];
    if (field.name && label) labels[field.name] = label.textContent.replace("*", "").trim();
  }
  return labels;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.action.endsWith(words.signOut) && stuck > 0 && !window.confirm(words.wordsLeave)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
  if (form.dataset.offline === undefined || event.defaultPrevented || !navigator.serviceWorker?.controller) return;
  const { record, seen, offline: label } = form.dataset;
  const key = crypto.randomUUID();
  setField(form, "act_key", key);
  setField(form, "act_record", record);
  setField(form, "act_seen", seen);
  const url = new URL(form.action, location.href);
  const act = { key, url: url.pathname + url.search, label, record, seen, title: document.title.replace(" · Cổng Số", "") };
  const page = location.pathname + location.search;
  navigator.serviceWorker.controller.postMessage({ what: "expect", act: { ...act, page, labels: labelsOf(form) } });
}, true);

// ---- What waits.

function fieldsOf(act, item) {
  const box = item.querySelector("[data-fields]");
  for (const [place, [name, value]] of act.fields.entries()) {
    if (HIDDEN.has(name) || name.includes("_FORMS") || typeof value !== "string" || !value.trim()) continue;
    const label = act.labels[name] ?? name;
    if (name !== "text" && name !== "note") {
      box.append(Object.assign(document.createElement("p"), { className: "soft", textContent: `${label}: ${value}` }));
      continue;
    }
    const field = Object.assign(document.createElement("div"), { className: "field" });
    const text = Object.assign(document.createElement("textarea"), { className: "form-control", rows: 3, value });
    text.id = `act-${act.key}-${place}`;
    text.dataset.place = place;
    field.append(Object.assign(document.createElement("label"), { htmlFor: text.id, textContent: label }), text);
    text.addEventListener("input", () => { item.querySelector("[data-save]").hidden = false; });
    box.append(field);
  }
}

function editedFields(act, item) {
  const fields = act.fields.map((field) => [...field]);
  for (const text of item.querySelectorAll("[data-place]")) fields[text.dataset.place][1] = text.value;
  return fields;
}

function itemOf(act) {
  const item = pattern("act");
  const open = item.querySelector("[data-open]");
  item.querySelector("[data-label]").textContent = act.label;
  item.querySelector("[data-at]").textContent = clock(act.at);
  Object.assign(open, { href: act.page, textContent: act.title });
  const states = { moved: words.wordsMoved, refused: words.wordsRefused, gone: words.wordsGone };
  const told = act.state === "gone" ? "" : act.told?.words ?? "";
  item.querySelector("[data-state]").textContent = `${states[act.state] ?? words.wordsWait} ${told}`.trim();
  item.toggleAttribute("data-stopped", act.state !== "waiting");
  const changes = item.querySelector("[data-changes]");
  for (const step of act.told?.changes ?? []) {
    const line = document.createElement("li");
    line.textContent = [step.at, step.who, `${step.what}${step.note ? `: ${step.note}` : ""}`].filter(Boolean).join(" · ");
    changes.append(line);
    changes.hidden = false;
  }
  fieldsOf(act, item);
  const change = async (seen) => {
    await ask({ what: "change", key: act.key, fields: editedFields(act, item), seen });
    await ask({ what: "send" });
  };
  item.querySelector("[data-save]").addEventListener("click", () => change(undefined));
  const redo = item.querySelector("[data-redo]");
  redo.hidden = act.state !== "moved" && act.state !== "refused";
  redo.addEventListener("click", () => change(act.told?.version ? String(act.told.version) : undefined));
  item.querySelector("[data-cancel]").addEventListener("click", async () => {
    await ask({ what: "cancel", key: act.key });
    await show();
  });
  return item;
}

function showTray(state) {
  const tray = document.querySelector("[data-tray]");
  if (!tray) return;
  const stopped = state.acts.filter((act) => act.state !== "waiting").length;
  const count = state.acts.length;
  let said = stopped ? `${stopped} ${words.wordsStopped}` : `${count} ${words.wordsWaiting}`;
  if (!count) said = words.wordsAway;
  if (count && state.signIn) said += ` · ${words.wordsSignIn}`;
  tray.querySelector("[data-tray-words]").textContent = said;
  tray.hidden = !count && navigator.onLine;
}

function fill(list, rows, none) {
  const empty = Object.assign(document.createElement("li"), { className: "soft", textContent: none });
  list.replaceChildren(...(rows.length ? rows : [empty]));
}

function copyOf(copy) {
  const item = pattern("copy");
  Object.assign(item.querySelector("[data-open]"), { href: copy.url, textContent: copy.title || copy.url });
  item.querySelector("[data-at]").textContent = clock(copy.at);
  item.querySelector("[data-drop]").addEventListener("click", async () => {
    await ask({ what: "drop", record: copy.record });
    await show();
  });
  return item;
}

async function show() {
  const state = await ask({ what: "state" });
  stuck = state.acts.length;
  const isWritten = document.activeElement?.closest?.("[data-acts]") && document.activeElement.matches("textarea");
  const list = document.querySelector("[data-acts]");
  if (list && !isWritten) fill(list, state.acts.map(itemOf), words.wordsNone);
  const copies = document.querySelector("[data-copies]");
  const records = state.copies.filter((copy) => copy.isRecord || copy.kind === "file");
  if (copies) fill(copies, records.map(copyOf), words.wordsEmpty);
  showTray(state);
}

function tellSent() {
  const made = document.querySelector("template[data-toast]");
  const toasts = document.querySelector("[data-toasts]");
  if (!made || !toasts || toasts.querySelector("[data-sent]")) return;
  const toast = made.content.firstElementChild.cloneNode(true);
  toast.classList.add("notice-good");
  toast.dataset.sent = "yes";
  toast.querySelector("[data-words]").textContent = words.wordsSent;
  toasts.append(toast);
}

// ---- This device.

async function leave() {
  const known = await navigator.serviceWorker.getRegistration("/");
  if (!known) return;
  if (known.active) await ask({ what: "forget" });
  await known.unregister();
}

function offerChoice() {
  const keep = document.querySelector("[data-keep]");
  const not = document.querySelector("[data-keep-not]");
  if (!keep) return;
  keep.hidden = keeps || !able;
  not.hidden = !keeps || !able;
  document.querySelector("[data-unable]").hidden = able;
  document.querySelector("[data-away]").hidden = navigator.onLine;
  keep.addEventListener("click", () => { remember("keep"); location.assign(words.page); });
  not.addEventListener("click", async () => { remember("no"); await leave(); location.assign(words.page); });
  const said = new URLSearchParams(location.search).get("tin");
  if (said) document.querySelector(`[data-said="${CSS.escape(said)}"]`)?.removeAttribute("hidden");
}

function setUpTray() {
  const dialog = document.querySelector("[data-tray-dialog]");
  const tray = document.querySelector("[data-tray]");
  // On a phone the bottom belongs to the acts and the navigation.
  if (tray && window.matchMedia("(max-width: 61.99em)").matches) document.querySelector("main").prepend(tray);
  tray?.addEventListener("click", () => dialog.showModal());
  dialog?.querySelector("[data-tray-close]").addEventListener("click", () => dialog.close());
  for (const button of document.querySelectorAll("[data-send]")) {
    button.addEventListener("click", () => ask({ what: "send" }));
  }
}

async function begin() {
  if (choice !== "keep") remember("keep");
  const isFirst = !navigator.serviceWorker.controller;
  await navigator.serviceWorker.register(words.worker, { scope: "/", updateViaCache: "none" });
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data?.what !== "changed") return;
    if (data.sent) tellSent();
    show();
  });
  window.addEventListener("online", () => ask({ what: "send" }));
  window.addEventListener("offline", show);
  if (!document.documentElement.dataset.keptAt && document.querySelector("[data-record-page]")) {
    if (isFirst) await ask({ what: "here", address: location.pathname + location.search });
    const forms = [...document.querySelectorAll("a[data-offline-form]")].map((link) => link.getAttribute("href"));
    if (forms.length) ask({ what: "forms", addresses: forms });
  }
  await show();
  if (stuck) ask({ what: "send" });
}

tellCopy();
offerChoice();
if (able && keeps) {
  setUpTray();
  begin();
} else if (able) {
  leave();
}
