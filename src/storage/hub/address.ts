import { ProblemError } from '../../core/problem';

/** Where the Hugging Face Hub is, unless the user names a mirror. */
export const usualEndpoint = 'https://huggingface.co';

/** What the user typed: a repository of a hub, perhaps one file of it, or a file somewhere else. */
export type ModelAddress =
  | {
      readonly on: 'hub';
      /** Without a slash at the end. */
      readonly endpoint: string;
      /** `owner/name` */
      readonly repo: string;
      /** Branch, tag or commit. */
      readonly revision: string;
      /** A file, where the address names one. */
      readonly path?: string;
      /** The precision that the end of the address asks for: `#fp16`. */
      readonly variant?: string;
    }
  | { readonly on: 'web'; readonly url: string; readonly sha256?: string };

const repoPattern = /^[\w.-]{1,96}\/[\w.-]{1,96}$/;
const hosts = new Set(['huggingface.co', 'www.huggingface.co', 'hf.co', 'hf-mirror.com']);

const refuse = (what: string, cure: string): never => {
  throw new ProblemError({ what, cure });
};

function hubAddress({ pathname, hash }: URL, endpoint: string): ModelAddress {
  const parts = pathname.split('/').filter(Boolean).map(decodeURIComponent);
  const [owner = '', name = '', verb, revision, ...rest] = parts;
  if (['datasets', 'spaces', 'collections', 'papers', 'docs'].includes(owner))
    refuse(`This address leads to ${owner} on the hub, not to a model.`, 'Paste the address of a model.');
  const repo = `${owner}/${name}`;
  if (!repoPattern.test(repo))
    refuse('This address names no model.', 'Models of the hub are called OWNER/NAME; paste the address of their page.');
  const path = rest.join('/');
  const isFile = (verb === 'resolve' || verb === 'blob' || verb === 'raw') && path !== '';
  const variant = hash.slice(1);
  return {
    on: 'hub',
    endpoint,
    repo,
    revision: revision ?? 'main',
    ...(isFile && { path }),
    ...(variant && { variant }),
  };
}

/**
 * Reads what a person typed or pasted: `owner/name`, `owner/name@revision`, a page or file address of the hub or of the
 * mirror at `endpoint`, or the address of a file elsewhere, with `#sha256=<hex>` at the end where its hash is known.
 * Addresses of the hub are taken to `endpoint`. Throws a sentence for everything else.
 */
export function readAddress(text: string, endpoint = usualEndpoint): ModelAddress {
  const typed = text.trim();
  const plain = /^([\w.-]+\/[\w.-]+)(?:@([\w./-]+))?$/.exec(typed);
  if (plain?.[1] && !/^(www\.|hf\.co|huggingface\.co)/.test(typed))
    return { on: 'hub', endpoint, repo: plain[1], revision: plain[2] ?? 'main' };
  const withScheme = /^(www\.)?(huggingface\.co|hf\.co|hf-mirror\.com|civitai\.com)\//.test(typed)
    ? `https://${typed}`
    : typed;
  if (!URL.canParse(withScheme))
    return refuse('This is neither a model of the hub nor an address.', 'Type OWNER/NAME, or paste an address.');
  const url = new URL(withScheme);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return refuse(`Nothing can be downloaded from a ${url.protocol} address.`, 'Paste one that begins with https.');
  if (hosts.has(url.host) || url.origin === endpoint) return hubAddress(url, endpoint);
  const version = url.searchParams.get('modelVersionId');
  if (url.host === 'civitai.com' && /^\/models\//.test(url.pathname)) {
    if (version === null || !/^\d+$/.test(version))
      return refuse('This page has several files.', 'Copy the address of the Download button of the one you want.');
    return { on: 'web', url: `https://civitai.com/api/download/models/${version}` };
  }
  const sha256 = /^#sha256=([0-9a-f]{64})$/i.exec(url.hash)?.[1]?.toLowerCase();
  url.hash = '';
  return { on: 'web', url: url.href, ...(sha256 !== undefined && { sha256 }) };
}

/** The address of a mirror as it is kept: its origin. Throws a sentence when it is none. */
export function readEndpoint(text: string): string {
  const typed = text.trim() || usualEndpoint;
  const url = URL.canParse(typed) ? new URL(typed) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    return refuse(`${typed} is not the address of a hub.`, 'It looks like https://hf-mirror.com.');
  return url.origin;
}
