import { z } from 'zod';
import { ProblemError } from '../../core/problem';
import type { ModelAddress } from './address';
import { type Conditions, PassingFailure, patiently, refuse } from './answers';

/** A file of a repository, as the hub lists it. */
export interface HubFile {
  readonly path: string;
  readonly size: number;
  /** Of files in large file storage: hexadecimal. */
  readonly sha256?: string;
  /** Of all others. */
  readonly gitOid?: string;
}

export interface Repository {
  /** The commit, so that a download that goes on tomorrow is of the same files. */
  readonly commit: string;
  readonly files: readonly HubFile[];
  /** "creativeml-openrail-m" */
  readonly license?: string;
  /** Its owner gives access after terms were accepted. */
  readonly gated: boolean;
}

const about = z.object({
  sha: z.string().regex(/^[0-9a-f]{40}$/),
  gated: z.union([z.boolean(), z.string()]).optional(),
  tags: z.array(z.string()).optional(),
});

const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`));

const listing = z.array(
  z.object({
    type: z.string(),
    path: z.string(),
    size: z.int().min(0).default(0),
    oid: hex(40).optional(),
    lfs: z.object({ oid: hex(64), size: z.int().min(0) }).optional(),
  }),
);

/** The pages of a listing; a hub sends 1,000 files at a time. */
const pageLimit = 50;

/** Asks a hub and checks what it says. `path` begins with a slash. */
async function ask<T>(
  url: string,
  schema: z.ZodType<T>,
  name: string,
  conditions: Conditions,
): Promise<{ readonly body: T; readonly next: string | undefined }> {
  const { signal, token, patience = 30_000 } = conditions;
  const { host, origin } = new URL(url);
  let answered = false;
  return patiently(
    async () => {
      const late = AbortSignal.timeout(patience);
      const answer = await fetch(url, {
        headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
        signal: AbortSignal.any([signal, late]),
        credentials: 'omit',
      }).catch((thrown: unknown) => {
        throw late.aborted ? new PassingFailure('no answer') : thrown;
      });
      answered = true;
      if (!answer.ok) refuse(answer, name, token !== undefined);
      const text = await answer.text();
      const body = schema.safeParse(parsed(text));
      if (!body.success)
        throw new ProblemError({
          what: `${host} does not answer as the Hugging Face Hub does.`,
          cure: 'Check the address of the mirror.',
        });
      const link = /<([^>]+)>;\s*rel="next"/.exec(answer.headers.get('link') ?? '')?.[1];
      // A mirror may hand on the hub's own links.
      const next = link === undefined ? undefined : new URL(link, url);
      return { body: body.data, next: next && origin + next.pathname + next.search };
    },
    host,
    conditions,
    { answered: () => answered, progressed: () => false },
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const encoded = (path: string) => path.split('/').map(encodeURIComponent).join('/');

/** Where a file of a repository is. */
export const fileAddress = (endpoint: string, repo: string, revision: string, path: string): string =>
  `${endpoint}/${repo}/resolve/${encodeURIComponent(revision)}/${encoded(path)}`;

/** What a repository holds. Throws a `ProblemError`: an `AccessProblem` where the hub asks for a token. */
export async function openRepository(
  { endpoint, repo, revision }: Extract<ModelAddress, { on: 'hub' }>,
  conditions: Conditions,
): Promise<Repository> {
  const api = `${endpoint}/api/models/${repo}`;
  const { body } = await ask(`${api}/revision/${encodeURIComponent(revision)}`, about, repo, conditions);
  const files: HubFile[] = [];
  let page: string | undefined = `${api}/tree/${body.sha}?recursive=true`;
  for (let count = 0; page !== undefined && count < pageLimit; count++) {
    const answer: { body: z.output<typeof listing>; next: string | undefined } = await ask(
      page,
      listing,
      repo,
      conditions,
    );
    for (const { type, path, size, oid, lfs } of answer.body)
      if (type === 'file')
        files.push({
          path,
          size: lfs?.size ?? size,
          ...(lfs ? { sha256: lfs.oid } : oid !== undefined && { gitOid: oid }),
        });
    page = answer.next;
  }
  const license = body.tags?.find((tag) => tag.startsWith('license:'))?.slice('license:'.length);
  return {
    commit: body.sha,
    files,
    ...(license !== undefined && { license }),
    gated: body.gated !== undefined && body.gated !== false,
  };
}
