import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { RecordedPort, ValueAddress } from '../../engine/recording/address';
import type { PlainValue } from '../../engine/recording/plain';
import { recordedStore, recordedValue, watchRecorded } from '../engine/recorded';
import { notifyFailure } from '../notify';
import { documentStore } from '../state/document-store';
import { inspectStore, type Looked } from '../state/inspect-store';
import { placeOf } from './place';
import { sourceOf } from './source';

/** What is known of a value of the last run. */
export interface Seen {
  /** What was recorded of the output. */
  readonly port: RecordedPort | undefined;
  readonly address: ValueAddress | undefined;
  /** Undefined while it is fetched, null where there is none. */
  readonly value: PlainValue | null | undefined;
  /** "step 17 of 48, CFG 7.5". */
  readonly detail: string;
}

/** What came out at an output that is shown. */
export function useSeen(looked: Looked | undefined): Seen {
  const document = useStore(documentStore, (state) => state.history.document);
  const path = useStore(documentStore, (state) => state.path);
  const source = useMemo(() => looked && sourceOf(document, path, looked.output), [document, path, looked]);
  return useRecorded(source?.node, source?.port);
}

/** What came out of a node as the engine calls it, at the step and of the item that are looked at. */
export function useRecorded(node: string | undefined, name: string | undefined): Seen {
  useEffect(() => watchRecorded(), []);
  const index = useStore(recordedStore, (state) => state.index);
  const item = useStore(inspectStore, (state) => state.item);
  const evaluation = useStore(inspectStore, (state) => state.evaluation);
  const { port, address, detail } = useMemo(
    () =>
      placeOf(index, node === undefined || name === undefined ? undefined : { node, port: name }, { item, evaluation }),
    [index, node, name, item, evaluation],
  );
  const fetched = useFetched(address, index);
  return { port, address, value: address ? fetched : null, detail };
}

/** The value at an address; asked for again when another run is recorded. The one before stays until the next is there. */
function useFetched(address: ValueAddress | undefined, run: unknown): PlainValue | null | undefined {
  const [fetched, setFetched] = useState<{ readonly place: string; readonly value: PlainValue | null }>();
  const place = address && `${address.node} ${address.port}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run has other values at the same address
  useEffect(() => {
    if (!address || place === undefined) return;
    let gone = false;
    recordedValue(address).then(
      (value) => gone || setFetched({ place, value: value ?? null }),
      (thrown: unknown) => gone || notifyFailure(thrown),
    );
    return () => {
      gone = true;
    };
  }, [address, place, run]);
  return fetched?.place === place ? fetched?.value : undefined;
}
