import { itemLabels } from '../../core/many';
import type { Shown } from '../state/run-store';
import { PictureCanvas } from './PictureCanvas';
import css from './Preview.module.css';

interface Props extends Pick<Shown, 'axes' | 'pictures'> {
  readonly title?: string | undefined;
  /** Pictures take all the room there is and are smoothed. */
  readonly fills?: boolean;
}

/** About as many across as down, and few empty places: 3 in a row, 7 as 4 and 3. */
function columnsOf(count: number): number {
  const square = Math.ceil(Math.sqrt(count));
  const empty = (columns: number) => Math.ceil(count / columns) * columns - count;
  return empty(square + 1) < empty(square) ? square + 1 : square;
}

/** One picture, or several with the labels of their axes: the last axis across, the others down. */
export function PictureGrid({ axes, pictures, title, fills }: Props) {
  const named = (labels: string) => [title, labels].filter(Boolean).join(', ');
  const [only] = pictures;
  if (only && pictures.length === 1)
    return <PictureCanvas picture={only} label={named(itemLabels(axes, 0).join(', '))} fills={fills} />;
  const across = axes.at(-1)?.labels ?? [];
  const table = axes.length > 1;
  const columns = table ? across.length : columnsOf(pictures.length);
  const outer = axes.slice(0, -1);
  return (
    <div className={css.grid} style={{ gridTemplateColumns: `${table ? 'auto ' : ''}repeat(${columns}, 1fr)` }}>
      {axes.length > 0 && <p>{axes.map((axis) => axis.title).join(' × ')}</p>}
      {table && <span />}
      {table && across.map((label) => <span key={label}>{label}</span>)}
      {pictures.flatMap((picture, i) => {
        const labels = itemLabels(axes, i).join(', ') || String(i + 1);
        const figure = (
          <figure key={labels}>
            <PictureCanvas picture={picture} label={named(labels)} fills={fills} />
            {!table && <figcaption>{labels}</figcaption>}
          </figure>
        );
        if (!table || i % columns) return [figure];
        return [<span key={`row ${labels}`}>{itemLabels(outer, i / columns).join(', ')}</span>, figure];
      })}
    </div>
  );
}
