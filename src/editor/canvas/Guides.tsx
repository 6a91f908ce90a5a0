import { useStore } from 'zustand';
import { guideStore } from '../state/guides';
import css from './Canvas.module.css';
import { InGraph } from './InGraph';

/** Lines that show what a dragged node is in line with. */
export function Guides() {
  const guides = useStore(guideStore, (state) => state.guides);
  if (guides.length === 0) return null;
  return (
    <InGraph>
      <svg className={css.guides} aria-hidden="true">
        {guides.map(({ axis, at, from, to }) => (
          <path key={`${axis} ${at}`} d={axis === 'x' ? `M${at} ${from}V${to}` : `M${from} ${at}H${to}`} />
        ))}
      </svg>
    </InGraph>
  );
}
