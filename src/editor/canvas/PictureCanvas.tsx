import { memo, useLayoutEffect, useRef, useState } from 'react';
import type { Picture } from '../../engine/events';
import { canvas as words } from '../text/canvas';
import css from './Preview.module.css';

interface Props {
  readonly picture: Picture;
  /** Which of several it is. */
  readonly label: string;
  /** It takes all the room there is and is smoothed, instead of being drawn pixel by pixel. */
  readonly fills?: boolean | undefined;
  /** Its place among the pictures of its node, for menus. */
  readonly index?: number | undefined;
}

/** The largest whole multiple of a picture's width that fits; a picture that does not fit is scaled down. */
const shownWidth = (picture: number, room: number): number =>
  picture > room ? room : Math.floor(room / picture) * picture;

/**
 * A picture pixel by pixel: small ones grow by whole factors with hard edges, so that no blur pretends to be detail.
 * On the canvas, where the zoom is seldom whole, it fills its node and is smoothed, which its help says.
 */
export const PictureCanvas = memo(function PictureCanvas({ picture, label, fills, index }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(0);
  const { width, height, pixels } = picture;
  useLayoutEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
  }, [pixels, width, height]);
  useLayoutEffect(() => {
    if (!frame.current || fills) return;
    const observer = new ResizeObserver(([entry]) => setRoom(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, [fills]);
  const shown = shownWidth(width, room);
  return (
    <div ref={frame} className={css.frame}>
      <canvas
        ref={canvas}
        role="img"
        data-picture={index}
        aria-label={[label || words.picture, `${width} × ${height}`].join(', ')}
        width={width}
        height={height}
        data-help={fills ? words.smoothed(width, height) : undefined}
        style={
          fills
            ? { width: '100%' }
            : { width: shown || undefined, imageRendering: shown > width ? 'pixelated' : 'auto' }
        }
      />
    </div>
  );
});
