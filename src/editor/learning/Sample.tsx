import { useLayoutEffect, useRef } from 'react';
import type { Picture } from '../../engine/events';

/** A small picture of what a lesson draws on the way. */
export function Sample({ picture, label }: { readonly picture: Picture; readonly label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height, pixels } = picture;
  useLayoutEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
  }, [pixels, width, height]);
  return <canvas ref={canvas} role="img" aria-label={label} data-help={label} width={width} height={height} />;
}
