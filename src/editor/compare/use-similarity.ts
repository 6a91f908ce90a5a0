import { wrap } from 'comlink';
import { useEffect, useState } from 'react';
import { notifyFailure } from '../notify';
import type { Planes } from './planes';
import { smallestSide } from './similarity';
import type { SimilarityApi } from './similarity-worker';

/** How alike the structure of two pictures is: null until that is counted, undefined for what is no picture or too small. */
export function useSimilarity(planes: readonly [Planes, Planes] | undefined): number | null | undefined {
  const [counted, setCounted] = useState<{ readonly of: Planes; readonly and: Planes; readonly value: number }>();
  const [a, b] = planes ?? [];
  const countable = a?.colors && b && Math.min(a.width, a.height) >= smallestSide;
  useEffect(() => {
    if (!countable) return;
    const worker = new Worker(new URL('./similarity-worker.ts', import.meta.url), {
      type: 'module',
      name: 'similarity',
    });
    let gone = false;
    const { channels, height, width } = a;
    wrap<SimilarityApi>(worker)
      .structuralSimilarity(a.numbers, b.numbers, { channels, height, width })
      .then((value) => gone || setCounted({ of: a, and: b, value }))
      .catch((thrown: unknown) => gone || notifyFailure(thrown))
      .finally(() => worker.terminate());
    return () => {
      gone = true;
      worker.terminate();
    };
  }, [countable, a, b]);
  if (!countable) return undefined;
  return counted && counted.of === a && counted.and === b ? counted.value : null;
}
