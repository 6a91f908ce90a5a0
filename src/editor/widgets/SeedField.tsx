import { IconArrowsShuffle, IconDice5, IconLock, IconMinus, IconPlus } from '@tabler/icons-react';
import { type Roll, seedCount, setRoll, storedSeed } from '../document/seeds';
import { edit } from '../state/document-store';
import { useNode } from '../state/node-watch';
import { widgets } from '../text/widgets';
import type { FieldProps } from './field';
import { useGesture } from './gesture';
import css from './widgets.module.css';

const rolls = {
  fixed: { title: widgets.rolls.fixed, Icon: IconLock },
  random: { title: widgets.rolls.random, Icon: IconArrowsShuffle },
  increment: { title: widgets.rolls.increment, Icon: IconPlus },
  decrement: { title: widgets.rolls.decrement, Icon: IconMinus },
} as const;

type RollProps = Pick<FieldProps, 'node' | 'label' | 'place'> & { readonly name: string };

/** What becomes of a seed before each run. */
function RollField({ node, name, label, place }: RollProps) {
  const roll = useNode(node, (graph) => graph.nodes.get(node)?.rolls?.[name] ?? 'fixed');
  const { title, Icon } = rolls[roll];
  return (
    <span className={css.roll} data-help={`${title}.`}>
      <Icon size={13} stroke={1.6} aria-hidden />
      <select
        className={css.cover}
        aria-label={widgets.rollOf(label)}
        data-stop
        tabIndex={place === 'node' ? -1 : 0}
        value={roll}
        onChange={({ currentTarget: { value } }) =>
          edit(widgets.change(label), setRoll(node, name, value === 'fixed' ? undefined : (value as Roll)))
        }
      >
        {Object.entries(rolls).map(([value, option]) => (
          <option key={value} value={value}>
            {option.title}
          </option>
        ))}
      </select>
    </span>
  );
}

/** Where the random numbers start. The die rolls a new one, before the run, so that the picture's seed is the one shown. */
export function SeedField({ node, parameter, value, label, place, onChange }: FieldProps) {
  const gesture = useGesture();
  const roll = () => onChange(crypto.getRandomValues(new Uint32Array(1))[0] ?? 0);
  return (
    <div className={`${css.field} nodrag`}>
      {place === 'node' && <span>{label}</span>}
      <input
        className={`${css.line} ${css.digits}`}
        aria-label={label}
        inputMode="numeric"
        data-stop
        tabIndex={place === 'node' ? -1 : 0}
        value={String(value ?? '')}
        onFocus={gesture.begin}
        onChange={(event) => {
          const digits = event.currentTarget.value.replaceAll(/\D/g, '');
          const seed = BigInt(digits || '0');
          onChange(storedSeed(seed < seedCount ? seed : seedCount - 1n), gesture.id());
        }}
      />
      <button
        type="button"
        className={css.inside}
        aria-label={widgets.rollNew(label)}
        data-stop
        tabIndex={place === 'node' ? -1 : 0}
        onClick={roll}
      >
        <IconDice5 size={13} stroke={1.6} aria-hidden />
      </button>
      <RollField node={node} name={parameter.name} label={label} place={place} />
    </div>
  );
}
