// The page of a secret ballot: take a paper, wait, choose, look again, put it into the box, find it when it is counted.
// Taking the paper is the voter's act; everything after it goes to the box without cookie or session.

import { blindPaper, finishPaper, fromHex, plainAnswer, plainPicks, receiptOf, sealSlip, toHex } from "./sealing.js";

const page = document.querySelector("[data-secret]");
const facts = JSON.parse(document.getElementById("ballot-facts").textContent);
const words = page.dataset;
const place = `congso-ballot:${facts.box}:${facts.voter}`;
const ASK_FROM = 6000; // milliseconds between two looks at the box: spread, so that a hall does not ask at once
const ASK_SPREAD = 6000;
let stands = facts.state;
let busy = false;

const read = () => JSON.parse(localStorage.getItem(place) ?? "{}");
const keep = (what) => localStorage.setItem(place, JSON.stringify(what));
const after = (wait) => new Promise((resolve) => { setTimeout(resolve, wait); });

function show(step) {
  for (const part of page.querySelectorAll("[data-step]")) part.hidden = part.dataset.step !== step;
}

function say(message) {
  const told = page.querySelector("[data-told]");
  told.hidden = !message;
  told.querySelector("b").textContent = message;
}

// Which part of the page fits what this device holds and how the box stands.
function settle(found = {}) {
  const mine = read();
  for (const receipt of page.querySelectorAll("[data-receipt]")) receipt.textContent = groups(mine.receipt ?? "");
  if (mine.receipt) {
    if (stands !== "counted" || !found.receipts) return show(stands === "counted" ? "asking" : "sent");
    return show(found.receipts.includes(mine.receipt) ? "found" : "missing");
  }
  if (mine.slip) return put(mine);
  if (stands === "open") return show(mine.signature ? "wait" : facts.has_paper && !mine.blinded ? "elsewhere" : "take");
  if (stands === "collecting" && mine.signature) return page.querySelector("[data-step=look]").hidden ? show("choose") : null;
  return show("over");
}

const groups = (hex) => (hex.match(/.{1,4}/g) ?? []).join(" ");

async function take() {
  let mine = read();
  if (!mine.blinded) {
    mine = await blindPaper(facts.modulus, facts.box);
    keep(mine); // before it is sent: an answer lost on the way is asked for again with the same paper
  }
  const token = page.querySelector("input[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams({ blinded: mine.blinded });
  const answer = await fetch(facts.take_url, { method: "POST", body, headers: { "X-CSRFToken": token } });
  const told = await answer.json();
  if (!answer.ok) return say(told.message);
  const signature = await finishPaper(facts.modulus, facts.box, mine, told.signature);
  keep({ token: mine.token, signature });
  say("");
  return settle();
}

function chosen() {
  const form = page.querySelector("[data-step=choose]");
  return [...form.querySelectorAll("input:checked")].map((one) => ({
    value: one.value, name: one.closest("label").querySelector("b").textContent,
  }));
}

function look() {
  const picked = chosen();
  if (!facts.is_list && picked.length !== 1) return say(words.wordsChoose);
  if (facts.is_list && picked.length > facts.seats) return say(words.wordsTooMany);
  say("");
  const list = page.querySelector("[data-picked]");
  list.replaceChildren(...(picked.length ? picked.map((one) => one.name) : [words.wordsNobody]).map((name) => {
    const item = document.createElement("li");
    item.textContent = name;
    return item;
  }));
  return show("look");
}

async function cast() {
  const picked = chosen().map((one) => one.value);
  const plain = facts.is_list ? plainPicks(picked.map(Number)) : plainAnswer(picked[0]);
  const mine = read();
  const slip = await sealSlip(facts.box, mine, facts.keys, facts.threshold, plain);
  keep({ ...mine, slip: toHex(slip) }); // before it is sent: the same slip may be sent again as often as needed
  return put(read());
}

// Send the slip until the box has answered; the same slip twice is one vote.
async function put(mine) {
  show("sending");
  const slip = fromHex(mine.slip);
  for (;;) {
    const answer = await fetch(facts.box_url, {
      method: "POST", body: slip, credentials: "omit", headers: { "Content-Type": "application/octet-stream" },
    }).catch(() => null);
    const told = await answer?.json().catch(() => null);
    if (answer?.ok && told) {
      const receipt = await receiptOf(slip);
      if (told.receipt !== receipt) return refuse(words.wordsChanged);
      keep({ receipt });
      say("");
      return settle();
    }
    if (answer && answer.status < 500 && told) return refuse(told.message);
    say(words.wordsAgain);
    await after(1000 + Math.random() * 2000);
  }
}

function refuse(message) {
  show("refused");
  say(message);
}

async function ask() {
  for (;;) {
    if (!busy && document.visibilityState === "visible") {
      const answer = await fetch(facts.box_url, { credentials: "omit", cache: "no-store" }).catch(() => null);
      const told = answer?.ok ? await answer.json().catch(() => null) : null;
      if (told && !busy) {
        stands = told.state;
        if (!read().slip) settle(told);
        if (stands === "counted" || stands === "cancelled") return;
      }
    }
    await after(ASK_FROM + Math.random() * ASK_SPREAD);
  }
}

async function once(act) {
  if (busy) return;
  busy = true;
  try {
    await act();
  } catch {
    say(words.wordsFailed);
  }
  busy = false;
}

const press = (name, act) => page.querySelector(`[data-press=${name}]`)?.addEventListener("click", () => once(act));

press("take", take);
press("look", look);
press("cast", cast);
press("back", () => show("choose"));
if (window.isSecureContext && crypto.subtle) {
  once(() => settle()).then(ask);
} else {
  say(words.wordsUnable);
}
