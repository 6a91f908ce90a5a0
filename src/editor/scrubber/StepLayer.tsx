import { useStore } from 'zustand';
import { useShallow } from 'zustand/shallow';
import type { Picture } from '../../engine/events';
import { InGraph } from '../canvas/InGraph';
import { canvasStore } from '../state/canvas-store';
import { useDocument } from '../state/use';
import { scrubber as words } from '../text/scrubber';
import { portWords } from '../words';
import { SmallPicture } from './SmallPicture';
import css from './StepLayer.module.css';
import { scrubStore } from './scrub-store';

/** An instance of a subgraph shows at most so many of what its nodes made. */
const most = 4;

/** At the foot of each node of the zone what it made at the step that is looked at; over all nodes, so that none hides it. */
export default function StepLayer() {
  const { step, pictures } = useStore(scrubStore);
  const path = useDocument((state) => state.path.join('/'));
  const byNode = new Map<string, (readonly [name: string, picture: Picture])[]>();
  for (const [name, picture] of pictures) {
    const [node = '', port = ''] = [name.slice(0, name.indexOf(' ')), name.slice(name.indexOf(' ') + 1)];
    if (path && !node.startsWith(`${path}/`)) continue;
    const [shown = ''] = (path ? node.slice(path.length + 1) : node).split('/');
    const list = byNode.get(shown) ?? [];
    byNode.set(shown, list);
    if (list.length < most) list.push([portWords(port), picture]);
  }
  return (
    <InGraph above>
      {[...byNode].map(([id, own]) => (
        <AtNode key={id} id={id} own={own} step={step ?? 0} />
      ))}
    </InGraph>
  );
}

interface AtNodeProps {
  readonly id: string;
  readonly own: readonly (readonly [name: string, picture: Picture])[];
  readonly step: number;
}

function AtNode({ id, own, step }: AtNodeProps) {
  const place = useStore(
    canvasStore,
    useShallow(({ nodes }) => {
      const { position, measured } = nodes.find((node) => node.id === id) ?? {};
      return position && measured?.width && measured.height
        ? { x: position.x + measured.width, y: position.y + measured.height }
        : undefined;
    }),
  );
  if (!place) return null;
  return (
    <div className={css.pictures} style={{ translate: `calc(${place.x}px - 100%) ${place.y}px` }}>
      {own.map(([name, picture]) => (
        <SmallPicture key={name} picture={picture} label={words.pictureOf(name, step + 1)} />
      ))}
    </div>
  );
}
