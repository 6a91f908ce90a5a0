import { useEffect, useRef } from 'react';
import { paintGraph } from '../library/paint-graph';
import { useUi } from '../state/use';
import { versions as words } from '../text/versions';
import type { Overlaid } from './difference';
import css from './Versions.module.css';

/** Two states of a graph in one drawing. */
export function DifferencePicture({ overlaid: { document, differs, lines } }: { readonly overlaid: Overlaid }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useUi((state) => state.theme);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are those of the theme
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const draw = () => {
      const { width, height } = element.getBoundingClientRect();
      if (width && height) paintGraph(element, document, { width, height, differs });
    };
    const observer = new ResizeObserver(draw);
    observer.observe(element);
    return () => observer.disconnect();
  }, [document, differs, theme]);
  return (
    <figure className={css.figure}>
      <canvas ref={canvas} role="img" aria-label={words.picture(lines.length)} />
      <figcaption>
        {(['added', 'removed', 'changed'] as const).map((is) => (
          <span key={is} data-is={is}>
            {words.legend[is]}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
