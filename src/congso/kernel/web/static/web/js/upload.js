// Dropping many files: each is sent by itself, so that one bad file or a lost link never stops the others.
// The form's address answers JSON: {"uploads": [{"name", "state", "message", "url", "progress_url", "retry_url"}]}
// or {"message"}; `done` and `total` in an upload move its bar while it is being read.

const AT_ONCE = 2;
const ASK_EVERY = 2000;
const OPEN_STATES = new Set(["waiting", "reading"]);

class Batch {
  constructor(form) {
    this.form = form;
    this.words = form.dataset;
    this.rows = form.querySelector("[data-rows]");
    this.total = form.querySelector("[data-total]");
    this.told = form.querySelector("[data-told]");
    this.pattern = form.querySelector("template[data-row]");
    this.queue = [];
    this.items = [];
    this.running = 0;
  }

  add(files) {
    for (const file of files) {
      const row = this.pattern.content.firstElementChild.cloneNode(true);
      row.querySelector("[data-name]").textContent = file.name;
      const item = { file, row, sent: 0, done: false };
      row.querySelector("[data-again]").addEventListener("click", () => this.again(item));
      this.rows.append(row);
      this.items.push(item);
      this.queue.push(item);
      this.tell(item, "waiting", this.words.wordsQueued);
    }
    this.total.hidden = false;
    this.next();
  }

  async again(item) {
    item.row.querySelector("[data-again]").hidden = true;
    if (item.retryUrl) {
      await this.readAgain(item);
      return;
    }
    item.sent = 0;
    item.done = false;
    this.queue.push(item);
    this.next();
  }

  async readAgain(item) {
    const token = this.form.querySelector("[name=csrfmiddlewaretoken]").value;
    try {
      const answer = await fetch(item.retryUrl, { method: "POST", headers: { "X-CSRFToken": token } });
      const upload = await answer.json();
      if (answer.ok) this.follow(item, { ...upload, retry_url: item.retryUrl });
      else this.tell(item, "refused", upload.message);
    } catch {
      this.tell(item, "failed", this.words.wordsOffline);
      item.row.querySelector("[data-again]").hidden = false;
    }
  }

  next() {
    while (this.running < AT_ONCE && this.queue.length) this.send(this.queue.shift());
    const size = this.items.reduce((sum, item) => sum + Math.max(1, item.file.size), 0);
    const sent = this.items.reduce((sum, item) => sum + (item.done ? Math.max(1, item.file.size) : item.sent), 0);
    this.total.value = sent / size;
    const finished = this.items.filter((item) => item.done).length;
    this.told.textContent = `${this.words.wordsTotal} ${finished}/${this.items.length}`;
  }

  send(item) {
    this.running += 1;
    const bar = item.row.querySelector("progress");
    const data = new FormData(this.form);
    const name = this.form.querySelector("input[type=file]").name;
    data.delete(name);
    data.append(name, item.file);
    const request = new XMLHttpRequest();
    request.open("POST", this.form.action);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    request.upload.addEventListener("progress", (event) => {
      item.sent = event.loaded;
      bar.value = event.total ? event.loaded / event.total : 0;
      this.next();
    });
    request.addEventListener("loadend", () => {
      this.running -= 1;
      this.answer(item, request);
      this.next();
    });
    this.tell(item, "sending", this.words.wordsSending);
    request.send(data);
  }

  answer(item, request) {
    let said = {};
    try {
      said = JSON.parse(request.responseText);
    } catch {
      said = {};
    }
    const upload = said.uploads?.[0];
    item.done = true;
    if (request.status >= 200 && request.status < 300 && upload) {
      this.follow(item, upload);
      return;
    }
    const lost = request.status === 0;
    const reason = said.message ?? upload?.message
      ?? (lost ? this.words.wordsOffline : request.status === 413 ? this.words.wordsTooLarge : this.words.wordsFailed);
    this.tell(item, "refused", reason);
    item.row.querySelector("[data-again]").hidden = !(lost || request.status >= 500);
  }

  async follow(item, upload) {
    let now = upload;
    this.show(item, now);
    while (OPEN_STATES.has(now.state) && now.progress_url) {
      await new Promise((wake) => setTimeout(wake, ASK_EVERY));
      try {
        const answer = await fetch(now.progress_url, { headers: { Accept: "application/json" } });
        if (answer.ok) now = { ...now, ...(await answer.json()) };
      } catch {
        continue;
      }
      this.show(item, now);
    }
  }

  show(item, upload) {
    const word = `words${upload.state[0].toUpperCase()}${upload.state.slice(1)}`;
    this.tell(item, upload.state, upload.message || this.words[word]);
    const bar = item.row.querySelector("progress");
    if (upload.state === "reading" && upload.total) bar.value = upload.done / upload.total;
    item.retryUrl = upload.state === "failed" ? upload.retry_url : undefined;
    item.row.querySelector("[data-again]").hidden = !item.retryUrl;
    const link = item.row.querySelector("[data-open]");
    link.hidden = !upload.url;
    if (upload.url) link.href = upload.url;
  }

  tell(item, state, words) {
    item.row.dataset.state = state;
    const bar = item.row.querySelector("progress");
    bar.hidden = state !== "sending" && state !== "reading";
    if (state === "reading") bar.removeAttribute("value");
    item.row.querySelector("[data-words]").textContent = words ?? "";
  }
}

for (const form of document.querySelectorAll("form[data-upload]")) {
  const batch = new Batch(form);
  const zone = form.querySelector("[data-zone]");
  const chooser = form.querySelector("input[type=file]");
  form.querySelector("[data-send]").hidden = true;
  form.classList.add("is-live");
  chooser.removeAttribute("required");
  chooser.addEventListener("change", () => {
    batch.add(chooser.files);
    chooser.value = "";
  });
  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.add("is-over");
    });
  }
  for (const kind of ["dragleave", "drop"]) zone.addEventListener(kind, () => zone.classList.remove("is-over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    batch.add(event.dataTransfer.files);
  });
  window.addEventListener("beforeunload", (event) => {
    if (batch.running || batch.queue.length) event.preventDefault();
  });
}
