// The operator keeps nothing on devices: forget everything and go.

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) await caches.delete(name);
    indexedDB.deleteDatabase("congso");
    await self.registration.unregister();
  })());
});
