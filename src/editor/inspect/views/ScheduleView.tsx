import { useState } from 'react';
import { inspect as words } from '../../text/inspect';
import { endNumber } from '../numbers';
import { Curve } from '../parts/Curve';
import { SamplerTable } from '../parts/SamplerTable';
import type { Plain, ViewProps } from './view-props';
import css from './views.module.css';

/** A schedule: how the noise goes down, and the sampler as the table that it is. */
export default function ScheduleView({ value: { schedule } }: ViewProps<Plain<'schedule'>>) {
  const { title, steps, startScale } = schedule;
  const [at, point] = useState<number>();
  const sigmas = steps.map(({ sigma }) => sigma);
  const timesteps = steps.map(({ timestep }) => timestep);
  const ends = (values: readonly number[]) =>
    [values.length, endNumber(values[0] ?? 0), endNumber(values.at(-1) ?? 0)] as const;
  return (
    <div className={`${css.view} ${css.split}`}>
      <div className={css.main}>
        <h3 className={css.heading}>{title}</h3>
        <Curve name={words.sigmas} values={sigmas} label={words.sigmasSays(...ends(sigmas))} at={at} onAt={point} />
        <Curve
          name={words.timesteps}
          values={timesteps}
          label={words.timestepsSays(...ends(timesteps))}
          at={at}
          onAt={point}
        />
        <p className={css.note}>{words.startScale(endNumber(startScale))}</p>
      </div>
      <div className={css.main}>
        <h3 className={css.heading}>{words.table}</h3>
        <SamplerTable steps={steps} at={at} />
      </div>
    </div>
  );
}
