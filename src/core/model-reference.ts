import { z } from 'zod';

/** What a model file can be. An ONNX folder is a checkpoint whose networks are built already. */
export const modelKinds = [
  'checkpoint',
  'unet',
  'vae',
  'text-encoder',
  'controlnet',
  'lora',
  'embedding',
  'onnx',
] as const;

export type ModelKind = (typeof modelKinds)[number];

const schema = z.strictObject({
  /** SHA-256 of the file; of a folder, the SHA-256 of what `sha256sum` prints for its files, sorted by path. */
  hash: z.string().regex(/^sha256:[0-9a-f]{64}$/, 'The hash of a model is "sha256:" and 64 hexadecimal digits.'),
  /** What it was called where the graph was made. */
  name: z.string().min(1).max(200),
  /** Bytes, of all its files. */
  size: z.int().min(0).exactOptional(),
  /** The page or file on the web that it came from. */
  source: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .exactOptional(),
});

/** A model by its content: found under any name, and with a hint where to get it when it is not there. */
export type HashedModel = z.output<typeof schema>;

/** How a parameter names a model: "tiny", a path in the terminal, or a model by its content. */
export type ModelReference = string | HashedModel;

/** The parameter of a node that loads a model; `accepts` are the kinds that its widget offers. */
export const modelReference = (options: {
  readonly accepts: readonly [ModelKind, ...ModelKind[]];
  readonly description: string;
}) =>
  z
    .union([z.string().max(1000), schema], { error: 'Choose a model: by name, or by its hash and name.' })
    .meta({ widget: 'model', accepts: options.accepts, description: options.description });

/** The reference in a stored parameter, or undefined when it is none. */
export function asModelReference(value: unknown): ModelReference | undefined {
  if (typeof value === 'string') return value;
  const { data } = schema.safeParse(value);
  return data;
}

/** What a model is called, for people. */
export const modelName = (reference: ModelReference): string =>
  typeof reference === 'string' ? (/^sha256:[0-9a-f]{64}\/(.+)$/.exec(reference)?.[1] ?? reference) : reference.name;
