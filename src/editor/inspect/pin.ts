import type { Colors } from '../../engine/recording/projection';
import { documentStore } from '../state/document-store';
import { addPin, inspectStore } from '../state/inspect-store';
import { runStore } from '../state/run-store';
import { titleOf } from './title';
import type { Seen } from './use-value';

/** Keeps a value that is looked at, as it is now. */
export function pinNow({ value, detail }: Pick<Seen, 'value' | 'detail'>, colors?: Colors) {
  const { looked } = inspectStore.getState();
  if (!value || !looked) return;
  addPin({
    title: titleOf(documentStore.getState().graph, looked.output),
    detail,
    kind: value.kind,
    value,
    ...(colors && { colors }),
    document: runStore.getState().ran,
  });
}
