// Going through what the machine proposed: F8 to the next field to look at, Alt+M to swap the wording, a press to take
// it back. Enter (forms.js) accepts a field and goes on; what was passed is no longer asked for.

const CONTROL = "input, select, textarea";

function setUp(form) {
  const summary = form.querySelector("[data-hint-summary]");
  const slots = [...form.querySelectorAll("[data-proposed]")];
  const controlOf = (slot) => slot.querySelector(CONTROL);
  const isOpen = (slot) => slot.dataset.proposed !== "sure" && !slot.dataset.seen;

  const wordings = (slot) => [slot.dataset.value, slot.dataset.alternative].filter((one) => one);
  const tell = (slot) => {
    const now = controlOf(slot).value;
    const value = slot.querySelector("[data-take=value]");
    const alternative = slot.querySelector("[data-take=alternative]");
    if (value) value.hidden = now === slot.dataset.value;
    if (alternative) alternative.hidden = now === slot.dataset.alternative;
    slot.classList.toggle("is-changed", now !== slot.dataset.value);
  };
  const take = (slot, text) => {
    const control = controlOf(slot);
    control.value = text;
    control.dispatchEvent(new Event("change", { bubbles: true }));
    control.focus();
    control.select?.();
    tell(slot);
  };
  const swap = (slot) => {
    const offered = wordings(slot);
    if (offered.length) take(slot, offered[(offered.indexOf(controlOf(slot).value) + 1) % offered.length]);
  };
  const goTo = (slot) => {
    const control = slot ? controlOf(slot) : form.querySelector("button[type=submit]");
    control.focus();
    if (control.select && control.matches("input, textarea")) control.select();
  };
  const next = (from, step) => {
    const open = slots.filter(isOpen);
    if (!open.length) return goTo(null);
    const ahead = open.filter((slot) => {
      const order = from.compareDocumentPosition(slot);
      return order & (step > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING);
    });
    return goTo((step > 0 ? ahead[0] : ahead.at(-1)) ?? (step > 0 ? open[0] : open.at(-1)));
  };
  const see = (slot) => {
    if (!isOpen(slot) || !controlOf(slot).value.trim()) return;
    slot.dataset.seen = "yes";
    if (!slots.some(isOpen) && summary) {
      summary.classList.remove("is-open");
      summary.querySelector("span").textContent = summary.dataset.doneWords;
    }
  };

  form.addEventListener("keydown", (event) => {
    const slot = event.target.closest("[data-proposed]");
    if (event.key === "F8") {
      event.preventDefault();
      next(slot ?? event.target, event.shiftKey ? -1 : 1);
    } else if (slot && event.altKey && !event.ctrlKey && event.code === "KeyM") {
      event.preventDefault();
      swap(slot);
    } else if (slot && event.key === "Enter" && !event.isComposing) {
      see(slot);
    }
  });
  form.addEventListener("input", (event) => {
    const slot = event.target.closest("[data-proposed]");
    if (slot) tell(slot);
  });
  form.addEventListener("change", (event) => {
    const slot = event.target.closest("[data-proposed]");
    if (!slot) return;
    tell(slot);
    see(slot);
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take]");
    if (button) take(button.closest("[data-proposed]"), button.closest("[data-proposed]").dataset[button.dataset.take]);
  });
  for (const slot of slots) {
    slot.querySelector(".hint-acts").hidden = false;
    tell(slot);
  }
  if (!document.querySelector(".error-summary")) {
    const first = slots.find(isOpen);
    if (first) goTo(first);
  }
}

for (const form of document.querySelectorAll("form[data-entry]")) {
  if (form.querySelector("[data-proposed]")) setUp(form);
}
