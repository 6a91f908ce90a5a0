import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import { ProblemError } from '../../src/core/problem';
import type { Conditioning, TokenStrip } from '../../src/core/values';
import type { ArrayFile } from '../../src/formats/array-file';

const unchosen = {
  port: 'file',
  what: 'No file is chosen.',
  cure: 'Choose a .npy or .safetensors file: a saved conditioning, or prompt embeddings of diffusers.',
};

export default defineNode({
  type: 'text/load-conditioning',
  version: 1,
  title: 'Load conditioning',
  help: 'What a prompt became, from a file: one that was saved from a wire, or prompt embeddings that numpy or torch saved.',
  alsoCalled: 'prompt_embeds, .npy',
  icon: 'file-text',
  params: z.object({
    file: z
      .string()
      .max(1000)
      .default('')
      .meta({ widget: 'file', accept: '.npy,.safetensors,.pt', description: 'A .npy, .safetensors or .pt file.' }),
  }),
  in: {},
  out: {
    conditioning: { kind: 'conditioning', help: 'The conditioning, with the tokens of its prompt if Weft saved it.' },
  },
  foresee: ({ params }) => (params.file === '' ? { problems: [unchosen] } : {}),
  async run({ params: { file }, device, host }) {
    if (!file) throw new ProblemError(unchosen);
    const { openArrayFile } = await import('../../src/formats/array-file');
    const arrays = openArrayFile(await host.open(file));
    const names = arrays.names.filter((name) => [2, 3].includes(arrays.shape(name)?.length ?? 0));
    const saved = names.filter((name) => /^conditioning\.\d+$/.test(name));
    const [first] = names;
    if (!first || (saved.length === 0 && names.length > 1))
      throw new ProblemError({
        port: 'file',
        what: first
          ? `The file has ${names.length} tensors that could be the conditioning: ${names.slice(0, 4).join(', ')}.`
          : 'The file has no conditioning [1, tokens, width].',
        cure: 'Save the conditioning alone.',
      });
    const entries = entriesIn(arrays);
    const conditioning: Conditioning = (saved.length ? saved : [first]).map((name, i) => {
      const { dims, data } = arrays.read(name);
      const shape = dims.length === 2 ? [1, ...dims] : dims;
      if (shape[0] !== 1)
        throw new ProblemError({
          port: 'file',
          what: `The conditioning is [${dims.join(', ')}]: that of ${shape[0]} prompts at once.`,
          cure: 'Save each prompt’s by itself.',
        });
      const { strip, during } = entries?.[i] ?? {};
      return { tokens: device.tensor(data, shape), strip: strip ?? unknownStrip, ...(during && { during }) };
    });
    return { conditioning };
  },
});

/** Nothing is known of the prompt. */
const unknownStrip: TokenStrip = { chunks: [], cut: '', unknown: [] };

const token = z.object({
  id: z.int(),
  text: z.string(),
  weight: z.number(),
  learned: z.object({ word: z.string(), row: z.int() }).optional(),
});
const stored = z.array(
  z.object({
    strip: z.object({ chunks: z.array(z.array(token)), cut: z.string(), unknown: z.array(z.string()) }),
    during: z.object({ count: z.int(), at: z.array(z.int()) }).optional(),
  }),
);

/** What Weft noted of each entry: its tokens, and the steps for which it holds. */
function entriesIn({ metadata }: ArrayFile): readonly Pick<Conditioning[number], 'strip' | 'during'>[] | undefined {
  try {
    return stored.parse(JSON.parse(metadata.entries ?? '')).map(({ strip, during }) => ({
      strip: {
        ...strip,
        chunks: strip.chunks.map((chunk) =>
          chunk.map(({ learned, ...rest }) => ({ ...rest, ...(learned && { learned }) })),
        ),
      },
      ...(during && { during }),
    }));
  } catch {
    return undefined; // Not saved by Weft.
  }
}
