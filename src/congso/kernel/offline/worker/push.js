// Something is new: the message says no more than that, and opens the portal's own list.

self.addEventListener("push", (event) => {
  const words = event.data?.text().slice(0, 80) || GIVEN.news;
  const shown = { body: words, tag: "congso-news", renotify: true, icon: GIVEN.icon, lang: "vi" };
  event.waitUntil(self.registration.showNotification("Cổng Số", shown));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil((async () => {
    const [page] = await self.clients.matchAll({ type: "window" });
    if (!page) return self.clients.openWindow(GIVEN.notices);
    await page.focus();
    return page.navigate(GIVEN.notices);
  })());
});

// Another person came, or the machine keeps nothing any more: it is not woken for who was here before.
async function sleep() {
  if (!("pushManager" in self.registration)) return;
  await (await self.registration.pushManager.getSubscription())?.unsubscribe();
}
