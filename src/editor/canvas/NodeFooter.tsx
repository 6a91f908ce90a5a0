import { IconArrowRight, IconBolt, IconCheck, IconEyeOff } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { passedInput } from '../../core/pass-through';
import { seedsOf } from '../document/seeds';
import { problemStore } from '../problems/problem-store';
import { registry } from '../registry';
import { useLive } from '../scrubber/live';
import { useNode } from '../state/node-watch';
import { useDocument, useRun } from '../state/use';
import { portWords } from '../words';
import { footerOf } from './footer';
import css from './WeftNode.module.css';

const icons = { check: IconCheck, bolt: IconBolt, muted: IconEyeOff, bypassed: IconArrowRight } as const;

/** So many letters have room in the smallest node that is not narrow. */
const surelyFit = 14;

interface Props {
  readonly id: string;
  readonly shows: boolean;
  /** It may be narrower than a node usually is. */
  readonly narrow: boolean;
}

/** The state of a node in a line, with a bar above it while it runs. */
export function NodeFooter({ id, shows, narrow }: Props) {
  const because = useRun(({ nodes }) => {
    const run = nodes[id];
    return run?.state === 'skipped' ? run.because : undefined;
  });
  const culprit = useDocument(({ graph }) => {
    const node = because === undefined ? undefined : graph.nodes.get(because);
    return node && (node.title ?? registry.get(node.type)?.title ?? node.type);
  });
  const run = useRun(({ nodes }) => nodes[id]);
  const stale = useRun((state) => state.stale.has(id));
  const live = useRun(({ steps, phase, shown }) =>
    shows && steps && phase !== 'idle' && shown[id] ? steps.done : undefined,
  );
  const before = useLive(shows ? id : undefined);
  const from = useRun(({ shown }) => shown[id]?.from);
  const [seed, another] = from ? seedsOf(from, registry, id) : [];
  const picture = useRun(({ shown }) => shown[id]?.pictures[0]);
  const off = useNode(id, (graph) =>
    graph.nodes.get(id)?.muted ? 'muted' : graph.nodes.get(id)?.bypassed && 'bypassed',
  );
  const passes = useNode(id, (graph) => {
    const definition = registry.get(graph.nodes.get(id)?.type ?? '');
    return Object.keys(definition?.out ?? {})
      .filter((port) => definition && passedInput(definition, port))
      .map(portWords);
  });
  const wants = useStore(problemStore, ({ byNode }) => byNode.get(id)?.[0]?.what);
  const { text, right, icon, tone, share } = footerOf(run, {
    // The node stands above the sentence; its title need not be said again.
    wants: wants?.replace(/^[^:]{1,60}: /, '').replace(/\.$/, ''),
    stale,
    live: live ?? (before.picture && before.step),
    picture,
    culprit,
    seed: another ? undefined : seed?.value,
    off: off ? { state: off, passes } : undefined,
  });
  const Icon = icon && icons[icon];
  const letters = text.length + (icon ? 3 : 0) + (right ? right.length + 1 : 0);
  return (
    <div className={`${css.footer} ${!narrow && letters <= surelyFit ? css.fits : ''}`}>
      {share !== undefined && (
        <div className={css.bar}>
          <i style={{ transform: `scaleX(${share})` }} />
        </div>
      )}
      {Icon && <Icon size={11} stroke={1.6} aria-hidden />}
      <span className={tone && css[tone]} data-help={off || wants ? (wants ?? `${text}.`) : undefined}>
        {text}
      </span>
      {right && <span className={css.right}>{right}</span>}
    </div>
  );
}
