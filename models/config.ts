import { z } from 'zod';

/**
 * Fields of a diffusers config that change nothing here: bookkeeping, training, and sizes that the inputs decide. A field
 * that is neither listed by its model nor here is refused, because ignoring one that matters would give wrong pictures.
 */
export const bookkeeping = {
  _class_name: z.unknown().optional(),
  _diffusers_version: z.unknown().optional(),
  _name_or_path: z.unknown().optional(),
  _commit_hash: z.unknown().optional(),
  _use_default_values: z.unknown().optional(),
  dropout: z.unknown().optional(),
  sample_size: z.unknown().optional(),
  // Of diffusers' EMAModel.save_pretrained.
  decay: z.unknown().optional(),
  inv_gamma: z.unknown().optional(),
  min_decay: z.unknown().optional(),
  optimization_step: z.unknown().optional(),
  power: z.unknown().optional(),
  update_after_step: z.unknown().optional(),
  use_ema_warmup: z.unknown().optional(),
};

/** A field that other models of the family use, of which this is the only value that means "not used". */
export function only<Value extends z.core.util.Literal>(...values: Value[]) {
  return z.literal(values).optional();
}

/** A size: positive, and small enough that a hostile config cannot ask for an endless graph. */
export function size(limit: number) {
  return z.number().int().min(1).max(limit);
}

/**
 * Reads a config. Throws one sentence that names the file, the field, and what is supported.
 * `file` is what people call it: "unet/config.json".
 */
export function parseConfig<Schema extends z.ZodType>(schema: Schema, json: unknown, file: string): z.output<Schema> {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  if (!issue) throw new Error(`${file} is not a config that Weft can read.`);
  if (issue.code === 'unrecognized_keys') {
    const fields = issue.keys.map(quoted).join(', ');
    throw new Error(
      `${file} has ${issue.keys.length === 1 ? 'the field' : 'the fields'} ${fields}, which Weft does not support.`,
    );
  }
  const field = issue.path.map(String).join('.');
  if (field === '') throw new Error(`${file} is not a config: ${issue.message}.`);
  const value = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], json);
  if (value === undefined) throw new Error(`${file} lacks the field ${quoted(field)}.`);
  throw new Error(
    `${file}: the field ${quoted(field)} is ${shown(value)}, which Weft does not support. ${issue.message}.`,
  );
}

/** Text from a file that a stranger made, cut to a readable length. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function quoted(name: string): string {
  return `"${name.length > 80 ? `${name.slice(0, 80)}…` : name}"`;
}
