// Kept by the browser for /rounds/ (a service worker): a sheet that was opened once can be opened again without a connection.  The server
// is asked first, always; what was kept answers only when it cannot be reached.  Nothing but sheets and what they are drawn with is kept,
// and all of it goes when one signs out (junheng.js), or when the server says that the sheet is not for this reader any more.
const KEPT = 'rounds';
const isSheet = (url) => /^\/rounds\/[^/]+\/sheet\/[^/]+$/.test(url.pathname);
const isKept = (url) => isSheet(url) || url.pathname.startsWith('/assets/');

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
    const url = new URL(event.request.url);
    if (event.request.method !== 'GET' || url.origin !== self.location.origin || !isKept(url)) return;
    event.respondWith((async () => {
        const kept = await caches.open(KEPT);
        try {
            const answer = await fetch(event.request);
            if (answer.ok && !answer.redirected && answer.type === 'basic') await kept.put(url.pathname, answer.clone());
            else if (answer.redirected || answer.status === 403 || answer.status === 404 || answer.type === 'opaqueredirect') await kept.delete(url.pathname);
            return answer;
        } catch (error) {
            const old = await kept.match(url.pathname);
            if (old) return old;
            throw error;
        }
    })());
});
// The page says which it needs: it was there before the worker was.
self.addEventListener('message', (event) => event.waitUntil(caches.open(KEPT).then((kept) => Promise.all(event.data.map((path) => fetch(path).then((answer) => {
    if (answer.ok && !answer.redirected) return kept.put(path, answer);
    return undefined;
}))))));
