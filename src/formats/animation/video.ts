import { ProblemError } from '../../core/problem';
import type { Film } from './film';

/** A picture as a codec packed it. */
export interface Packet {
  readonly bytes: Uint8Array;
  /** Milliseconds from the start. */
  readonly time: number;
  readonly key: boolean;
}

export interface Video {
  /** As WebCodecs names it: `vp09.00.10.08`. */
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly packets: readonly Packet[];
  /** What a decoder must know before the first packet; of H.264 the avcC record. */
  readonly description?: Uint8Array | undefined;
  readonly colors?: VideoColorSpaceInit | undefined;
}

/** The codecs of a container, the one that most programs play first. */
const codecs = {
  mp4: ['avc1.640028', 'avc1.42002a', 'vp09.00.41.08'],
  webm: ['vp09.00.41.08', 'vp8'],
} as const;

/** A key frame at least so often, in frames, so that one can jump to any place. */
const keyEvery = 24;

/** Packs a film as video with WebCodecs. Throws a sentence where the browser has none, or no codec for this container. */
export async function encodeVideo(film: Film, container: 'mp4' | 'webm'): Promise<Video> {
  const config = typeof VideoEncoder === 'undefined' ? undefined : await configFor(film, codecs[container]);
  if (!config)
    throw new ProblemError({
      what: `This browser cannot pack ${container === 'mp4' ? 'MP4' : 'WebM'} videos of ${film.width} × ${film.height}.`,
      cure: 'Choose another format; GIF and APNG work everywhere.',
    });
  const packets: Packet[] = [];
  let description: Uint8Array | undefined;
  let colors: VideoColorSpaceInit | undefined;
  let failure: unknown;
  const encoder = new VideoEncoder({
    output(chunk, metadata) {
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      packets.push({ bytes, time: chunk.timestamp / 1000, key: chunk.type === 'key' });
      const told = metadata?.decoderConfig;
      if (told?.description) description ??= bytesOf(told.description);
      colors ??= told?.colorSpace;
    },
    error(cause) {
      failure = cause;
    },
  });
  encoder.configure(config);
  const { width, height } = config;
  let time = 0;
  const add = (pixels: Uint8ClampedArray<ArrayBuffer>, at: number, key: boolean) => {
    const data = padded(pixels, film, width, height);
    const frame = new VideoFrame(data, {
      format: 'RGBX',
      codedWidth: width,
      codedHeight: height,
      timestamp: at * 1000,
    });
    encoder.encode(frame, { keyFrame: key });
    frame.close();
  };
  for (const [i, { pixels, milliseconds }] of film.frames.entries()) {
    add(pixels, time, i % keyEvery === 0);
    time += milliseconds;
    if (encoder.encodeQueueSize > 8)
      await new Promise((resolve) => encoder.addEventListener('dequeue', resolve, { once: true }));
  }
  // The last picture comes once more at the end, so that a player that knows only when frames begin keeps it as long.
  const last = film.frames.at(-1);
  const each = Math.min(...film.frames.map(({ milliseconds }) => milliseconds));
  if (last && last.milliseconds > 1.5 * each) add(last.pixels, time - each, false);
  await encoder.flush();
  encoder.close();
  if (failure) throw failure;
  return { codec: config.codec, width, height, duration: time, packets, description, colors };
}

async function configFor(
  { width, height, frames }: Film,
  names: readonly string[],
): Promise<VideoEncoderConfig | undefined> {
  const seconds = frames.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000;
  const rate = frames.length / seconds;
  // The codecs halve the resolution of colours, so sizes are even.
  const size = { width: width + (width % 2), height: height + (height % 2) };
  for (const codec of names) {
    const config: VideoEncoderConfig = {
      codec,
      ...size,
      // Noise packs badly, and what these videos show is noise in part.
      bitrate: Math.round(Math.max(1e6, size.width * size.height * rate * 0.5)),
      framerate: rate,
      ...(codec.startsWith('avc') && { avc: { format: 'avc' } }),
    };
    const { supported } = await VideoEncoder.isConfigSupported(config).catch(() => ({ supported: false }));
    if (supported) return config;
  }
  return undefined;
}

/** Brought to a size that is at most a pixel larger, by repeating the last column and row. */
function padded(
  pixels: Uint8ClampedArray<ArrayBuffer>,
  film: Film,
  width: number,
  height: number,
): Uint8ClampedArray<ArrayBuffer> {
  if (film.width === width && film.height === height) return pixels;
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = 4 * (Math.min(y, film.height - 1) * film.width + Math.min(x, film.width - 1));
      data.set(pixels.subarray(from, from + 4), 4 * (y * width + x));
    }
  return data;
}

const bytesOf = (data: AllowSharedBufferSource): Uint8Array =>
  ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice()
    : new Uint8Array(data).slice();
