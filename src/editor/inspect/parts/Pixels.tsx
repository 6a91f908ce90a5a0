import { useLayoutEffect, useRef } from 'react';

interface Props {
  readonly width: number;
  readonly height: number;
  /** RGBA. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  /** For those who do not see it; without one it is decoration. */
  readonly label?: string | undefined;
  readonly smooth?: boolean | undefined;
}

/** Pixels as wide as there is room. */
export function Pixels({ width, height, pixels, label, smooth }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
  }, [pixels, width, height]);
  return (
    <canvas
      ref={canvas}
      width={width}
      height={height}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
      style={{ imageRendering: smooth ? 'auto' : 'pixelated' }}
    />
  );
}
