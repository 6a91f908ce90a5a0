import { ascii, big, joined, type Pieces, sizeOf } from './bytes';
import type { Packet, Video } from './video';

/** Sizes in eight bytes, which any size fits into. */
const element = (id: number, ...body: Pieces): Pieces => [
  big(id, Math.ceil(Math.log2(id + 1) / 8)),
  Uint8Array.of(1),
  big(sizeOf(body), 7),
  body,
];

const whole = (id: number, value: number): Pieces => element(id, big(value, 6));
const words = (id: number, text: string): Pieces => element(id, ascii(text));

function real(id: number, value: number): Pieces {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value);
  return element(id, bytes);
}

const codecNames: Readonly<Record<string, string>> = { vp8: 'V_VP8', vp09: 'V_VP9' };

/** A WebM file (Matroska with the elements that webmproject.org/docs/container lists). Times are milliseconds. */
export function muxWebm({ codec, width, height, duration, packets }: Video): Uint8Array<ArrayBuffer> {
  const head = element(
    0x1a45dfa3,
    whole(0x4286, 1), // EBMLVersion
    whole(0x42f7, 1), // EBMLReadVersion
    whole(0x42f2, 4), // EBMLMaxIDLength
    whole(0x42f3, 8), // EBMLMaxSizeLength
    words(0x4282, 'webm'), // DocType
    whole(0x4287, 4), // DocTypeVersion
    whole(0x4285, 2), // DocTypeReadVersion
  );
  const info = element(
    0x1549a966,
    whole(0x2ad7b1, 1_000_000), // TimestampScale: nanoseconds
    real(0x4489, duration), // Duration
    words(0x4d80, 'Weft'), // MuxingApp
    words(0x5741, 'Weft'), // WritingApp
  );
  const track = element(
    0xae,
    whole(0xd7, 1), // TrackNumber
    whole(0x73c5, 1), // TrackUID
    whole(0x83, 1), // TrackType: video
    words(0x86, codecNames[codec.split('.')[0] ?? ''] ?? codec), // CodecID
    element(0xe0, whole(0xb0, width), whole(0xba, height)), // Video: PixelWidth, PixelHeight
  );
  const tracks = element(0x1654ae6b, track);
  const clusters = clustersOf(packets).map((cluster) => clusterElement(cluster));
  // Where clusters are stands before them, as its size does not depend on it.
  const cuesFor = (base: number) => {
    let at = base;
    const points = clustersOf(packets).map(([first], i) => {
      const place = at;
      at += sizeOf(clusters[i] ?? []);
      // CuePoint: CueTime, CueTrackPositions (CueTrack, CueClusterPosition).
      return element(
        0xbb,
        whole(0xb3, Math.round(first?.time ?? 0)),
        element(0xb7, whole(0xf7, 1), whole(0xf1, place)),
      );
    });
    return element(0x1c53bb6b, points);
  };
  const cues = cuesFor(sizeOf([info, tracks, cuesFor(0)]));
  return joined([head, element(0x18538067, info, tracks, cues, clusters)]);
}

/** Each begins with a key frame; blocks count their time from it, in 16 bits. */
function clustersOf(packets: readonly Packet[]): Packet[][] {
  const clusters: Packet[][] = [];
  for (const packet of packets) {
    const current = clusters.at(-1);
    const since = packet.time - (current?.[0]?.time ?? 0);
    if (!current || packet.key || since > 30_000) clusters.push([packet]);
    else current.push(packet);
  }
  return clusters;
}

function clusterElement(packets: readonly Packet[]): Pieces {
  const start = Math.round(packets[0]?.time ?? 0);
  const blocks = packets.map(({ bytes, time, key }) =>
    // SimpleBlock: the track, the time after the cluster's, and whether nothing before it is needed.
    element(0xa3, Uint8Array.of(0x81), big(Math.round(time) - start, 2), Uint8Array.of(key ? 0x80 : 0), bytes),
  );
  return element(0x1f43b675, whole(0xe7, start), blocks);
}
