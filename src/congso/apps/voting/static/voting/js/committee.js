// A member of the counting committee makes her key in her own browser and keeps it; only its public half is sent.

import { makeKey } from "./sealing.js";

const form = document.querySelector("[data-committee]");
const shown = form.querySelector("[data-private]");

form.querySelector("[data-make]").addEventListener("click", async () => {
  const told = form.querySelector("[data-told]");
  try {
    const key = await makeKey();
    form.querySelector("input[name=public]").value = key.public;
    shown.textContent = key.private.match(/.{4}/g).join(" ");
    form.querySelector("[data-made]").hidden = false;
    told.hidden = true;
  } catch {
    told.hidden = false;
  }
});
