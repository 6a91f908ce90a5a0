import { IconDownload, IconMovie, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { type KeyboardEvent, lazy, useState } from 'react';
import type { Playback } from '../../core/define-node';
import type { Picture } from '../../engine/events';
import { countedAxis, openFilm } from '../animation/open';
import { columnsOf, PictureGrid } from '../canvas/PictureGrid';
import { openCompare } from '../compare/open';
import { promptOf } from '../document/prompt';
import { pauseOrResume } from '../engine/client';
import { notifyFailure } from '../notify';
import type { Cells } from '../state/run-store';
import { uiStore } from '../state/ui-store';
import { useRun } from '../state/use';
import { sweep } from '../text/sweep';
import { CellPanel } from './CellPanel';
import { clippedByColumn } from './clipped';
import { labelled } from './open-cell';
import css from './Sweep.module.css';
import { saveGrid } from './save';

const Player = lazy(() => import('../animation/Player'));

interface Props {
  readonly id: string;
  readonly shown: Cells;
  readonly plays?: Playback | undefined;
}

/** More columns have no room for a number each. */
const mostColumns = 12;

/** All pictures of a node as large as the window, the one that is chosen beside them. */
export default function SweepView({ id, shown, plays }: Props) {
  const { axes, pictures, from } = shown;
  const phase = useRun((state) => state.phase);
  const [picked, setPicked] = useState(() => {
    const { enlargedAt = -1 } = uiStore.getState();
    return pictures[enlargedAt] ? enlargedAt : Math.max(0, pictures.findIndex(Boolean));
  });
  const [compared, setCompared] = useState<number>();
  const picture = pictures[picked];
  const done = pictures.filter(Boolean).length;
  const prompt = from && promptOf(from, id);
  const sides = pictures.every((one) => one !== undefined) ? pictures : undefined;
  const table = axes.length > 1;
  const columns = (table && axes.at(-1)?.labels.length) || columnsOf(pictures.length);

  function pick(index: number) {
    const a = compared === undefined ? undefined : pictures[compared];
    const b = pictures[index];
    if (compared !== undefined && a && b && compared !== index) {
      uiStore.setState({ enlarged: undefined });
      openCompare(
        { title: labelled(axes, compared), document: from, picture: a, among: { axes, pictures, index: compared } },
        { title: labelled(axes, index), document: from, picture: b, among: { axes, pictures, index } },
      );
    }
    setCompared(undefined);
    setPicked(index);
  }

  const animate = (all: readonly Picture[]) =>
    openFilm(
      {
        title: prompt || from?.name || '',
        from,
        axes: [
          countedAxis(
            '',
            all.map((_, i) => labelled(axes, i)),
          ),
        ],
        count: all.length,
        picture: (at) => all[at],
      },
      plays,
    );

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    const cell = (event.target as Element).closest<HTMLElement>('[data-cell]');
    const next = by === undefined || !cell ? -1 : Number(cell.dataset.cell) + by;
    if (!pictures[next]) return;
    event.preventDefault();
    setPicked(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-cell="${next}"]`)?.focus();
  }

  return (
    <div className={css.view}>
      <section className={css.main} aria-label={sweep.cells} onKeyDown={onKeyDown}>
        <header>
          <h2>{prompt || from?.name}</h2>
          <span className={css.counts}>
            {sweep.sizes(axes.map(({ labels }) => labels.length))}
            {done < pictures.length && ` · ${sweep.progress(done, pictures.length)}`}
          </span>
          <div className={css.actions}>
            {phase !== 'idle' && phase !== 'stopping' && (
              <button type="button" onClick={pauseOrResume}>
                {phase === 'running' ? (
                  <IconPlayerPause size={14} stroke={1.6} aria-hidden />
                ) : (
                  <IconPlayerPlay size={14} stroke={1.6} aria-hidden />
                )}
                {phase === 'running' ? sweep.pause : sweep.goOn}
              </button>
            )}
            {sides && (
              <button type="button" data-help={sweep.animateHelp} onClick={() => animate(sides)}>
                <IconMovie size={14} stroke={1.6} aria-hidden />
                {sweep.animate}
              </button>
            )}
            <button type="button" onClick={() => void saveGrid(shown).catch(notifyFailure)}>
              <IconDownload size={14} stroke={1.6} aria-hidden />
              {sweep.saveGrid}
            </button>
          </div>
        </header>
        {plays && sides && (
          <div className={css.player}>
            <Player shown={{ from, axes, pictures: sides, plays }} title={prompt} />
          </div>
        )}
        <PictureGrid axes={axes} pictures={pictures} title={prompt} picked={picked} onPick={pick} fills />
        {table && columns <= mostColumns && (
          <div className={css.clipped} data-help={sweep.clippedHelp}>
            <span>{sweep.clipped}</span>
            {clippedByColumn(pictures, columns).map((share, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns stand where they are
              <span key={i}>
                <i style={{ '--share': share ?? 0 } as React.CSSProperties} />
                {share === undefined ? '' : sweep.percent(share)}
              </span>
            ))}
          </div>
        )}
      </section>
      {picture && (
        <CellPanel
          id={id}
          shown={shown}
          index={picked}
          picture={picture}
          comparing={compared !== undefined}
          onCompare={() => setCompared(compared === undefined ? picked : undefined)}
        />
      )}
    </div>
  );
}
