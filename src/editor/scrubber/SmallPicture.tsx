import { memo, useLayoutEffect, useRef } from 'react';
import type { Picture } from '../../engine/events';

/** A small picture with a name; smoothed where it is shown larger than it is. */
export const SmallPicture = memo(function SmallPicture({
  picture: { width, height, pixels },
  label,
}: {
  readonly picture: Picture;
  readonly label: string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
  }, [pixels, width, height]);
  return <canvas ref={canvas} width={width} height={height} role="img" aria-label={label} />;
});
