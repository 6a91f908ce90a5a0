import { useState } from 'react';
import type { Axis } from '../../core/define-node';
import { itemCount, itemLabels } from '../../core/many';
import type { Picture } from '../../engine/events';
import { sweep } from '../text/sweep';
import { PictureCanvas } from './PictureCanvas';
import css from './Preview.module.css';

interface Props {
  readonly axes: readonly Axis[];
  /** Row-major over `axes`; those that are still to be made are missing. */
  readonly pictures: readonly (Picture | undefined)[];
  readonly title?: string | undefined;
  /** Pictures take all the room there is and are smoothed. */
  readonly fills?: boolean;
  /** The picture that is chosen, where one can be. */
  readonly picked?: number | undefined;
  readonly onPick?: (index: number) => void;
}

/** About as many across as down, and few empty places: 3 in a row, 7 as 4 and 3. */
export function columnsOf(count: number): number {
  const square = Math.ceil(Math.sqrt(count));
  const empty = (columns: number) => Math.ceil(count / columns) * columns - count;
  return empty(square + 1) < empty(square) ? square + 1 : square;
}

/**
 * One picture, or several with the labels of their axes: the last axis across, the one before down, and a page for each item
 * of those before.
 */
export function PictureGrid({ axes, pictures, title, fills, picked, onPick }: Props) {
  const outer = axes.slice(0, -2);
  const pages = itemCount(outer);
  const each = pictures.length / pages;
  const [turnedTo, turnTo] = useState(Math.floor((picked ?? 0) / each));
  const named = (labels: string) => [title, labels].filter(Boolean).join(', ');
  const [only] = pictures;
  if (only && pictures.length === 1)
    return <PictureCanvas picture={only} label={named(itemLabels(axes, 0).join(', '))} fills={fills} index={0} />;
  const across = axes.at(-1);
  const down = axes.at(-2);
  const page = Math.min(turnedTo, pages - 1);
  const columns = (down && across?.labels.length) || columnsOf(each);
  const shape = pictures.find((picture) => picture !== undefined);
  const chosen = picked === undefined ? [] : itemLabels(axes, picked);

  const cell = (index: number) => {
    const labels = itemLabels(axes, index).join(', ') || String(index + 1);
    const picture = pictures[index];
    const inside = picture ? (
      <PictureCanvas picture={picture} label={named(labels)} fills={fills} index={index} />
    ) : (
      <div
        className={css.todo}
        style={{ aspectRatio: shape ? `${shape.width} / ${shape.height}` : 1 }}
        role="img"
        aria-label={sweep.notYet(labels)}
      />
    );
    return (
      <figure key={index} className={index === picked ? css.picked : undefined}>
        {onPick && picture ? (
          <button type="button" aria-pressed={index === picked} data-cell={index} onClick={() => onPick(index)}>
            {inside}
          </button>
        ) : (
          inside
        )}
        {!down && <figcaption>{labels}</figcaption>}
      </figure>
    );
  };
  const cells = Array.from({ length: each }, (_, i) => page * each + i);
  return (
    <>
      {pages > 1 && (
        // biome-ignore lint/a11y/useSemanticElements: a list of pages is no form
        <div
          className={`${css.pages} nodrag`}
          role="group"
          aria-label={sweep.pages(outer.map((axis) => axis.title).join(', '))}
        >
          <span>{outer.map((axis) => axis.title).join(', ')}</span>
          {Array.from({ length: pages }, (_, n) => itemLabels(outer, n).join(', ')).map((label, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: pages have no other names that are theirs alone
            <button type="button" key={n} aria-pressed={n === page} onClick={() => turnTo(n)}>
              {label}
            </button>
          ))}
        </div>
      )}
      <div
        className={`${css.grid} ${down ? css.table : ''}`}
        style={{ gridTemplateColumns: `${down ? 'auto auto ' : ''}repeat(${columns}, minmax(0, 1fr))` }}
      >
        {across && <p className={css.acrossTitle}>{across.title}</p>}
        {down && (
          <>
            <span className={css.corner} />
            {across?.labels.map((label, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: labels of a list may be alike
              <span key={i} className={label === chosen.at(-1) ? css.on : undefined}>
                {label}
              </span>
            ))}
            <p className={css.downTitle} style={{ gridRow: `3 / span ${each / columns}` }}>
              {down.title}
            </p>
          </>
        )}
        {cells.flatMap((index, i) => {
          if (!down || i % columns) return [cell(index)];
          const label = down.labels[i / columns] ?? '';
          return [
            <span key={`row ${index}`} className={`${css.side} ${label === chosen.at(-2) ? css.on : ''}`}>
              {label}
            </span>,
            cell(index),
          ];
        })}
      </div>
    </>
  );
}
