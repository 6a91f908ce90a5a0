import { useReactFlow, useStoreApi } from '@xyflow/react';
import { type PointerEvent as ReactPointerEvent, useEffect, useRef } from 'react';
import { type Box, hull } from '../document/boxes';
import { boxOf, type CanvasNode, canvasStore } from '../state/canvas-store';
import { documentStore } from '../state/document-store';
import { useCanvas, useDocument } from '../state/use';
import { canvas as words } from '../text/canvas';
import css from './Canvas.module.css';

/** Pixels, and how much is left free around the graph. */
const size = { width: 150, height: 92 };
const room = 5;

/** Of the corners of a node. */
const radius = 8;

const rounded = ({ x, y, width, height }: Box) => {
  const r = Math.min(radius, width / 2, height / 2);
  const corner = (right: number, down: number) => `a${r} ${r} 0 0 1 ${right * r} ${down * r}`;
  const [w, h] = [width - 2 * r, height - 2 * r];
  return `M${x + r} ${y}h${w}${corner(1, 1)}v${h}${corner(-1, 1)}h${-w}${corner(-1, -1)}v${-h}${corner(1, -1)}z`;
};

/** What is drawn of the nodes, as one path for each colour. A frame's would hide what lies in it. */
function pathsOf(nodes: readonly CanvasNode[], colorOf: (id: string) => string | undefined): [string, string][] {
  const paths = new Map<string, string>();
  for (const node of nodes) {
    const box = boxOf(node);
    if (!box.width || !box.height) continue;
    const isFrame = node.type === 'frame';
    const color =
      node.selected && !isFrame ? 'var(--ring)' : (colorOf(node.id) ?? (isFrame ? 'var(--line-1)' : 'var(--text-4)'));
    paths.set(color, (paths.get(color) ?? '') + rounded(box));
  }
  return [...paths];
}

/**
 * The graph in small, and what of it is in view. React Flow's own has an element for each node, and every one of them is
 * asked at each step of a pan whether it has moved.
 */
export function Overview() {
  const flow = useStoreApi();
  const { setViewport, getViewport, zoomTo } = useReactFlow();
  const nodes = useCanvas((state) => state.nodes);
  // Drawn again when a colour changes, which the canvas does not know of.
  useDocument(({ document }) => document.nodes.map(({ color }) => color ?? '').join(' '));
  const picture = useRef<SVGSVGElement>(null);
  const view = useRef<SVGPathElement>(null);
  /** Pixels of the graph in one of the overview. */
  const scale = useRef(1);
  /** Where the pointer was that moves the view. */
  const held = useRef<{ readonly x: number; readonly y: number }>(undefined);

  useEffect(() => {
    let frame = 0;
    const whole = { of: undefined as readonly CanvasNode[] | undefined, box: undefined as Box | undefined };
    const draw = () => {
      frame = 0;
      const { transform, width, height } = flow.getState();
      const [left, top, zoom] = transform;
      const seen = { x: -left / zoom, y: -top / zoom, width: width / zoom, height: height / zoom };
      const { nodes: all } = canvasStore.getState();
      if (whole.of !== all) {
        whole.of = all;
        whole.box = hull(all.map(boxOf));
      }
      const { x, y, width: w, height: h } = hull(whole.box ? [whole.box, seen] : [seen]) ?? seen;
      scale.current = Math.max(w / size.width, h / size.height);
      const [across, down] = [size.width * scale.current, size.height * scale.current];
      const free = room * scale.current;
      const shown = [
        x - (across - w) / 2 - free,
        y - (down - h) / 2 - free,
        across + 2 * free,
        down + 2 * free,
      ] as const;
      // All of the graph is laid out anew when this is set, though it were to the same.
      const box = shown.join(' ');
      if (picture.current?.getAttribute('viewBox') !== box) picture.current?.setAttribute('viewBox', box);
      const outside = `M${shown[0]} ${shown[1]}h${shown[2]}v${shown[3]}h${-shown[2]}z`;
      const inside = `M${seen.x} ${seen.y}h${seen.width}v${seen.height}h${-seen.width}z`;
      view.current?.setAttribute('d', outside + inside);
    };
    const plan = () => {
      frame ||= requestAnimationFrame(draw);
    };
    draw();
    const ends = [
      flow.subscribe(({ transform, width, height }, before) => {
        if (transform !== before.transform || width !== before.width || height !== before.height) plan();
      }),
      canvasStore.subscribe((now, before) => now.nodes !== before.nodes && plan()),
    ];
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      // As far as the wheel zooms on the canvas.
      const step = -event.deltaY * (event.deltaMode === 1 ? 0.05 : event.deltaMode ? 1 : 0.002);
      void zoomTo(getViewport().zoom * 2 ** step);
    };
    const svg = picture.current;
    svg?.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      for (const end of ends) end();
      svg?.removeEventListener('wheel', onWheel);
      cancelAnimationFrame(frame);
    };
  }, [flow, getViewport, zoomTo]);

  const onPointerMove = ({ clientX, clientY }: ReactPointerEvent) => {
    if (!held.current) return;
    const { x, y, zoom } = getViewport();
    const by = scale.current * zoom;
    void setViewport({ x: x - (clientX - held.current.x) * by, y: y - (clientY - held.current.y) * by, zoom });
    held.current = { x: clientX, y: clientY };
  };
  const letGo = () => {
    held.current = undefined;
  };
  const { graph } = documentStore.getState();
  return (
    <svg
      ref={picture}
      className={css.overview}
      data-covers
      role="img"
      aria-label={words.overview}
      {...size}
      onPointerDown={({ currentTarget, pointerId, clientX, clientY }) => {
        currentTarget.setPointerCapture(pointerId);
        held.current = { x: clientX, y: clientY };
      }}
      onPointerMove={onPointerMove}
      onPointerUp={letGo}
      onPointerCancel={letGo}
    >
      {pathsOf(nodes, (id) => graph.nodes.get(id)?.color).map(([color, d]) => (
        <path key={color} d={d} fill={color} />
      ))}
      <path ref={view} className={css.unseen} fillRule="evenodd" />
    </svg>
  );
}
