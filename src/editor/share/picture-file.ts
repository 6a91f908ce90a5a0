import { type Document, writeDocument } from '../../core/document';
import type { Picture } from '../../engine/events';
import { describedJpeg } from '../../formats/jpeg';
import { readChunks, textChunk, writeChunks } from '../../formats/png-chunks';
import { describedWebp } from '../../formats/webp';
import { promptBehind } from '../history/describe';
import { registry } from '../registry';

export const forms = ['png', 'webp', 'jpeg'] as const;
export const carriedThings = ['graph', 'prompt', 'nothing'] as const;

/** How a picture leaves: as which file, how exact, and with what in it. */
export interface ExportChoice {
  readonly form: (typeof forms)[number];
  /** 0 to 1; PNG is always exact. */
  readonly quality: number;
  readonly carries: (typeof carriedThings)[number];
}

/** Where a picture came from: the graph as it ran, and the node that showed it. */
export interface Origin {
  readonly graph: Document | undefined;
  readonly node: string;
}

const usual: ExportChoice = { form: 'png', quality: 0.9, carries: 'graph' };
const key = 'weft-export';

/** What was chosen last. */
export function keptChoice(): ExportChoice {
  try {
    const { form, quality, carries } = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<ExportChoice>;
    return {
      form: forms.find((one) => one === form) ?? usual.form,
      quality: typeof quality === 'number' && quality >= 0 && quality <= 1 ? quality : usual.quality,
      carries: carriedThings.find((one) => one === carries) ?? usual.carries,
    };
  } catch {
    return usual; // Not readable, or storage is off.
  }
}

export function keepChoice(choice: ExportChoice) {
  try {
    localStorage.setItem(key, JSON.stringify(choice));
  } catch {
    // Storage is off; the usual choice is offered again.
  }
}

const described: {
  readonly [F in ExportChoice['form']]: (bytes: Uint8Array, texts: Texts) => Uint8Array<ArrayBuffer>;
} = {
  png(bytes, texts) {
    const [header, ...rest] = readChunks(bytes);
    if (!header) throw new Error('The PNG encoder wrote nothing.');
    return writeChunks([header, ...Object.entries(texts).map(([name, text]) => textChunk(name, text)), ...rest]);
  },
  // EXIF has one text, which says by itself what it is.
  webp: (bytes, { weft, Description = '' }) => describedWebp(bytes, weft === undefined ? Description : `weft:${weft}`),
  jpeg: (bytes, { weft, Description = '' }) => describedJpeg(bytes, weft === undefined ? Description : `weft:${weft}`),
};

/** `Description` is the keyword of the PNG standard. */
type Texts = { readonly weft?: string; readonly Description?: string };

function textsOf({ graph, node }: Origin, carries: ExportChoice['carries']): Texts | undefined {
  if (!graph || carries === 'nothing') return undefined;
  if (carries === 'graph') return { weft: writeDocument(graph) };
  const prompt = promptBehind(graph, registry, node);
  return prompt ? { Description: prompt } : undefined;
}

/** A picture as a file. Throws a sentence where the browser cannot write it, or the graph does not fit into it. */
export async function pictureFile(picture: Picture, origin: Origin, choice: ExportChoice): Promise<Blob> {
  const { pixels, width, height } = picture;
  const type = `image/${choice.form}`;
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
  const blob = await canvas.convertToBlob({ type, quality: choice.quality });
  // A browser that cannot write a form writes PNG instead.
  if (blob.type !== type) throw new Error(`This browser cannot write ${choice.form.toUpperCase()} files. Choose PNG.`);
  const texts = textsOf(origin, choice.carries);
  if (!texts) return blob;
  const bytes = described[choice.form](new Uint8Array(await blob.arrayBuffer()), texts);
  return new Blob([bytes], { type });
}

/** The name of a picture's file, from that of its graph. */
export const pictureFileName = ({ graph }: Origin, form: ExportChoice['form'], otherwise: string): string =>
  `${(graph?.name || otherwise).replace(/[/\\:*?"<>|]/g, '-')}.${form === 'jpeg' ? 'jpg' : form}`;
