/** Serves a folder of files with the app's headers. */
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';
import { appHeaders } from './headers.mjs';

/** @type {Record<string, string>} */
const contentTypes = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/**
 * The file an address names, or undefined where it names none inside the folder.
 * @param {string} folder
 * @param {string} address
 */
function fileAt(folder, address) {
  try {
    const path = decodeURIComponent(new URL(address, 'http://localhost').pathname);
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    const found = statSync(file, { throwIfNoEntry: false });
    return file.startsWith(folder + sep) && found?.isFile()
      ? { file, size: found.size, time: found.mtimeMs }
      : undefined;
  } catch {
    return undefined; // A malformed address, or one with a zero byte.
  }
}

/** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response @param {string} folder */
function answer(request, response, folder) {
  for (const [name, value] of Object.entries(appHeaders)) response.setHeader(name, value);
  if (request.method !== 'GET' && request.method !== 'HEAD') return response.writeHead(405).end();
  const found = fileAt(folder, request.url ?? '/');
  if (!found) return response.writeHead(404, { 'Content-Type': 'text/plain' }).end('There is no such file.\n');
  const tag = `"${found.size.toString(36)}-${Math.round(found.time).toString(36)}"`;
  response.setHeader('ETag', tag);
  response.setHeader('Cache-Control', 'no-cache');
  if (request.headers['if-none-match'] === tag) return response.writeHead(304).end();
  response.writeHead(200, {
    'Content-Type': contentTypes[extname(found.file)] ?? 'application/octet-stream',
    'Content-Length': found.size,
  });
  if (request.method === 'HEAD') return response.end();
  return createReadStream(found.file)
    .on('error', () => response.destroy())
    .pipe(response);
}

/**
 * Listens on `port` of this machine, or on the next free one where `strict` is not asked for.
 * @param {string} folder
 * @param {number} port
 * @param {boolean} strict
 * @returns {Promise<number>} the port
 */
export function serve(folder, port, strict) {
  const server = createServer((request, response) => answer(request, response, folder));
  return new Promise((resolve, reject) => {
    let next = port;
    server.on('listening', () => resolve(next));
    server.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code !== 'EADDRINUSE' || strict || next >= port + 100) return reject(error);
      next += 1;
      server.listen(next, 'localhost');
    });
    server.listen(next, 'localhost');
  });
}
