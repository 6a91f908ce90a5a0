import { useEffect, useState } from 'react';
import { type Kind, kinds } from '../../../core/kinds';

import { notifyFailure } from '../../notify';
import { inspect as words } from '../../text/inspect';
import { Facts } from '../parts/Facts';
import type { Plain, ViewProps } from './view-props';
import css from './views.module.css';

type Model = Plain<'text-encoder' | 'unet' | 'vae' | 'controlnet' | 'lora'>;

/** A model: what it is called and what it does; of a LoRA which layers it changes. */
export default function ModelView({ value, facts: ask }: ViewProps<Model>) {
  const kind: Kind = value.kind;
  const [facts, setFacts] = useState<Awaited<ReturnType<NonNullable<typeof ask>>>>();
  useEffect(() => {
    let gone = false;
    ask?.().then((found) => gone || setFacts(found), notifyFailure);
    return () => {
      gone = true;
    };
  }, [ask]);
  return (
    <div className={css.view}>
      <div>
        <h3 className={css.heading}>{value.title}</h3>
        <p className={css.note}>{kinds[kind].meaning}</p>
      </div>
      {facts && <Facts of={facts} />}
      {value.kind === 'lora' && (
        <>
          {value.notes.map((note) => (
            <p key={note} className={css.note}>
              {note}
            </p>
          ))}
          <details>
            <summary>{words.layers(value.layers.length)}</summary>
            <p className={css.words}>{value.layers.join('\n')}</p>
          </details>
        </>
      )}
    </div>
  );
}
