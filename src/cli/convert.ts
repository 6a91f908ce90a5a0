import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { limits, writeDocument } from '../core/document';
import { ProblemError } from '../core/problem';
import { comfyuiFile } from '../interop/comfyui/files';
import type { Report } from '../interop/comfyui/report';
import { openGraph } from '../interop/import-file';

const forms = ['weft', 'comfy', 'comfy-prompt'] as const;
type Form = (typeof forms)[number];

const isForm = (text: string): text is Form => (forms as readonly string[]).includes(text);

/** Pictures and latents are far larger than the graphs in them. */
const LARGEST = 512 * 2 ** 20;

/** Turns a graph of one program into that of another; the report goes to stderr. Status 0. */
export function convertFile(
  from: string,
  to: string,
  options: { readonly to?: string; readonly models?: string },
): number {
  let bytes: Uint8Array;
  try {
    if (statSync(from).size > LARGEST) throw new Error('it is too large for a graph or a picture');
    bytes = readFileSync(from);
  } catch (cause) {
    throw new ProblemError({ what: `${from} cannot be read: ${(cause as Error).message}.` });
  }
  const title = path.basename(from).replace(/(\.weft)?\.[^.]+$/, '');
  const opened = openGraph(bytes, {
    id:
      title
        .replace(/[^A-Za-z0-9_.-]+/g, '-')
        .replace(/^[^A-Za-z0-9]+/, '')
        .slice(0, 60) || 'graph',
    title: title.slice(0, limits.text),
    model: (file) => modelBelow(options.models, file),
  });
  if (!opened)
    throw new ProblemError({
      what: `${from} carries no graph.`,
      cure: 'Web sites often take it out of pictures; the file as it was saved has it.',
    });
  const form = options.to ?? (opened.report ? 'weft' : 'comfy');
  if (!isForm(form))
    throw new ProblemError({ what: `There is no format "${form}".`, cure: 'There are weft, comfy and comfy-prompt.' });
  const { document } = opened;
  const text =
    form === 'weft' ? writeDocument(document) : comfyuiFile(document, form === 'comfy' ? 'workflow' : 'prompt');
  writeFileSync(to, text);
  if (opened.report) process.stderr.write(`${reportLines(opened.report).join('\n')}\n`);
  process.stdout.write(`${to}\n`);
  return 0;
}

/** A file of that name in the folder of models. */
function modelBelow(folder: string | undefined, file: string): string | undefined {
  if (!folder || !existsSync(folder)) return undefined;
  const name = file.split(/[\\/]/).at(-1);
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).find((entry) => entry.name === name);
  return found && path.resolve(found.parentPath, found.name);
}

function reportLines({ source, mapped, missing, models, remarks }: Report): string[] {
  const times = (list: Report['mapped']) =>
    list.map(({ name, count }) => (count > 1 ? `${name} (${count})` : name)).join(', ');
  return [
    `${source}.`,
    ...(mapped.length ? [`Weft has: ${times(mapped)}.`] : []),
    ...(missing.length ? [`Weft lacks: ${times(missing)}. They are kept as they are, and do not run.`] : []),
    ...models.map(({ file, found, source, hash }) => {
      const where = [source && `from ${source}`, hash].filter(Boolean).join(', ');
      return `Needs the model ${file}${found === undefined ? (where ? ` (${where})` : '') : ', which was found'}.`;
    }),
    ...remarks,
  ];
}
