// Words put right on the picture of their page: the word is shown enlarged and outlined, Enter keeps what was typed and
// goes on to the next word the machine was unsure of, Tab goes on without a change, Shift+Tab goes back.

const proof = document.querySelector("[data-proof]");
const form = proof?.querySelector("[data-word-form]");
const words = [...(proof?.querySelectorAll("[data-word]") ?? [])];
const sheet = proof?.querySelector("[data-sheet]");
const zoom = proof?.querySelector("[data-zoom]");
const ZOOM_HEIGHT = 0.34; // of the zoom frame: how tall a word is shown
const SIDES = ["left", "top", "right", "bottom"];

const boxOf = (word) => word.dataset.box.split(" ").map(Number);

function outline(mark, [left, top, width, height]) {
  mark.hidden = false;
  Object.assign(mark.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
}

// The whole page scaled so that the word is large, moved so that it stands in the middle of the frame.
function enlarge([left, top, width, height]) {
  const image = zoom.querySelector("[data-zoom-image]");
  const mark = zoom.querySelector("[data-zoom-mark]");
  if (!image.naturalWidth) return;
  const ratio = image.naturalHeight / image.naturalWidth;
  const frame = { width: zoom.clientWidth, height: zoom.clientHeight };
  const byHeight = (frame.height * ZOOM_HEIGHT) / ((height / 100) * ratio);
  const byWidth = (frame.width * 0.8) / (width / 100);
  const wide = Math.max(frame.width, Math.min(byHeight, byWidth, frame.width * 8));
  const high = wide * ratio;
  const x = frame.width / 2 - ((left + width / 2) / 100) * wide;
  const y = frame.height / 2 - ((top + height / 2) / 100) * high;
  Object.assign(image.style, { width: `${wide}px`, left: `${x}px`, top: `${y}px` });
  Object.assign(mark.style, {
    left: `${x + (left / 100) * wide}px`, top: `${y + (top / 100) * high}px`,
    width: `${(width / 100) * wide}px`, height: `${(height / 100) * high}px`,
  });
}

class Proof {
  constructor() {
    this.current = words.find((word) => word.ariaCurrent) ?? words[0];
    this.told = form.querySelector("[data-told]");
    this.input = form.elements.text;
    form.addEventListener("submit", (event) => this.submit(event));
    this.input.addEventListener("keydown", (event) => this.key(event));
    proof.addEventListener("click", (event) => {
      const word = event.target.closest("[data-word]");
      if (!word) return;
      event.preventDefault();
      this.show(word);
    });
    const image = zoom.querySelector("[data-zoom-image]");
    image.addEventListener("load", () => enlarge(boxOf(this.current)));
    window.addEventListener("resize", () => enlarge(boxOf(this.current)));
    this.show(this.current);
  }

  show(word) {
    this.current?.classList.remove("is-current");
    this.current?.removeAttribute("aria-current");
    this.current = word;
    word.classList.add("is-current");
    word.setAttribute("aria-current", "true");
    const box = boxOf(word);
    outline(sheet.querySelector("[data-mark]"), box);
    enlarge(box);
    form.elements.text.value = word.textContent;
    form.elements.was.value = word.textContent;
    for (const side of SIDES) form.elements[side].value = word.dataset[side];
    const text = word.closest("[data-text]");
    text.scrollTop = word.offsetTop - text.offsetTop - text.clientHeight / 2;
    this.input.focus({ preventScroll: true });
    this.input.select();
  }

  // The next unsure word in this direction; without one the last button of the page.
  go(step) {
    const from = words.indexOf(this.current);
    const order = step > 0 ? words.slice(from + 1) : words.slice(0, from).reverse();
    const next = order.find((word) => "low" in word.dataset);
    if (next) return this.show(next);
    this.told.textContent = proof.dataset.wordsDone;
    if (step > 0) proof.querySelector("[data-finish]")?.focus();
    return undefined;
  }

  key(event) {
    if (event.key === "Tab") {
      const ahead = words.slice(words.indexOf(this.current) + 1).some((word) => "low" in word.dataset);
      if (!event.shiftKey && !ahead) return; // out of the field, as everywhere
      event.preventDefault();
      if (!event.shiftKey) delete this.current.dataset.low;
      this.go(event.shiftKey ? -1 : 1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "Escape") {
      this.input.value = this.current.textContent;
      this.input.blur();
    }
  }

  async submit(event) {
    event.preventDefault();
    const word = this.current;
    if (this.input.value === word.textContent) {
      this.settle(word);
      return this.go(1);
    }
    const answer = await fetch(form.action, {
      method: "POST", body: new FormData(form), headers: { "X-Requested-With": "XMLHttpRequest" },
    }).catch(() => null);
    const said = await answer?.json().catch(() => null);
    if (!answer?.ok || !said) {
      this.told.textContent = said?.message ?? proof.dataset.wordsFailed;
      return undefined;
    }
    word.textContent = said.text;
    this.settle(word);
    this.told.textContent = proof.dataset.wordsSaved;
    return this.go(1);
  }

  settle(word) {
    delete word.dataset.low;
    word.classList.remove("is-low");
  }
}

if (form && words.length) new Proof();
