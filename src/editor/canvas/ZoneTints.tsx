import { useStore } from '@xyflow/react';
import { memo, useRef } from 'react';
import { flushSync } from 'react-dom';
import type { Graph } from '../../core/graph';
import { zoneBodies } from '../../core/zones';
import { ofStructure } from '../document/value-changes';
import { registry, zoneTitle } from '../registry';
import { selectNodes } from '../state/canvas-store';
import { useDocument, useRun } from '../state/use';
import { canvas } from '../text/canvas';
import { common } from '../text/common';
import { InGraph } from './InGraph';
import css from './ZoneTints.module.css';

/** Around the hull of a zone's nodes, and above it for the title; pixels. */
export const tintRoom = { pad: 16, head: 20 } as const;
const { pad, head } = tintRoom;

interface ZoneView {
  readonly id: string;
  readonly title: string;
  readonly members: readonly string[];
}

/** Outer zones first, so that inner ones are drawn over them; a zone that is broken still has its two ends. */
export const zonesOf = ofStructure((graph: Graph): readonly ZoneView[] => {
  const { bodies } = zoneBodies(graph, registry);
  return graph.document.zones
    .map((zone) => {
      const inside = bodies.find((body) => body.zone.id === zone.id)?.inside ?? new Set<string>();
      const definition = registry.get(graph.nodes.get(zone.start)?.type ?? '');
      return {
        id: zone.id,
        title: definition ? zoneTitle(definition) : canvas.zone,
        members: [zone.start, ...inside, zone.end],
      };
    })
    .sort((a, b) => b.members.length - a.members.length);
});

interface Hull {
  /** The nodes when it was worked out. */
  readonly of: unknown;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The box around a zone's nodes, worked out anew when nodes moved, and not when the canvas did. */
function useHull(members: readonly string[]): Hull {
  const last = useRef<Hull & { readonly members: readonly string[] }>(undefined);
  return useStore(
    ({ nodes, nodeLookup }) => {
      if (last.current?.of === nodes && last.current.members === members) return last.current;
      let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
      for (const id of members) {
        const node = nodeLookup.get(id);
        const { x, y } = node?.internals.positionAbsolute ?? { x: Number.NaN, y: Number.NaN };
        const { width, height } = node?.measured ?? {};
        if (Number.isNaN(x) || !width || !height) continue;
        left = Math.min(left, x);
        top = Math.min(top, y);
        right = Math.max(right, x + width);
        bottom = Math.max(bottom, y + height);
      }
      last.current = {
        of: nodes,
        members,
        left: left - pad,
        top: top - pad - head,
        width: right - left + 2 * pad,
        height: bottom - top + 2 * pad + head,
      };
      return last.current;
    },
    (a, b) => a.left === b.left && a.top === b.top && a.width === b.width && a.height === b.height,
  );
}

const Tint = memo(function Tint({ title, members }: Omit<ZoneView, 'id'>) {
  const box = useHull(members);
  const evaluations = useRun(({ nodes }) => {
    const counts = members.map((id) => {
      const run = nodes[id];
      if (run?.state === 'running') return run.of ?? 0;
      return run?.state === 'done' ? run.runs : 0;
    });
    return Math.max(...counts);
  });
  if (!Number.isFinite(box.left)) return null;
  return (
    <div
      className={css.zone}
      style={{ width: box.width, height: box.height, transform: `translate(${box.left}px, ${box.top}px)` }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: for the pointer; keys move the zone's nodes as any others */}
      <span
        className={css.title}
        // The title holds the zone: its nodes are dragged by the one that is pressed for it.
        onMouseDown={({ button, clientX, clientY }) => {
          const [first = ''] = members;
          const node = document.querySelector(`.react-flow__node[data-id="${CSS.escape(first)}"]`);
          if (button !== 0 || !node) return;
          flushSync(() => selectNodes(members));
          node.dispatchEvent(
            new MouseEvent('mousedown', { bubbles: true, cancelable: true, view: window, clientX, clientY }),
          );
        }}
      >
        {title}
      </span>
      {evaluations > 1 && <span className={css.count}>{common.evaluations(evaluations)}</span>}
    </div>
  );
});

/** The tinted regions of the zones, under wires and nodes. */
export function ZoneTints() {
  const zones = useDocument(({ graph }) => zonesOf(graph));
  return (
    <InGraph>
      <div className={css.layer}>
        {zones.map(({ id, title, members }) => (
          <Tint key={id} title={title} members={members} />
        ))}
      </div>
    </InGraph>
  );
}
