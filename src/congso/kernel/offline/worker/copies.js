// Copies of papers already opened. Kept only when the answer says so; gone when it says 403, 404 or nothing of keeping.

const GONE = new Set([403, 404, 410]);
const AWAY = new Set([502, 503, 504]);
const HASHED = /\.[0-9a-f]{12}\.\w+$/;

const addressOf = (request) => {
  const url = new URL(request.url);
  return url.pathname + url.search;
};

function leave(answer) {
  const [word, ...facts] = (answer.headers.get("X-Offline") ?? "").split(";").map((part) => part.trim());
  if (word !== "keep") return null;
  return Number(facts.find((fact) => fact.startsWith("record="))?.slice(7) ?? 0);
}

async function drop(url) {
  await (await caches.open(KEPT)).delete(url);
  await remove("copies", url);
}

async function dropRecord(record) {
  for (const copy of await every("copies")) if (copy.record === record) await drop(copy.url);
}

function titleOf(html) {
  const found = html.match(/<title>([^<]*)<\/title>/)?.[1] ?? "";
  const plain = found.replace(/&quot;/g, '"').replace(/&#x27;/g, "'").replace(/&lt;/g, "<").replace(/&gt;/g, ">");
  return plain.replace(/&amp;/g, "&").replace(" · Cổng Số", "").trim();
}

async function holdStatics(html) {
  const named = [...html.matchAll(/(?:href|src)="([^"#]+)/g)].map((found) => found[1]);
  const wanted = [...new Set(named.filter((address) => address.startsWith(GIVEN.static)))];
  const cache = await caches.open(FIXED);
  for (const address of wanted) {
    if (!(await cache.match(address))) await cache.add(address).catch(() => {});
  }
  return wanted;
}

// One answer of the server, judged: kept, or what was kept of it dropped. `then` is the era it was asked in.
const judge = (request, answer, then) => inTurn(() => then === era && weigh(request, answer));

async function weigh(request, answer) {
  const url = addressOf(request);
  const known = await one("copies", url);
  if (GONE.has(answer.status)) {
    if (known?.kind === "page" && known.isRecord) await dropRecord(known.record);
    else if (known) await drop(url);
    return;
  }
  if (!answer.ok) return;
  const record = leave(answer);
  if (record === null) {
    if (known) await drop(url);
    return;
  }
  const body = await answer.blob();
  const isPage = body.type.startsWith("text/html");
  const html = isPage ? await body.text() : "";
  const statics = isPage ? await holdStatics(html) : [];
  const headers = new Headers(answer.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  await (await caches.open(KEPT)).put(url, new Response(body, { headers }));
  const isRecord = isPage && html.includes(`data-record-page="${record}"`);
  const kind = isPage ? "page" : body.type.startsWith("image/") ? "picture" : "file";
  await put("copies", { url, record, kind, isRecord, statics, title: titleOf(html), size: body.size, at: Date.now() });
  await keepWithinLimits();
}

// Oldest first, until what is left is small and young enough.
async function keepWithinLimits() {
  const copies = (await every("copies")).sort((a, b) => b.at - a.at);
  const oldest = Date.now() - GIVEN.days * 24 * 3600 * 1000;
  let held = 0;
  for (const copy of copies) {
    held += copy.size;
    if (held > GIVEN.bytes || copy.at < oldest) await drop(copy.url);
  }
}

function clockOf(moment) {
  return new Date(moment).toISOString();
}

async function copyOf(url) {
  const known = await one("copies", url);
  if (!known || known.at < Date.now() - GIVEN.days * 24 * 3600 * 1000) return null;
  const found = await (await caches.open(KEPT)).match(url);
  if (!found) return null;
  if (known.kind !== "page") return found;
  const html = (await found.text()).replace("<html ", `<html data-kept-at="${clockOf(known.at)}" `);
  return new Response(html, { headers: found.headers });
}

async function offlinePage() {
  return (await (await caches.open(FIXED)).match(GIVEN.page)) ?? Response.error();
}

async function openPage(event) {
  const url = addressOf(event.request);
  let then = era;
  let answer;
  try {
    answer = await fetch(event.request);
  } catch {
    return (await copyOf(url)) ?? offlinePage();
  }
  if (AWAY.has(answer.status)) return (await copyOf(url)) ?? answer;
  if (await belongTo(answer.headers.get("X-Offline-For"))) then = era;
  event.waitUntil(judge(event.request, answer.clone(), then).then(sendSoon));
  return answer;
}

// A picture of a page or a file, asked for by a page.
async function openPiece(event) {
  const then = era;
  try {
    const answer = await fetch(event.request);
    event.waitUntil(judge(event.request, answer.clone(), then));
    return answer;
  } catch {
    return (await copyOf(addressOf(event.request))) ?? Response.error();
  }
}

// Names with a hash never change; others (while developing) are asked for first.
async function openFixed(request) {
  const cache = await caches.open(FIXED);
  const known = await cache.match(request);
  if (known && HASHED.test(new URL(request.url).pathname)) return known;
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request, answer.clone());
    return answer;
  } catch {
    return known ?? Response.error();
  }
}

async function forgetOldStatics() {
  const wanted = new Set([GIVEN.page, ...GIVEN.shell]);
  for (const copy of await every("copies")) for (const address of copy.statics) wanted.add(address);
  const cache = await caches.open(FIXED);
  for (const request of await cache.keys()) if (!wanted.has(addressOf(request))) await cache.delete(request);
}

// The forms an opened paper leads to, so that they can be filled in later without the network.
async function fetchForms(addresses) {
  for (const address of addresses) {
    const request = new Request(address, { headers: { "X-Idle": "1" } });
    const then = era;
    const answer = await fetch(request).catch(() => null);
    if (answer && !answer.redirected) await judge(request, answer, then);
  }
}
