/** The headers every server of the app sends: the dev server, `npm start`, and static hosts through `_headers`. */

/** Without these two the page is not cross-origin isolated and WebAssembly has one thread. */
export const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

const directives = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  // Mantine writes <style> elements; style attributes in markup are no one's, and React sets styles in script.
  "style-src 'self' 'unsafe-inline'",
  "style-src-attr 'none'",
  "img-src 'self' blob: data:",
  // Models are downloaded from where the user says: the hub, a mirror, this machine. Nothing else is ever asked for.
  "connect-src 'self' blob: https: http://localhost:* http://127.0.0.1:*",
  "font-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
];

/** For `<meta http-equiv>`, where browsers refuse `frame-ancestors`. */
export const metaContentSecurityPolicy = directives.join('; ');

export const contentSecurityPolicy = [...directives, "frame-ancestors 'none'"].join('; ');

/** What the built app is served with. The dev server leaves the policy out: React Refresh is an inline script. */
export const appHeaders = {
  ...isolation,
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};
