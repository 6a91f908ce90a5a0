import { IconArrowsMaximize, IconPin, IconX } from '@tabler/icons-react';
import { useCallback } from 'react';
import { useStore } from 'zustand';
import type { WireEnd } from '../../core/document';
import { itemCount } from '../../core/many';
import { kindColor, SocketShape } from '../canvas/SocketShape';
import controls from '../controls.module.css';
import { recordedPicture } from '../engine/recorded';
import { inspectStore, lookAway } from '../state/inspect-store';
import { uiStore } from '../state/ui-store';
import { useDocument, useRun } from '../state/use';
import { inspect as words } from '../text/inspect';
import { dimsOf } from './dims';
import { useFactsOf } from './facts';
import { Pins } from './Pins';
import { Stepper } from './parts/Choices';
import { pinNow } from './pin';
import { SaveButton } from './SaveButton';
import { titleOf } from './title';
import { useSeen } from './use-value';
import css from './Value.module.css';
import { ValueView } from './views/ValueView';

/** What came along a wire or at a socket that was chosen, and what was pinned, in the inspector. */
export default function ValuePanel() {
  const looked = useStore(inspectStore, (state) => state.looked);
  const unwired = useStore(inspectStore, (state) => state.unwired);
  return (
    <>
      {looked && <Looked key={looked.output.join(' ')} />}
      {unwired && <Unwired end={unwired} />}
      <Pins />
    </>
  );
}

function Unwired({ end }: { readonly end: WireEnd }) {
  const title = useDocument(({ graph }) => titleOf(graph, end));
  return (
    <section className={css.panel} aria-label={words.value}>
      <Head title={title} />
      <p className={css.note}>{words.notWired}</p>
    </section>
  );
}

function Head({ title }: { readonly title: string }) {
  return (
    <div className={css.head}>
      <h2>{title}</h2>
      <button type="button" className={css.icon} aria-label={words.close} onClick={lookAway}>
        <IconX size={14} stroke={1.6} aria-hidden />
      </button>
    </div>
  );
}

function Looked() {
  const looked = useStore(inspectStore, (state) => state.looked);
  const seen = useSeen(looked);
  const { port, address, value, detail } = seen;
  const stale = useRun((run) => looked !== undefined && run.stale.has(looked.output[0]));
  const ran = useRun((run) => run.ran !== undefined);
  const title = useDocument(({ graph }) => (looked ? titleOf(graph, looked.output) : ''));
  const decode = useCallback(
    (image: number) => (address ? recordedPicture(address, image) : Promise.resolve(undefined)),
    [address],
  );
  const more = useFactsOf(address, value?.kind);
  const other = useStore(inspectStore, ({ pins }) => pins.findLast(({ kind }) => kind === 'conditioning'));
  const items = port ? itemCount(port.axes) : 1;
  return (
    <section className={css.panel} aria-label={words.value}>
      <Head title={title} />
      {!value ? (
        <p className={css.note} role="status">
          {value === undefined ? words.loading : port ? words.notKept : ran ? words.notMade : words.notRun}
        </p>
      ) : (
        <>
          <p className={css.sub}>
            <Pill kind={value.kind} />
            {dimsOf(value)}
          </p>
          <div className={css.steps}>
            {port && port.evaluations > 1 && (
              <Stepper
                what={words.stepName}
                at={address?.evaluation ?? port.evaluations - 1}
                of={port.evaluations}
                onChange={(evaluation) => inspectStore.setState({ evaluation })}
              />
            )}
            {items > 1 && (
              <Stepper
                what={words.item}
                name={port?.axes.length ? detail.split(', ').slice(-port.axes.length).join(', ') : undefined}
                at={address?.item ?? 0}
                of={items}
                onChange={(item) => inspectStore.setState({ item })}
              />
            )}
          </div>
          <div className={css.tools}>
            <button
              type="button"
              className={controls.button}
              data-help={words.pinned}
              onClick={() => pinNow(seen, more.colors)}
            >
              <IconPin size={14} stroke={1.6} aria-hidden />
              {words.pin}
            </button>
            <SaveButton value={value} name={title} />
            <button
              type="button"
              className={css.icon}
              aria-label={words.larger}
              data-help={words.larger}
              onClick={() => uiStore.setState({ dialog: 'values' })}
            >
              <IconArrowsMaximize size={14} stroke={1.6} aria-hidden />
            </button>
          </div>
          {stale && <p className={css.note}>{words.stale}</p>}
          <ValueView
            value={value}
            decode={decode}
            {...more}
            other={other?.value.kind === 'conditioning' ? { title: other.title, value: other.value } : undefined}
          />
        </>
      )}
    </section>
  );
}

/** The kind of a value, in its colour. */
export function Pill({ kind }: { readonly kind: Parameters<typeof kindColor>[0] }) {
  return (
    <>
      <SocketShape kind={kind} size={11} />
      <span className={css.pill} style={{ background: kindColor(kind), color: `var(--on-${kind})` }}>
        {kind}
      </span>
    </>
  );
}
