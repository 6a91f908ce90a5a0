import { IconArrowLeft, IconX } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { animationFormats, type Playback } from '../../core/define-node';
import { itemLabels } from '../../core/many';
import type { Picture } from '../../engine/events';
import { shotsOf } from '../../formats/animation/film';
import controls from '../controls.module.css';
import { closeDialog, Dialog } from '../dialogs/Dialog';
import { Segments } from '../inspect/parts/Choices';
import { notifyFailure } from '../notify';
import { uiStore } from '../state/ui-store';
import { film as words } from '../text/film';
import css from './FilmDialog.module.css';
import { countedAxis, filmStore, type Reel } from './open';
import Player from './Player';

/** Pictures that were looked at as a film: how it is played, and what file it becomes. */
export default function FilmDialog() {
  const { reel, before } = useStore(filmStore);
  return (
    <Dialog label={words.title} className={css.dialog}>
      <div className={css.head}>
        {before && (
          <button
            type="button"
            className={controls.icon}
            aria-label={words.back}
            data-help={words.back}
            onClick={() => uiStore.setState({ dialog: before })}
          >
            <IconArrowLeft size={16} stroke={1.6} aria-hidden />
          </button>
        )}
        <h2>{words.title}</h2>
        {reel && (
          <small>
            {reel.title} · {words.pictures(reel.count)}
          </small>
        )}
        <button type="button" className={controls.icon} aria-label={words.close} onClick={closeDialog}>
          <IconX size={16} stroke={1.6} aria-hidden />
        </button>
      </div>
      {reel ? <Film reel={reel} /> : <p className={css.note}>{words.nothing}</p>}
    </Dialog>
  );
}

interface Frame {
  readonly picture: Picture;
  readonly label: string;
}

/** The pictures of a reel as they come, and whether the last of them is there. Those that nothing is kept of are left out. */
function useFrames({ axes, count, picture }: Reel): { readonly frames: readonly Frame[]; readonly whole: boolean } {
  const [frames, setFrames] = useState<readonly Frame[]>([]);
  const [whole, setWhole] = useState(false);
  useEffect(() => {
    let gone = false;
    (async () => {
      const made: Frame[] = [];
      for (let at = 0; at < count && !gone; at++) {
        const one = await picture(at);
        if (one) made.push({ picture: one, label: itemLabels(axes, at).join(', ') });
        if (!gone) setFrames([...made]);
      }
      if (!gone) setWhole(true);
    })().catch((thrown: unknown) => gone || notifyFailure(thrown));
    return () => {
      gone = true;
    };
  }, [axes, count, picture]);
  return { frames, whole };
}

function Film({ reel }: { readonly reel: Reel }) {
  const { frames, whole } = useFrames(reel);
  const axes = useMemo(
    () => [
      countedAxis(
        '',
        frames.map(({ label }) => label),
      ),
    ],
    [frames],
  );
  const pictures = frames.map(({ picture }) => picture);
  const playback = useStore(filmStore, (state) => state.playback);
  const milliseconds = shotsOf(pictures.length, playback).reduce((sum, shot) => sum + shot.milliseconds, 0);
  const [first] = pictures;
  return (
    <div className={css.body}>
      <div className={css.screen} style={first && { ['--ratio' as string]: String(first.width / first.height) }}>
        {whole ? (
          <Player
            shown={{ from: reel.from, axes, pictures, plays: playback }}
            title={reel.title}
            pixelated={(first?.width ?? 0) <= 256}
          />
        ) : (
          <p className={css.note} role="status">
            {words.making(pictures.length, reel.count)}
          </p>
        )}
      </div>
      <Settings playback={playback} seconds={milliseconds / 1000} />
    </div>
  );
}

const change = (by: Partial<Playback>) => filmStore.setState(({ playback }) => ({ playback: { ...playback, ...by } }));

function Settings({ playback, seconds }: { readonly playback: Playback; readonly seconds: number }) {
  const { rate, hold, back, labels, format } = playback;
  return (
    <section className={css.settings} aria-label={words.settings}>
      <h3>{words.settings}</h3>
      <label data-help={words.rateHelp}>
        {words.rate}
        <input
          type="number"
          className={controls.input}
          min={0.1}
          max={60}
          step="any"
          value={rate}
          onChange={({ currentTarget: { valueAsNumber } }) =>
            valueAsNumber >= 0.1 && valueAsNumber <= 60 && change({ rate: valueAsNumber })
          }
        />
        <i>{words.perSecond}</i>
      </label>
      <label data-help={words.holdHelp}>
        {words.hold}
        <input
          type="number"
          className={controls.input}
          min={0}
          max={60}
          step="any"
          value={hold}
          onChange={({ currentTarget: { valueAsNumber } }) =>
            valueAsNumber >= 0 && valueAsNumber <= 60 && change({ hold: valueAsNumber })
          }
        />
        <i>{words.seconds}</i>
      </label>
      <label data-help={words.rewindHelp}>
        {words.rewind}
        <input type="checkbox" checked={back} onChange={(event) => change({ back: event.currentTarget.checked })} />
      </label>
      <label data-help={words.labelsHelp}>
        {words.labels}
        <input type="checkbox" checked={labels} onChange={(event) => change({ labels: event.currentTarget.checked })} />
      </label>
      <h3>{words.format}</h3>
      <Segments
        label={words.format}
        value={format}
        onChange={(chosen) => change({ format: chosen })}
        options={animationFormats.map((id) => ({ id, title: words.formats[id] ?? id }))}
      />
      <p>{words.formatHelp}</p>
      <p>{words.length(seconds.toFixed(1))}</p>
    </section>
  );
}
