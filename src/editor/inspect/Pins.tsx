import { IconColumns2, IconPinnedOff } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { SocketShape } from '../canvas/SocketShape';
import { openCompare, type Side } from '../compare/open';
import controls from '../controls.module.css';
import { inspectStore, type Pin, removePin } from '../state/inspect-store';
import { useDocument, useRun } from '../state/use';
import { inspect as words } from '../text/inspect';
import { CompareButton, pinName, sideOf } from './CompareButton';
import { SaveButton } from './SaveButton';
import { titleOf } from './title';
import { useSeen } from './use-value';
import css from './Value.module.css';
import { ValueView } from './views/ValueView';

/** The values that stay, each as large as the inspector is wide, the last one first. */
export function Pins() {
  const pins = useStore(inspectStore, (state) => state.pins);
  if (pins.length === 0) return null;
  return (
    <section className={css.pins} aria-label={words.pins}>
      <h2>{words.pins}</h2>
      {pins.toReversed().map((pin) => (
        <PinCard key={pin.id} pin={pin} pins={pins} />
      ))}
    </section>
  );
}

function PinCard({ pin, pins }: { readonly pin: Pin; readonly pins: readonly Pin[] }) {
  const other = pins.findLast(({ id, kind }) => id !== pin.id && kind === pin.kind && kind === 'conditioning');
  return (
    <div className={css.pin}>
      <button
        type="button"
        className={css.icon}
        aria-label={words.unpin(pinName(pin))}
        data-help={words.unpinHelp}
        onClick={() => removePin(pin.id)}
      >
        <IconPinnedOff size={14} stroke={1.6} aria-hidden />
      </button>
      <details open>
        <summary>
          <SocketShape kind={pin.kind} size={11} />
          <span>
            {pin.title}
            {pin.detail && <small>{pin.detail}</small>}
          </span>
        </summary>
        <ValueView
          value={pin.value}
          colors={pin.colors}
          other={other?.value.kind === 'conditioning' ? { title: other.title, value: other.value } : undefined}
        />
        <div className={css.tools}>
          <ComparePin pin={pin} />
          <SaveButton value={pin.value} name={pinName(pin)} />
        </div>
      </details>
    </div>
  );
}

/** Compares with what is looked at, or with another pin, where that has the same kind. */
function ComparePin({ pin }: { readonly pin: Pin }) {
  const looked = useStore(inspectStore, (state) => state.looked);
  const { value, detail } = useSeen(looked);
  const ran = useRun((run) => run.ran);
  const title = useDocument(({ graph }) => looked && titleOf(graph, looked.output));
  const now = value && value.kind === pin.kind && value !== pin.value ? value : undefined;
  if (!now) return <CompareButton side={{ ...pin, title: pinName(pin) }} always />;
  const other: Side = {
    title: [title, detail].filter(Boolean).join(', '),
    value: now,
    colors: pin.colors,
    document: ran,
  };
  return (
    <button
      type="button"
      className={controls.button}
      data-help={words.compareWith(other.title)}
      onClick={() => openCompare(sideOf(pin), other)}
    >
      <IconColumns2 size={14} stroke={1.6} aria-hidden />
      {words.compare}
    </button>
  );
}
