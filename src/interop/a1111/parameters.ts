/** What AUTOMATIC1111's web UI writes below a picture (`create_infotext` in modules/processing.py). */
export interface Parameters {
  readonly prompt: string;
  readonly negative: string;
  /** "Steps", "Sampler", "CFG scale" and so on, as they are called there. */
  readonly settings: ReadonlyMap<string, string>;
}

const setting = /\s*(\w[\w \-/]+):\s*("(?:\\.|[^\\"])+"|[^,]*)(?:,|$)/g;

function unquoted(value: string): string {
  if (!value.startsWith('"')) return value;
  try {
    return String(JSON.parse(value));
  } catch {
    return value;
  }
}

/** Reads such a text; undefined where it is none: its last line has to name settings. */
export function parseParameters(text: string): Parameters | undefined {
  const lines = text.slice(0, 200_000).replace(/\r\n?/g, '\n').trim().split('\n');
  const last = lines.at(-1) ?? '';
  const settings = new Map(
    [...last.slice(0, 20_000).matchAll(setting)].map(([, name = '', value = '']) => [name, unquoted(value.trim())]),
  );
  if (!settings.has('Steps') && settings.size < 3) return undefined;
  if (!['Steps', 'Sampler', 'Seed', 'CFG scale', 'Size'].some((name) => settings.has(name))) return undefined;
  const words = lines.slice(0, -1);
  const from = words.findIndex((line) => line.trimStart().startsWith('Negative prompt:'));
  const positive = from < 0 ? words : words.slice(0, from);
  const negative = from < 0 ? [] : words.slice(from);
  return {
    prompt: positive.join('\n').trim(),
    negative: negative
      .join('\n')
      .replace(/^\s*Negative prompt:\s?/, '')
      .trim(),
    settings,
  };
}
