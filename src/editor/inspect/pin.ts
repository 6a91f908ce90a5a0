import type { PlainValue } from '../../engine/recording/plain';
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
    detail: detail || promptOf(value),
    kind: value.kind,
    value,
    ...(colors && { colors }),
    document: runStore.getState().ran,
  });
}

/** A conditioning is known by its prompt: its first words. */
function promptOf(value: PlainValue): string {
  if (value.kind !== 'conditioning') return '';
  const tokens = value.entries.flatMap(({ strip }) => strip.chunks.flat());
  const text = tokens.map((token) => token.learned?.word ?? token.text.replace('</w>', ' ')).join('');
  const said = text.trim();
  return said.length > 32 ? `${said.slice(0, 31)}…` : said;
}
