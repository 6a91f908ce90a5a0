import { IconColumns2 } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { openCompare, type Side } from '../compare/open';
import controls from '../controls.module.css';
import { inspectStore, type Pin } from '../state/inspect-store';
import { inspect as words } from '../text/inspect';

export const pinName = ({ title, detail }: Pick<Pin, 'title' | 'detail'>) => [title, detail].filter(Boolean).join(', ');

export const sideOf = (pin: Pin): Side => ({
  title: pinName(pin),
  value: pin.value,
  document: pin.document,
  colors: pin.colors,
});

interface Props {
  readonly side: Extract<Side, { readonly value: unknown }>;
  /** Why it cannot compare is told, where there is nothing to compare with; else it is not there. */
  readonly always?: boolean;
}

/** Compares a value with the pin of its kind that was made last. */
export function CompareButton({ side, always }: Props) {
  const pin = useStore(inspectStore, ({ pins }) =>
    pins.findLast(({ kind, value }) => kind === side.value.kind && value !== side.value),
  );
  if (!pin && !always) return null;
  return (
    <button
      type="button"
      className={controls.button}
      aria-disabled={!pin}
      data-help={pin ? words.compareWith(pinName(pin)) : words.compareHint}
      onClick={() => pin && openCompare(sideOf(pin), side)}
    >
      <IconColumns2 size={14} stroke={1.6} aria-hidden />
      {words.compare}
    </button>
  );
}
