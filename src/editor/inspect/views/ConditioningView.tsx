import { useMemo, useState } from 'react';

import { inspect as words } from '../../text/inspect';
import { shortNumber } from '../numbers';
import { Bars } from '../parts/Bars';
import { Stepper } from '../parts/Choices';
import { WholeFacts } from '../parts/Facts';
import { rowNorms, statisticsOf } from '../statistics';
import { Likeness } from './Likeness';
import { type Entry, rowsOf } from './prompt-rows';
import type { Plain, ViewProps } from './view-props';
import css from './views.module.css';

/** What a prompt became: its tokens, how long their vectors are, and how alike they are to one another or to another prompt's. */
export default function ConditioningView({ value: { entries }, other }: ViewProps<Plain<'conditioning'>>) {
  const [chosen, choose] = useState(0);
  const at = Math.min(chosen, entries.length - 1);
  const entry = entries[at];
  if (!entry) return <p className={css.note}>{words.none}</p>;
  return (
    <div className={css.view}>
      {entries.length > 1 && <Stepper what={words.item} at={at} of={entries.length} onChange={choose} />}
      <EntryView entry={entry} other={other?.value.entries[0]} otherTitle={other?.title} />
    </div>
  );
}

interface EntryProps {
  readonly entry: Entry;
  readonly other: Entry | undefined;
  readonly otherTitle: string | undefined;
}

function EntryView({ entry, other, otherTitle }: EntryProps) {
  const { tokens, strip, during, control = [] } = entry;
  const [, count = 0, width = 0] = tokens.dims;
  const whole = useMemo(() => statisticsOf(tokens.data), [tokens]);
  const rows = useMemo(() => rowsOf(entry), [entry]);
  const norms = useMemo(() => rowNorms(tokens.data, width), [tokens, width]);
  const chips = strip.chunks.flat();
  return (
    <div className={`${css.view} ${css.split}`}>
      <div className={css.main}>
        <ul className={css.chips} aria-label={words.tokens(chips.length, width)}>
          {chips.map(({ text, learned, weight }, i) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: a token is known by its place
              key={i}
              data-ends={learned || text.endsWith('</w>') ? '' : undefined}
              data-learned={learned ? '' : undefined}
            >
              {learned?.word ?? text.replace('</w>', '')}
              {weight !== 1 && ` ${shortNumber(weight)}`}
            </li>
          ))}
        </ul>
        <p className={css.note}>{words.tokens(count, width)}</p>
        {during && (
          <p className={css.note}>{words.during((during.at[0] ?? 0) + 1, (during.at.at(-1) ?? 0) + 1, during.count)}</p>
        )}
        {control.map(({ net, strength }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one network may be applied twice
          <p key={i} className={css.note}>
            {words.control(net, shortNumber(strength))}
          </p>
        ))}
        <div>
          <h3 className={css.heading}>{words.norms}</h3>
          <Bars of={rows.map(({ name, row }) => ({ name, value: norms[row] ?? 0 }))} />
        </div>
        <WholeFacts statistics={whole} of={tokens.data} />
      </div>
      <Likeness entry={entry} other={other} otherTitle={otherTitle} />
    </div>
  );
}
