// What the device remembers: copies' descriptions, acts that wait, whose they are. The copies' bytes are in the browser's cache.

const KEPT = "congso-kept";
const FIXED = "congso-static";

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("congso", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("copies", { keyPath: "url" });
      asked.result.createObjectStore("acts", { keyPath: "key" });
      asked.result.createObjectStore("facts", { keyPath: "name" });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function inStore(name, mode, act) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const moving = database.transaction(name, mode);
      const asked = act(moving.objectStore(name));
      moving.oncomplete = () => resolve(asked?.result);
      moving.onerror = () => reject(moving.error);
      moving.onabort = () => reject(moving.error);
    });
  } finally {
    database.close();
  }
}

const every = (name) => inStore(name, "readonly", (store) => store.getAll());
const one = (name, key) => inStore(name, "readonly", (store) => store.get(key));
const put = (name, row) => inStore(name, "readwrite", (store) => store.put(row));
const remove = (name, key) => inStore(name, "readwrite", (store) => store.delete(key));
const empty = (name) => inStore(name, "readwrite", (store) => store.clear());

// Writing and forgetting take turns; an answer asked for before something was forgotten is not kept after it.
let era = 0;
let turn = Promise.resolve();

function inTurn(act) {
  turn = turn.catch(() => {}).then(act);
  return turn;
}

// Nothing of the person stays: signed out, another person came, or the machine no longer keeps.
function forgetEverything() {
  era += 1;
  return inTurn(async () => {
    await caches.delete(KEPT);
    for (const name of ["copies", "acts", "facts"]) await empty(name);
    await sleep().catch(() => {});
    await tellPages({ what: "changed" });
  });
}

// Whoever is signed in now: another person's copies and words go before she sees anything.
async function belongTo(tag) {
  if (!tag) return false;
  const known = await one("facts", "person");
  const isAnother = Boolean(known) && known.value !== tag;
  if (isAnother) await forgetEverything();
  if (!known || isAnother) await put("facts", { name: "person", value: tag });
  return isAnother;
}

async function tellPages(message) {
  for (const page of await self.clients.matchAll({ type: "window" })) page.postMessage(message);
}
