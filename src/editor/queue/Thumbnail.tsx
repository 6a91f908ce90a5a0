import { memo, useLayoutEffect, useRef } from 'react';
import type { Picture } from '../../engine/events';

/** A picture small, beside words that say what it is. */
export const Thumbnail = memo(function Thumbnail({
  picture: { width, height, pixels },
}: {
  readonly picture: Picture;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
  }, [pixels, width, height]);
  return <canvas ref={canvas} width={width} height={height} aria-hidden />;
});
