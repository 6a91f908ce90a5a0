import { ascii, big, joined, type Pieces, sizeOf } from './bytes';
import type { Video } from './video';

const box = (name: string, ...body: Pieces): Pieces => [big(8 + sizeOf(body), 4), ascii(name), body];
const fullBox = (name: string, version: number, flags: number, ...body: Pieces): Pieces =>
  box(name, big(version, 1), big(flags, 3), body);
const zeros = (count: number) => new Uint8Array(count);

/** Units of time in a second. */
const scale = 1000;

/** No turn, no stretch, as 16.16 and 2.30 fixed point numbers. */
const unity = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].map((value) => big(value, 4));

const primaries: Readonly<Record<string, number>> = { bt709: 1, bt470bg: 5, smpte170m: 6, bt2020: 9 };
const transfers: Readonly<Record<string, number>> = { bt709: 1, smpte170m: 6, linear: 8, 'iec61966-2-1': 13 };
const matrices: Readonly<Record<string, number>> = { rgb: 0, bt709: 1, bt470bg: 5, smpte170m: 6 };
const unspecified = 2;

/** How the codec is set up: the avcC record of H.264, or the vpcC of VP9 (webmproject.org/vp9/mp4). */
function codecBox({ codec, description, colors }: Video): Pieces {
  if (codec.startsWith('avc')) return box('avcC', description ?? zeros(0));
  const [, profile = 0, level = 41, depth = 8] = codec.split('.').map(Number);
  const chroma420 = 1;
  return fullBox(
    'vpcC',
    1,
    0,
    big(profile, 1),
    big(level, 1),
    big((depth << 4) | (chroma420 << 1) | (colors?.fullRange ? 1 : 0), 1),
    big(primaries[colors?.primaries ?? ''] ?? unspecified, 1),
    big(transfers[colors?.transfer ?? ''] ?? unspecified, 1),
    big(matrices[colors?.matrix ?? ''] ?? unspecified, 1),
    big(0, 2),
  );
}

function sampleEntry(video: Video): Pieces {
  const { codec, width, height } = video;
  return box(
    codec.startsWith('avc') ? 'avc1' : 'vp09',
    zeros(6),
    big(1, 2), // where the data is: this file
    zeros(16),
    big(width, 2),
    big(height, 2),
    big(72 * 0x10000, 4),
    big(72 * 0x10000, 4),
    zeros(4),
    big(1, 2), // frames in a sample
    zeros(32),
    big(24, 2),
    big(0xffff, 2),
    codecBox(video),
  );
}

/** How long each sample is seen, from when it begins to when the next does. */
function durations({ packets, duration }: Video): number[] {
  const times = [...packets.map(({ time }) => time), duration].map((time) => Math.round((time * scale) / 1000));
  return packets.map((_, i) => (times[i + 1] ?? 0) - (times[i] ?? 0));
}

function movie(video: Video, firstByte: number): Pieces {
  const { width, height, packets } = video;
  const spans = durations(video);
  const length = spans.reduce((sum, span) => sum + span, 0);
  const keys = packets.flatMap(({ key }, i) => (key ? [i + 1] : []));
  const samples = box(
    'stbl',
    fullBox('stsd', 0, 0, big(1, 4), sampleEntry(video)),
    fullBox(
      'stts',
      0,
      0,
      big(spans.length, 4),
      spans.map((span) => [big(1, 4), big(span, 4)]),
    ),
    fullBox(
      'stss',
      0,
      0,
      big(keys.length, 4),
      keys.map((key) => big(key, 4)),
    ),
    // All samples lie in one chunk.
    fullBox('stsc', 0, 0, big(1, 4), big(1, 4), big(packets.length, 4), big(1, 4)),
    fullBox(
      'stsz',
      0,
      0,
      big(0, 4),
      big(packets.length, 4),
      packets.map(({ bytes }) => big(bytes.length, 4)),
    ),
    fullBox('stco', 0, 0, big(1, 4), big(firstByte, 4)),
  );
  const media = box(
    'mdia',
    fullBox('mdhd', 0, 0, zeros(8), big(scale, 4), big(length, 4), big(0x55c4, 2), zeros(2)), // language: none
    fullBox('hdlr', 0, 0, zeros(4), ascii('vide'), zeros(12), ascii('Weft\0')),
    box(
      'minf',
      fullBox('vmhd', 0, 1, zeros(8)),
      box('dinf', fullBox('dref', 0, 0, big(1, 4), fullBox('url ', 0, 1))),
      samples,
    ),
  );
  const track = box(
    'trak',
    // Enabled, in the movie, in its preview.
    fullBox(
      'tkhd',
      0,
      7,
      zeros(8),
      big(1, 4),
      zeros(4),
      big(length, 4),
      zeros(16),
      unity,
      big(width * 0x10000, 4),
      big(height * 0x10000, 4),
    ),
    media,
  );
  const head = fullBox(
    'mvhd',
    0,
    0,
    zeros(8),
    big(scale, 4),
    big(length, 4),
    big(0x10000, 4), // plays as fast as it is
    big(0x100, 2), // full volume
    zeros(10),
    unity,
    zeros(24),
    big(2, 4), // the next track
  );
  return box('moov', head, track);
}

/** An MP4 file (ISO/IEC 14496-12) whose table of contents comes first, so that it plays while it is loaded. */
export function muxMp4(video: Video): Uint8Array<ArrayBuffer> {
  const brand = video.codec.startsWith('avc') ? 'avc1' : 'iso6';
  const type = box('ftyp', ascii('isom'), big(0x200, 4), ascii('isom'), ascii('iso2'), ascii(brand), ascii('mp41'));
  const start = sizeOf([type, movie(video, 0)]) + 8;
  return joined([
    type,
    movie(video, start),
    box(
      'mdat',
      video.packets.map(({ bytes }) => bytes),
    ),
  ]);
}
