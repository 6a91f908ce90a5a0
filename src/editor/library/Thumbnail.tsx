import { useEffect, useRef, useState } from 'react';
import { keptDocument, thumbnailOf } from '../../storage/documents';
import { openDocument } from '../state/tabs';
import css from './Library.module.css';
import { paintGraph } from './paint-graph';

/** In CSS pixels. */
const [width, height] = [240, 160];

/** The last picture of a graph, or a small drawing of it; fetched when it comes into view. */
export function Thumbnail({ id }: { readonly id: string }) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [seen, setSeen] = useState(false);
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!frame.current) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) setSeen(true);
      },
      { rootMargin: '200px' },
    );
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (!seen) return;
    let gone = false;
    let made: string | undefined;
    const show = async () => {
      const blob = await thumbnailOf(id);
      if (blob && !gone) {
        made = URL.createObjectURL(blob);
        setAddress(made);
        return;
      }
      const document = openDocument(id) ?? (await keptDocument(id));
      if (document && canvas.current && !gone) paintGraph(canvas.current, document, { width, height });
    };
    // What cannot be read has no picture; opening it tells why.
    void show().catch(() => {});
    return () => {
      gone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [seen, id]);
  return (
    <div ref={frame} className={css.picture}>
      {address ? <img src={address} alt="" draggable={false} /> : <canvas ref={canvas} />}
    </div>
  );
}
