import { type Document, limits, parseDocument } from '../../core/document';
import { ProblemError } from '../../core/problem';
import { share as words } from '../text/share';

/** The host that an address names, as people read it; undefined for what is no address of the web. */
export function hostOf(url: string): string | undefined {
  try {
    const { protocol, host } = new URL(url);
    return protocol === 'https:' || protocol === 'http:' ? host : undefined;
  } catch {
    return undefined;
  }
}

/** A graph file from an address. Throws a `ProblemError`. */
export async function fetchGraph(url: string): Promise<Document> {
  const host = hostOf(url);
  if (host === undefined) throw new ProblemError({ what: words.notAnAddress, cure: words.notAnAddressCure });
  let response: Response;
  try {
    response = await fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer' });
  } catch (cause) {
    throw new ProblemError({ what: words.unreachable(host), cure: words.unreachableCure }, { cause });
  }
  if (!response.ok) throw new ProblemError({ what: words.refused(host, response.status) });
  return parseDocument(await textOf(response, host));
}

/** At most as much as a graph may have, whatever the server says of its length. */
async function textOf(response: Response, host: string): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done || !value) return new Blob(parts as BlobPart[]).text();
    size += value.length;
    if (size > limits.bytes) {
      void reader?.cancel();
      throw new ProblemError({ what: words.tooLarge(host) });
    }
    parts.push(value);
  }
}
