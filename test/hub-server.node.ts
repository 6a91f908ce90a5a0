import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the server does wrong on purpose. Counts go down as it is done. */
export interface Faults {
  /** Connections that are cut in the middle of a body, and after how many bytes of it. */
  cuts?: number;
  cutAfter?: number;
  /** Answers with another status than 200. */
  refusals?: { count: number; status: number; headers?: Record<string, string> };
  /** Files that are asked for with this in their path are not there. */
  missing?: string;
  /** Bodies in which one byte is wrong. */
  corrupted?: number;
  /** Connections that stay open and send nothing after half of a large file. */
  stalls?: number;
  /** Range requests are answered with the whole file. */
  wholeAlways?: boolean;
  /** Range requests are answered from another place than asked for. */
  wrongRanges?: number;
  /** Added to what listings say of a file's size. */
  sizeOff?: number;
  /** Only requests with this token are answered. */
  token?: string;
  /** Bytes that are sent before a pause, and the pause in milliseconds. */
  slow?: { bytes: number; pause: number };
}

type Repositories = Readonly<Record<string, Readonly<Record<string, Uint8Array>>>>;

const commit = '0123456789abcdef0123456789abcdef01234567';
/** Files up to this size are in git itself, larger ones in large file storage. */
const inGit = 10_000;
/** Files of one page of a listing; the hub has 1,000. */
const pageSize = 5;

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const gitOid = (bytes: Uint8Array) => createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');

export interface HubServer {
  readonly url: string;
  faults: Faults;
  /** "GET /path bytes=5-" of each request, in order. */
  readonly requests: string[];
  close(): Promise<void>;
}

/**
 * A server on this machine that speaks the Hugging Face Hub's API as far as downloads need it: repositories with their
 * licence, listings in pages, files of git and of large file storage behind a redirect, byte ranges, tokens, CORS.
 */
export async function startHub(repositories: Repositories): Promise<HubServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const hub: HubServer = {
    url,
    faults: {},
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const json = (response: ServerResponse, body: unknown, headers: Record<string, string> = {}) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
  const status = (response: ServerResponse, code: number, headers: Record<string, string> = {}) => {
    response.writeHead(code, headers);
    response.end();
  };

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    for (const [name, value] of Object.entries({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'authorization, range',
      'access-control-expose-headers': 'Link, ETag, Accept-Ranges, Content-Range, Retry-After, X-Linked-ETag',
    }))
      response.setHeader(name, value);
    if (request.method === 'OPTIONS') return status(response, 204);
    if (pathname === '/faults' && request.method === 'POST') {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      hub.faults = JSON.parse(Buffer.concat(chunks).toString()) as Faults;
      return status(response, 204);
    }
    requests.push(`GET ${pathname}${request.headers.range ? ` ${request.headers.range}` : ''}`);
    const { faults } = hub;
    if (faults.refusals && faults.refusals.count-- > 0)
      return status(response, faults.refusals.status, faults.refusals.headers);
    const isStorage = pathname.startsWith('/storage/');
    if (faults.token !== undefined && !isStorage && request.headers.authorization !== `Bearer ${faults.token}`)
      return status(response, 401, { 'x-error-code': 'GatedRepo' });
    const parts = pathname.split('/').filter(Boolean).map(decodeURIComponent);
    if (parts[0] === 'api') {
      const repo = `${parts[2]}/${parts[3]}`;
      const files = repositories[repo];
      if (!files || (parts[5] !== 'main' && parts[5] !== commit)) return status(response, 404);
      if (parts[4] === 'revision')
        return json(response, {
          id: repo,
          sha: commit,
          gated: faults.token === undefined ? false : 'manual',
          tags: ['diffusers', 'license:creativeml-openrail-m'],
        });
      const from = Number(searchParams.get('cursor') ?? 0);
      const all = Object.entries(files);
      const next = from + pageSize < all.length && `${url}${pathname}?recursive=true&cursor=${from + pageSize}`;
      return json(
        response,
        all.slice(from, from + pageSize).map(([path, bytes]) => {
          const size = bytes.length + (faults.sizeOff ?? 0);
          return {
            type: 'file',
            path,
            size,
            oid: gitOid(bytes),
            ...(bytes.length > inGit && { lfs: { oid: sha256(bytes), size, pointerSize: 134 } }),
          };
        }),
        next ? { link: `<${next}>; rel="next"` } : {},
      );
    }
    const [owner, name, , , ...rest] = isStorage ? parts.slice(1) : parts;
    const path = rest.join('/');
    const bytes = repositories[`${owner}/${name}`]?.[path];
    if (!bytes || (faults.missing !== undefined && path.includes(faults.missing))) return status(response, 404);
    if (bytes.length > inGit && !isStorage)
      return status(response, 302, {
        location: `${url}/storage${pathname}`,
        'x-linked-etag': `"${sha256(bytes)}"`,
      });
    return send(request, response, bytes);
  }

  async function send(request: IncomingMessage, response: ServerResponse, file: Uint8Array) {
    const { faults } = hub;
    const asked = faults.wholeAlways ? undefined : /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
    let begin = asked === undefined ? 0 : Number(asked);
    if (begin >= file.length && asked !== undefined)
      return status(response, 416, { 'content-range': `bytes */${file.length}` });
    if (begin > 0 && (faults.wrongRanges ?? 0) > 0) {
      faults.wrongRanges = (faults.wrongRanges ?? 0) - 1;
      begin -= 1;
    }
    const body = Buffer.from(file.subarray(begin));
    if ((faults.corrupted ?? 0) > 0 && body.length > 0) {
      faults.corrupted = (faults.corrupted ?? 0) - 1;
      const at = Math.floor(body.length / 2);
      body[at] = (body[at] ?? 0) ^ 0xff;
    }
    response.writeHead(asked === undefined ? 200 : 206, {
      'content-type': 'application/octet-stream',
      'content-length': body.length,
      'accept-ranges': 'bytes',
      etag: `"${sha256(file)}"`,
      ...(asked !== undefined && { 'content-range': `bytes ${begin}-${file.length - 1}/${file.length}` }),
    });
    const cut = (faults.cuts ?? 0) > 0 && body.length > (faults.cutAfter ?? 0);
    if (cut) {
      faults.cuts = (faults.cuts ?? 0) - 1;
      response.write(body.subarray(0, faults.cutAfter ?? 0), () => response.destroy());
      return;
    }
    if ((faults.stalls ?? 0) > 0 && body.length > inGit) {
      faults.stalls = (faults.stalls ?? 0) - 1;
      response.write(body.subarray(0, body.length >> 1));
      return;
    }
    const { bytes: atOnce, pause } = faults.slow ?? { bytes: body.length || 1, pause: 0 };
    for (let at = 0; at < body.length && !response.destroyed; at += atOnce) {
      response.write(body.subarray(at, at + atOnce));
      if (pause > 0) await sleep(pause);
    }
    response.end();
  }

  return hub;
}
