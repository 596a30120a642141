// The service worker: the network first, the device's copies when it is away.

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(FIXED);
    await cache.add(new Request(GIVEN.page, { cache: "reload" }));
    await Promise.all(GIVEN.shell.map((address) => cache.add(address).catch(() => {})));
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    await forgetOldStatics();
    await keepWithinLimits();
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  const isPage = request.mode === "navigate";
  if (isPage && request.method === "POST") event.respondWith(post(event));
  else if (request.method !== "GET") return;
  else if (url.pathname.startsWith(GIVEN.static)) event.respondWith(openFixed(request));
  else if (isPage) event.respondWith(openPage(event));
  else if (url.pathname.startsWith(GIVEN.files) || request.destination === "image") event.respondWith(openPiece(event));
});

self.addEventListener("sync", (event) => {
  if (event.tag === "acts") event.waitUntil(sendNow());
});

const ANSWERS = {
  expect: ({ act }) => { expected.set(act.url, act); },
  state: async () => ({
    acts: await ordered(),
    copies: (await every("copies")).sort((a, b) => b.at - a.at),
    signIn: (await one("facts", "signIn"))?.value ?? false,
    limit: GIVEN.bytes,
  }),
  send: () => sendNow(),
  forms: ({ addresses }) => fetchForms(addresses),
  here: async ({ address }) => {
    const request = new Request(address, { headers: { "X-Idle": "1" } });
    const answer = await fetch(request);
    await belongTo(answer.headers.get("X-Offline-For"));
    await judge(request, answer, era);
  },
  change: async ({ key, fields, seen }) => {
    const act = await one("acts", key);
    if (act) await put("acts", { ...act, fields, seen: seen ?? act.seen, state: "waiting", told: null });
  },
  cancel: ({ key }) => remove("acts", key),
  drop: ({ record }) => dropRecord(record),
  forget: () => forgetEverything(),
};

self.addEventListener("message", (event) => {
  const act = ANSWERS[event.data?.what];
  if (!act) return;
  const done = (async () => {
    const answer = await act(event.data);
    event.ports[0]?.postMessage(answer ?? {});
  })();
  event.waitUntil(done.catch(() => event.ports[0]?.postMessage({ failed: true })));
});
