import { IconPin, IconX } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useStore } from 'zustand';
import type { Document } from '../../core/document';
import { itemCount } from '../../core/many';
import controls from '../controls.module.css';
import { closeDialog, Dialog } from '../dialogs/Dialog';
import frame from '../dialogs/Dialog.module.css';
import { insideOf } from '../document/subgraph-inside';
import { recordedPicture, recordedStore } from '../engine/recorded';
import { definitionsOf } from '../registry';
import { selectedNodes } from '../state/canvas-store';
import { documentStore } from '../state/document-store';
import { addPin, inspectStore } from '../state/inspect-store';
import { runStore } from '../state/run-store';
import { inspect as words } from '../text/inspect';
import { portWords } from '../words';
import { CompareButton, pinName } from './CompareButton';
import { dimsOf } from './dims';
import { useFactsOf } from './facts';
import { Stepper } from './parts/Choices';
import { SaveButton } from './SaveButton';
import { type Source, sourceOf } from './source';
import { useRecorded } from './use-value';
import { Pill } from './ValuePanel';
import css from './ValuesDialog.module.css';
import { ValuesList } from './ValuesList';
import { ValueView } from './views/ValueView';

type Chosen = { readonly source: Source } | { readonly pin: number };

/** The title of a node as the engine calls it. */
function nodeTitle(document: Document, id: string): string {
  const path = id.split('/');
  const own = path.pop();
  const node = insideOf(document, path).nodes.find((one) => one.id === own);
  return node?.title ?? definitionsOf(document).get(node?.type ?? '')?.title ?? id;
}

/** All that the last run kept, and what was pinned, one of them as large as the window. */
export default function ValuesDialog() {
  const pins = useStore(inspectStore, (state) => state.pins);
  const index = useStore(recordedStore, (state) => state.index);
  const [chosen, choose] = useState<Chosen | undefined>(() => {
    const { looked } = inspectStore.getState();
    const { history, path } = documentStore.getState();
    const source = looked && sourceOf(history.document, path, looked.output);
    const [node, ...others] = selectedNodes();
    const id = node !== undefined && others.length === 0 ? [...path, node].join('/') : undefined;
    const port = index?.ports.find((one) => one.node === id);
    // Whoever looked at one of the selected node's values goes on with that one.
    if (port && source?.node !== id) return { source: { node: port.node, port: port.port } };
    return source && { source };
  });
  const ports = index?.ports ?? [];
  const first = ports.find(({ kind }) => kind === 'latent') ?? ports[0];
  const now = chosen ?? (first && { source: { node: first.node, port: first.port } });
  const source = now && 'source' in now ? now.source : undefined;
  const seen = useRecorded(source?.node, source?.port);
  const pin = now && 'pin' in now ? pins.find(({ id }) => id === now.pin) : undefined;
  const document = useStore(documentStore, (state) => state.history.document);
  const more = useFactsOf(seen.address, seen.value?.kind);
  const { address, port } = seen;
  const decode = useCallback(
    (image: number) => (address ? recordedPicture(address, image) : Promise.resolve(undefined)),
    [address],
  );
  const value = pin?.value ?? seen.value;
  const title = pin?.title ?? (source ? words.from(portWords(source.port), nodeTitle(document, source.node)) : '');
  const other = pins.findLast(({ id, kind }) => kind === 'conditioning' && id !== pin?.id);
  const items = port ? itemCount(port.axes) : 1;
  return (
    <Dialog label={words.values} className={css.dialog}>
      <div className={frame.head}>
        <h2>{words.values}</h2>
        <button type="button" className={controls.icon} aria-label={words.close} onClick={closeDialog}>
          <IconX size={16} stroke={1.6} aria-hidden />
        </button>
      </div>
      <div className={css.body}>
        <ValuesList
          pins={pins}
          ports={ports}
          pin={pin?.id}
          source={pin ? undefined : source}
          nodeTitle={(id) => nodeTitle(document, id)}
          onPin={(id) => choose({ pin: id })}
          onSource={(to) => choose({ source: to })}
        />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by keyboard */}
        <section className={css.main} aria-label={title || words.value} tabIndex={0}>
          {value ? (
            <>
              <div className={css.head}>
                <h2>{title}</h2>
                <Pill kind={value.kind} />
                <small>{[dimsOf(value), pin?.detail].filter(Boolean).join(' · ')}</small>
                <span className={css.grow} />
                {!pin && port && port.evaluations > 1 && (
                  <Stepper
                    what={words.stepName}
                    at={address?.evaluation ?? port.evaluations - 1}
                    of={port.evaluations}
                    onChange={(evaluation) => inspectStore.setState({ evaluation })}
                  />
                )}
                {!pin && items > 1 && (
                  <Stepper
                    what={words.item}
                    at={address?.item ?? 0}
                    of={items}
                    onChange={(item) => inspectStore.setState({ item })}
                  />
                )}
                {!pin && (
                  <button
                    type="button"
                    className={controls.button}
                    onClick={() =>
                      addPin({
                        title,
                        detail: seen.detail,
                        kind: value.kind,
                        value,
                        colors: more.colors,
                        document: runStore.getState().ran,
                      })
                    }
                  >
                    <IconPin size={14} stroke={1.6} aria-hidden />
                    {words.pin}
                  </button>
                )}
                <CompareButton
                  side={{
                    title: pin ? pinName(pin) : [title, seen.detail].filter(Boolean).join(', '),
                    value,
                    colors: pin ? pin.colors : more.colors,
                    document: pin ? pin.document : runStore.getState().ran,
                  }}
                  always
                />
                <SaveButton value={value} name={title} />
              </div>
              <ValueView
                key={title}
                value={value}
                decode={pin ? undefined : decode}
                {...(pin ? { colors: pin.colors } : more)}
                other={other?.value.kind === 'conditioning' ? { title: other.title, value: other.value } : undefined}
              />
            </>
          ) : (
            <p className={css.empty} role="status">
              {value === undefined ? words.loading : words.nothingRun}
            </p>
          )}
        </section>
      </div>
    </Dialog>
  );
}
