import { IconArrowsDiff, IconDownload, IconLock, IconSchema } from '@tabler/icons-react';
import type { Axis } from '../../core/define-node';
import { itemIndex } from '../../core/many';
import type { Picture } from '../../engine/events';
import { PictureCanvas } from '../canvas/PictureCanvas';
import { seedAxes, takeCell } from '../document/cell';
import { download } from '../files/download';
import { notifyFailure } from '../notify';
import { pngOf } from '../pictures/png';
import { definitionsOf } from '../registry';
import { edit } from '../state/document-store';
import type { Cells } from '../state/run-store';
import { uiStore } from '../state/ui-store';
import { useDocument } from '../state/use';
import { sweep } from '../text/sweep';
import { clippedShare } from './clipped';
import { factsOf } from './facts';
import { canTakeCell, labelled, openCell } from './open-cell';
import css from './Sweep.module.css';

interface Props {
  /** The node that shows it. */
  readonly id: string;
  readonly shown: Cells;
  readonly index: number;
  readonly picture: Picture;
  readonly comparing: boolean;
  readonly onCompare: () => void;
}

const close = () => uiStore.setState({ enlarged: undefined });

/** One picture of a sweep, large, with the values that it was made with and what can be done with them. */
export function CellPanel({ id, shown: { axes, from }, index, picture, comparing, onCompare }: Props) {
  const title = labelled(axes, index);
  const opens = !!from && canTakeCell(from, axes);
  const seeds = useDocument(({ document }) => seedAxes(document, definitionsOf(document), axes).map(({ id }) => id));
  const registry = useDocument(({ document }) => definitionsOf(document));
  /** Where the picture lies on the axes that count seeds. */
  const seeded: readonly Axis[] = axes.filter(({ id }) => seeds.includes(id));
  const savePicture = async () => {
    try {
      download(await pngOf(picture), `${sweep.named(from?.name ?? '', title).replace(/[/\\:*?"<>|]/g, '-')}.png`);
    } catch (thrown) {
      notifyFailure(thrown);
    }
  };
  return (
    <section className={css.panel} aria-label={title}>
      <div className={css.large}>
        <PictureCanvas picture={picture} label={title} fills />
      </div>
      <h3>{title}</h3>
      <dl>
        {axes.map((axis) => (
          <div key={axis.id}>
            <dt>{axis.title}</dt>
            <dd>{axis.labels[itemIndex([axis], axes, index)]}</dd>
          </div>
        ))}
        {from &&
          factsOf(from, id, axes).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        <div data-help={sweep.clippedHelp}>
          <dt>{sweep.clipped}</dt>
          <dd>{sweep.percent(clippedShare(picture))}</dd>
        </div>
        <div>
          <dt>{sweep.size}</dt>
          <dd>{sweep.sizes([picture.width, picture.height])}</dd>
        </div>
      </dl>
      <button
        type="button"
        className={css.primary}
        disabled={!opens}
        data-help={opens ? sweep.openCellHelp : sweep.cannotOpen}
        onClick={() => {
          if (from) openCell(from, axes, index);
          close();
        }}
      >
        <IconSchema size={15} stroke={1.6} aria-hidden />
        {sweep.openCell}
      </button>
      <div className={css.pair}>
        {seeded.length > 0 && (
          <button
            type="button"
            data-help={sweep.useSeedHelp}
            onClick={() => {
              edit(sweep.gesture, takeCell(registry, seeded, itemIndex(seeded, axes, index)));
              close();
            }}
          >
            <IconLock size={14} stroke={1.6} aria-hidden />
            {sweep.useSeed}
          </button>
        )}
        <button type="button" aria-pressed={comparing} onClick={onCompare}>
          <IconArrowsDiff size={14} stroke={1.6} aria-hidden />
          {sweep.compare}
        </button>
        <button type="button" onClick={() => void savePicture()}>
          <IconDownload size={14} stroke={1.6} aria-hidden />
          {sweep.savePicture}
        </button>
      </div>
      {comparing && <p role="status">{sweep.compareWith}</p>}
    </section>
  );
}
