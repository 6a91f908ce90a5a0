import { z } from 'zod';

const schema = z.object({
  lora_alpha: z.number().optional(),
  use_rslora: z.boolean().optional(),
  alpha_pattern: z.record(z.string(), z.number()).optional(),
});

type Settings = z.output<typeof schema>;

/** The factor of a layer's product, by the settings with which peft made it. */
export type AdapterScale = (part: 'unet' | 'text-encoder', module: string, rank: number) => number | undefined;

/**
 * Reads what diffusers' `save_lora_weights` says of peft's settings in the metadata: a JSON object whose keys begin with
 * `unet.` or `text_encoder.`. Throws a sentence where it is something else.
 */
export function readAdapterSettings(metadata: Readonly<Record<string, string>>): AdapterScale {
  const text = metadata.lora_adapter_metadata;
  if (text === undefined) return () => undefined;
  const settings = { unet: settingsOf(text, 'unet.'), 'text-encoder': settingsOf(text, 'text_encoder.') };
  return (part, module, rank) => {
    const { lora_alpha, use_rslora, alpha_pattern = {} } = settings[part];
    // peft takes these keys as patterns; here they are the ends of names, which is what is in use.
    const own = Object.entries(alpha_pattern).find(([key]) => `_${module}`.endsWith(`_${key}`.replaceAll('.', '_')));
    const alpha = own?.[1] ?? lora_alpha;
    return alpha === undefined ? undefined : alpha / (use_rslora ? Math.sqrt(rank) : rank);
  };
}

function settingsOf(text: string, prefix: string): Settings {
  try {
    const all = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
    const own = Object.entries(all).flatMap(([key, value]) =>
      key.startsWith(prefix) && value !== null ? [[key.slice(prefix.length), value] as const] : [],
    );
    return schema.parse(Object.fromEntries(own));
  } catch (cause) {
    throw new Error('What the LoRA file says of its settings ("lora_adapter_metadata") cannot be read.', { cause });
  }
}
