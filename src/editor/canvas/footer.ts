import type { Picture } from '../../engine/events';
import type { NodeRun } from '../state/run-store';
import { canvas } from '../text/canvas';
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
  const size =
    picture && [`${picture.width} × ${picture.height}`, seed && canvas.footer.seed(seed)].filter(Boolean).join(' · ');
  if (off?.state === 'muted') return { text: canvas.footer.muted, icon: 'muted' };
  if (off) return { text: canvas.footer.passes(off.passes.join(', ')), icon: 'bypassed' };
  if (live !== undefined) return { text: canvas.footer.live(live), right: size, tone: 'accent' };
  if (wants && run?.state !== 'running' && run?.state !== 'waiting') return { text: wants, right: size, tone: 'warn' };
  if (!run) return picture ? { text: canvas.footer.earlier, right: size } : { text: canvas.notRunYet };
  switch (run.state) {
    case 'waiting':
      return { text: canvas.waiting };
    case 'running':
      if (run.done === undefined || run.of === undefined) return { text: canvas.footer.running, tone: 'accent' };
      return {
        text: canvas.footer.evaluating,
        right: `${run.done} / ${run.of}`,
        tone: 'accent',
        share: run.done / run.of,
      };
    case 'failed':
      return { text: canvas.failed, right: canvas.footer.after(durationWords(run.milliseconds)), tone: 'danger' };
    case 'skipped':
      return { text: culprit ? canvas.footer.skippedFor(culprit) : canvas.skipped };
    case 'done':
      if (stale) return { text: canvas.footer.changed, right: size };
      if (run.cached) return { text: canvas.cached, right: size, icon: 'bolt' };
      return {
        text: durationWords(run.milliseconds),
        right: size ?? (run.runs > 1 ? `${run.runs} ×` : undefined),
        icon: 'check',
      };
  }
}
