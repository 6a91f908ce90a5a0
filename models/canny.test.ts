import { expect, test } from 'vitest';
import recorded from '../test/fixtures/canny.json';
import { findEdges } from './canny';

const bytes = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

test.each(recorded.cases)(
  'edges of "$picture" from $low to $high after a blur of $blur are those of OpenCV',
  (settings) => {
    const { width, height, rgb } = recorded.pictures[settings.picture as keyof typeof recorded.pictures];
    const edges = findEdges({ data: bytes(rgb), width, height }, settings);
    const packed = bytes(settings.edges);
    const expected = Uint8Array.from(edges, (_, i) => ((packed[i >> 3] as number) >> (7 - (i & 7))) & 1);
    expect(edges).toEqual(expected);
  },
);
