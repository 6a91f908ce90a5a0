import { IconDownload, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { itemLabels } from '../../core/many';
import { shotsOf } from '../../formats/animation/film';
import { PictureCanvas } from '../canvas/PictureCanvas';
import { sizeWords } from '../models/size-words';
import { notify, notifyFailure } from '../notify';
import type { Shown } from '../state/run-store';
import { sweep } from '../text/sweep';
import css from './Player.module.css';
import { saveAnimation } from './save';

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

interface Props {
  readonly shown: Shown & { readonly plays: NonNullable<Shown['plays']> };
  readonly title?: string | undefined;
  /** Small pictures are drawn pixel by pixel. */
  readonly pixelated?: boolean;
}

/** Pictures one after the other, as the file will show them. Stands still for those who want no motion, until they press Play. */
export default function Player({ shown, title, pixelated }: Props) {
  const { axes, pictures, plays } = shown;
  const { rate, hold, back } = plays;
  const [playing, setPlaying] = useState(() => !still());
  const [at, setAt] = useState(0);
  const [saving, setSaving] = useState(false);
  const shot = useRef(0);
  useEffect(() => {
    if (!playing || pictures.length < 2) return;
    const shots = shotsOf(pictures.length, { rate, hold, back });
    let timer: ReturnType<typeof setTimeout>;
    const show = () => {
      shot.current %= shots.length;
      const { index, milliseconds } = shots[shot.current] ?? { index: 0, milliseconds: 1000 };
      setAt(index);
      timer = setTimeout(() => {
        shot.current += 1;
        show();
      }, milliseconds);
    };
    show();
    return () => clearTimeout(timer);
  }, [playing, pictures.length, rate, hold, back]);
  const place = Math.min(at, pictures.length - 1);
  const picture = pictures[place];
  const label = itemLabels(axes, place).join(', ');
  const format = plays.format === 'webp' ? 'WebP' : plays.format === 'webm' ? 'WebM' : plays.format.toUpperCase();

  async function save() {
    setSaving(true);
    try {
      const { name, bytes } = await saveAnimation(shown, plays);
      notify({ tone: 'done', title: sweep.saved(name, sizeWords(bytes)) });
    } catch (thrown) {
      notifyFailure(thrown);
    } finally {
      setSaving(false);
    }
  }

  return (
    <div>
      <div className={css.screen} data-pixelated={pixelated ? '' : undefined}>
        {picture && (
          <PictureCanvas picture={picture} label={[title, label].filter(Boolean).join(', ')} fills index={place} />
        )}
        {plays.labels && label && <span className={css.label}>{label}</span>}
      </div>
      <div className={`${css.controls} nodrag nopan`}>
        <button
          type="button"
          aria-label={playing ? sweep.stopPlaying : sweep.play}
          onClick={() => {
            shot.current = place;
            setPlaying(!playing);
          }}
        >
          {playing ? (
            <IconPlayerPause size={14} stroke={1.6} aria-hidden />
          ) : (
            <IconPlayerPlay size={14} stroke={1.6} aria-hidden />
          )}
        </button>
        <input
          type="range"
          aria-label={sweep.frame}
          aria-valuetext={sweep.frameOf(place + 1, pictures.length, label)}
          min={0}
          max={Math.max(0, pictures.length - 1)}
          value={place}
          onChange={({ currentTarget }) => {
            setPlaying(false);
            setAt(Number(currentTarget.value));
          }}
        />
        <span>
          {place + 1} / {pictures.length}
        </span>
        <button type="button" className={css.save} disabled={saving} onClick={() => void save()}>
          <IconDownload size={13} stroke={1.6} aria-hidden />
          {saving ? sweep.saving(format) : sweep.save(format)}
        </button>
      </div>
    </div>
  );
}
