import type { AnimationFormat } from '../../core/define-node';
import { ProblemError } from '../../core/problem';
import type { Film } from './film';

/** What files of each format are called, and what they are. */
export const animationFiles: Readonly<Record<AnimationFormat, { readonly ending: string; readonly type: string }>> = {
  gif: { ending: 'gif', type: 'image/gif' },
  apng: { ending: 'png', type: 'image/apng' },
  webp: { ending: 'webp', type: 'image/webp' },
  mp4: { ending: 'mp4', type: 'video/mp4' },
  webm: { ending: 'webm', type: 'video/webm' },
};

/** A film as a file. Browsers make all formats that their codecs allow, the terminal GIF and APNG. */
export async function encodeAnimation(film: Film, format: AnimationFormat): Promise<Uint8Array<ArrayBuffer>> {
  switch (format) {
    case 'gif':
      return (await import('./gif')).encodeGif(film);
    case 'apng':
      return (await import('./apng')).encodeApng(film);
    case 'webp':
      return (await import('./webp')).joinWebp(film, await stillsOf(film));
    case 'mp4':
    case 'webm': {
      const { encodeVideo } = await import('./video');
      const video = await encodeVideo(film, format);
      return format === 'mp4' ? (await import('./mp4')).muxMp4(video) : (await import('./webm')).muxWebm(video);
    }
  }
}

/** Each frame as a WebP file, with hardly a loss. */
async function stillsOf({ width, height, frames }: Film): Promise<Uint8Array[]> {
  if (typeof OffscreenCanvas === 'undefined')
    throw new ProblemError({ what: 'Only browsers make WebP files.', cure: 'Choose GIF or APNG.' });
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  const stills: Uint8Array[] = [];
  for (const { pixels } of frames) {
    context?.putImageData(new ImageData(pixels, width, height), 0, 0);
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.95 });
    if (blob.type !== 'image/webp')
      throw new ProblemError({ what: 'This browser makes no WebP files.', cure: 'Choose APNG.' });
    stills.push(new Uint8Array(await blob.arrayBuffer()));
  }
  return stills;
}
