import { IconMovie } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { projected } from '../../../engine/recording/projection';
import { enlarged } from '../../animation/enlarged';
import { countedAxis, openFilm } from '../../animation/open';
import controls from '../../controls.module.css';
import { film } from '../../text/film';
import { inspect as words } from '../../text/inspect';
import { Pixels } from '../parts/Pixels';
import TensorView from './TensorView';
import type { Plain, ViewProps } from './view-props';
import css from './views.module.css';

/** Every step that was kept, as a strip, and one of them in full. */
export default function TrajectoryView({ value: { latents }, colors, decode }: ViewProps<Plain<'trajectory'>>) {
  const [chosen, choose] = useState(latents.length - 1);
  const at = Math.min(chosen, latents.length - 1);
  const pictures = useMemo(() => latents.map((latent) => projected(latent, 0, colors)), [latents, colors]);
  const latent = latents[at];
  const value = useMemo(() => latent && ({ kind: 'latent', tensor: latent } as const), [latent]);
  const decodeNow = useMemo(() => decode && (() => decode(at)), [decode, at]);
  const animate = () =>
    openFilm({
      title: film.trajectory,
      axes: [
        countedAxis(
          film.step,
          latents.map((_, i) => film.atStep(i + 1)),
        ),
      ],
      count: latents.length,
      picture: async (i) => (await decode?.(i)) ?? (pictures[i] && enlarged(pictures[i])),
    });
  return (
    <div className={css.view}>
      <div className={css.tools}>
        <button type="button" className={controls.button} data-help={film.stepsHelp} onClick={animate}>
          <IconMovie size={14} stroke={1.6} aria-hidden />
          {film.title}
        </button>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset has a layout of its own */}
      <div className={css.strip} role="group" aria-label={words.latents(latents.length)}>
        {pictures.map((picture, i) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by its place
            key={i}
            type="button"
            aria-pressed={i === at}
            aria-label={words.atStep(i + 1)}
            onClick={() => choose(i)}
          >
            <Pixels {...picture} />
            {i + 1}
          </button>
        ))}
      </div>
      {value && <TensorView value={value} colors={colors} decode={decodeNow} />}
    </div>
  );
}
