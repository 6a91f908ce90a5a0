import type { Picture } from '../../engine/events';
import type { NodeRun } from '../state/run-store';
import { durationWords } from '../words';

export interface Footer {
  readonly text: string;
  readonly right?: string | undefined;
  readonly icon?: 'check' | 'bolt' | 'muted' | 'bypassed';
  readonly tone?: 'accent' | 'danger' | 'warn';
  /** How far the node is, 0 to 1, while that is known. */
  readonly share?: number;
}

interface Surroundings {
  /** Changed, or behind a node that was, since the run. */
  readonly stale: boolean;
  /** The step whose picture is shown while the run goes on. */
  readonly live: number | undefined;
  /** The first picture that the node shows. */
  readonly picture: Picture | undefined;
  /** The seed that the picture was made with, where it is one. */
  readonly seed?: string | undefined;
  /** Title of the node that failed, for one that was skipped because of it. */
  readonly culprit: string | undefined;
  /** What stands in the way of its run, in a few words. */
  readonly wants?: string | undefined;
  /** The user took the node out; `passes` names what still goes through it. */
  readonly off?: { readonly state: 'muted' | 'bypassed'; readonly passes: readonly string[] } | undefined;
}

/** What stands at the bottom of a node. */
export function footerOf(
  run: NodeRun | undefined,
  { stale, live, picture, culprit, off, seed, wants }: Surroundings,
): Footer {
  const size = picture && [`${picture.width} × ${picture.height}`, seed && `seed ${seed}`].filter(Boolean).join(' · ');
  if (off?.state === 'muted') return { text: 'muted', icon: 'muted' };
  if (off) return { text: `bypassed, passes ${off.passes.join(', ') || 'nothing'}`, icon: 'bypassed' };
  if (live !== undefined) return { text: `Live · step ${live}`, right: size, tone: 'accent' };
  if (wants && run?.state !== 'running' && run?.state !== 'waiting') return { text: wants, right: size, tone: 'warn' };
  if (!run) return picture ? { text: 'from an earlier run', right: size } : { text: 'not run yet' };
  switch (run.state) {
    case 'waiting':
      return { text: 'waiting' };
    case 'running':
      if (run.done === undefined || run.of === undefined) return { text: 'Running', tone: 'accent' };
      return { text: 'Evaluating', right: `${run.done} / ${run.of}`, tone: 'accent', share: run.done / run.of };
    case 'failed':
      return { text: 'failed', right: `after ${durationWords(run.milliseconds)}`, tone: 'danger' };
    case 'skipped':
      return { text: culprit ? `skipped, ${culprit} failed` : 'skipped' };
    case 'done':
      if (stale) return { text: 'changed', right: size };
      if (run.cached) return { text: 'cached', right: size, icon: 'bolt' };
      return {
        text: durationWords(run.milliseconds),
        right: size ?? (run.runs > 1 ? `${run.runs} ×` : undefined),
        icon: 'check',
      };
  }
}
