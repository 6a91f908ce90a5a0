import { useState } from 'react';
import type { Lesson } from '../state/lesson';
import { learning } from '../text/learning';
import css from './learning.module.css';
import { Sample } from './Sample';

/** The pictures on the way: one large, which is the last until another is chosen, and all of them to choose from. */
export function Samples({ samples }: Pick<Lesson, 'samples'>) {
  const [chosen, setChosen] = useState<number>();
  const large = samples.find(({ step }) => step === chosen) ?? samples.at(-1);
  if (!large) return null;
  return (
    <div className={css.all}>
      <figure>
        <Sample picture={large.picture} label={learning.sample(large.step)} />
        <figcaption>{learning.sample(large.step)}</figcaption>
      </figure>
      {samples.length > 1 &&
        samples.map(({ step, picture }) => (
          <button
            key={step}
            type="button"
            aria-pressed={step === large.step}
            data-help={learning.sample(step)}
            onClick={() => setChosen(step === samples.at(-1)?.step ? undefined : step)}
          >
            <Sample picture={picture} label={learning.after(step)} />
            <span aria-hidden>{step}</span>
          </button>
        ))}
    </div>
  );
}
