/**
 * Answers what the page asks for from this browser, so that it opens without a network. Built by itself, by
 * scripts/vite/offline.ts, which puts the list of files before it.
 */

/** SHA-256 by path, of all files of this version; those that the page opens and runs with, and the others. */
declare const needed: Readonly<Record<string, string>>;
declare const others: Readonly<Record<string, string>>;

const worker = self as unknown as ServiceWorkerGlobalScope;
const files: Readonly<Record<string, string>> = { ...needed, ...others };
const cacheName = 'weft-files';
/** What the version before this one had; tabs that it opened go on with it. */
const listed = 'listed.json';

const scope = () => new URL(worker.registration.scope);

/** A file is kept by its content, so that versions share what they have in common. */
const keyOf = (path: string, hash: string): string => new URL(`${path}?${hash}`, scope()).href;

async function hashOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Keeps a file. Throws where it cannot be had, or is that of another version: then this version is not installed. */
async function keep(cache: Cache, path: string, hash: string): Promise<void> {
  const key = keyOf(path, hash);
  if (await cache.match(key)) return;
  const response = await fetch(new URL(path, scope()), { cache: 'no-cache' });
  if (!response.ok) throw new Error(`${path} could not be had (${response.status}).`);
  const bytes = await response.arrayBuffer();
  if ((await hashOf(bytes)) !== hash) throw new Error(`${path} is not that of this version.`);
  await cache.put(key, new Response(bytes, { headers: response.headers }));
}

/** One after the other: the page that asks for the same at the same time goes first. */
async function keepAll(wanted: Readonly<Record<string, string>>): Promise<void> {
  const cache = await caches.open(cacheName);
  for (const [path, hash] of Object.entries(wanted)) await keep(cache, path, hash);
}

/** Lets go what neither this version nor the one before it has. */
async function clean(): Promise<void> {
  const cache = await caches.open(cacheName);
  const list = new URL(listed, scope()).href;
  const own = Object.entries(files).map(([path, hash]) => keyOf(path, hash));
  const before: readonly string[] = (await (await cache.match(list))?.json()) ?? [];
  const stays = new Set([...own, ...before, list]);
  for (const request of await cache.keys()) if (!stays.has(request.url)) await cache.delete(request);
  await cache.put(list, new Response(JSON.stringify(own)));
}

/**
 * With the headers that part a page from others, without which WebAssembly has one thread: for hosts that cannot be told to
 * send them.
 */
function isolated(response: Response): Response {
  if (response.type === 'opaque' || response.redirected || response.headers.has('Cross-Origin-Embedder-Policy'))
    return response;
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  const { status, statusText } = response;
  const bodiless = status === 204 || status === 304;
  return new Response(bodiless ? null : response.body, { status, statusText, headers });
}

async function answer(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(cacheName);
  const hash = files[path];
  const kept =
    hash === undefined
      ? // A tab that an earlier version opened asks for what that one had.
        await cache.match(new URL(path, scope()).href, { ignoreSearch: true })
      : await cache.match(keyOf(path, hash));
  return isolated(kept ?? (await fetch(request)));
}

worker.addEventListener('install', (event) => event.waitUntil(keepAll(needed)));

worker.addEventListener('activate', (event) => event.waitUntil(clean().then(() => worker.clients.claim())));

worker.addEventListener('message', (event) => {
  if (event.data === 'take over') void worker.skipWaiting();
  // What is missing is asked for again at the next visit.
  if (event.data === 'keep the rest') event.waitUntil(keepAll(others).catch(() => {}));
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const { origin, pathname } = scope();
  if (request.method !== 'GET' || url.origin !== origin || !url.pathname.startsWith(pathname)) return;
  const path = decodeURIComponent(url.pathname.slice(pathname.length));
  event.respondWith(answer(request, path === '' ? 'index.html' : path));
});
