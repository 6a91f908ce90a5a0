import { IconLock } from '@tabler/icons-react';
import type { Document } from '../../core/document';
import { seedsOf, takeSeeds, wouldReseed } from '../document/seeds';
import { registry } from '../registry';
import { edit } from '../state/document-store';
import { useDocument, useRun } from '../state/use';
import { canvas } from '../text/canvas';
import css from './Preview.module.css';

/** Gives the graph the seed of the picture that a node shows, where it has another one by now. */
export function UseSeed({ id }: { readonly id: string }) {
  const from = useRun(({ shown }) => shown[id]?.from);
  return <UseSeedsOf from={from} id={id} />;
}

/** The same for a picture that a node showed when the graph was as `from` is. */
export function UseSeedsOf({ from, id }: { readonly from: Document | undefined; readonly id: string }) {
  const seeds = from ? seedsOf(from, registry, id) : [];
  const other = useDocument(({ document }) => wouldReseed(document, seeds));
  if (!other) return null;
  const words = seeds.map(({ value }) => value).join(', ');
  return (
    <button
      type="button"
      className={`${css.seed} nodrag`}
      data-help={canvas.seedHelp(words)}
      onClick={() => edit(canvas.seedGesture, takeSeeds(seeds))}
    >
      <IconLock size={13} stroke={1.6} aria-hidden />
      {canvas.takeSeeds(seeds.length)}
    </button>
  );
}
