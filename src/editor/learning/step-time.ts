import { useEffect } from 'react';
import { useStore } from 'zustand';
import { deviceStore } from '../engine/client';
import { useDocument } from '../state/use';
import type { LessonFacts } from './facts';

/** Steps after which the time of one is known well enough: the first has the model loaded. */
const ENOUGH = 5;

/**
 * Milliseconds that a step of such a node took when it was last measured on this device, in this page or an earlier one;
 * undefined where none was. Keeps what `facts` measures now.
 */
export function useStepTime(id: string, { step, each }: LessonFacts): number | undefined {
  const device = useStore(deviceStore, ({ name }) => name);
  const key = useDocument(({ graph }) => {
    const node = graph.nodes.get(id);
    return `weft-step-time ${device} ${node?.type} ${node?.params.batch}`;
  });
  const now = each !== undefined && step >= ENOUGH ? each : undefined;
  useEffect(() => {
    if (now !== undefined) localStorage.setItem(key, String(now));
  }, [key, now]);
  return Number(localStorage.getItem(key)) || undefined;
}
