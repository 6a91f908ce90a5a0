import { useStore } from 'zustand';
import { farStore } from './far-wires';
import { InGraph } from './InGraph';
import { kindColor } from './SocketShape';
import css from './Wire.module.css';

/** The wires of a large graph that are far from the view, a line for each kind; over the zones, under the nodes. */
export function FarWires() {
  const wires = useStore(farStore, (state) => state.wires);
  if (wires.size === 0) return null;
  const byColor = new Map<string, string>();
  for (const { wire, path } of wires.values()) {
    const color = kindColor(wire.data?.kind);
    byColor.set(color, (byColor.get(color) ?? '') + path);
  }
  return (
    <InGraph>
      <svg className={css.far} aria-hidden="true">
        {[...byColor].map(([color, path]) => (
          <path key={color} className={css.wire} d={path} stroke={color} />
        ))}
      </svg>
    </InGraph>
  );
}
