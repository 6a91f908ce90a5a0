import { inspect as words } from '../../text/inspect';
import { endNumber, shortNumber } from '../numbers';
import { Facts } from '../parts/Facts';
import { SamplerTable } from '../parts/SamplerTable';
import type { Plain, ViewProps } from './view-props';
import css from './views.module.css';

/** One evaluation: where it is, and its row of the sampler's table. */
export default function StepView({ value: { context } }: ViewProps<Plain<'step'>>) {
  const { index, count, step } = context;
  return (
    <div className={css.view}>
      <p className={css.number}>{words.place(index + 1, count)}</p>
      <Facts
        of={[
          ['σ', shortNumber(step.sigma)],
          [words.timesteps, endNumber(step.timestep)],
          ['c_in', shortNumber(step.inputScale)],
        ]}
      />
      <div>
        <h3 className={css.heading}>{words.thisStep}</h3>
        <SamplerTable steps={[step]} first={index} />
      </div>
    </div>
  );
}
