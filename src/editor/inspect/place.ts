import { itemCount, itemLabels } from '../../core/many';
import type { RecordedPort, RecordingIndex, ValueAddress } from '../../engine/recording/address';
import { inspect as words } from '../text/inspect';
import type { Source } from './source';

interface Place {
  readonly port: RecordedPort | undefined;
  /** Undefined where nothing was recorded. */
  readonly address: ValueAddress | undefined;
  /** Which step and which item it is, where there are several. */
  readonly detail: string;
}

/** Where in the last run the value of an output is: at the evaluation and of the item that were chosen, as far as there are such. */
export function placeOf(
  index: Pick<RecordingIndex, 'ports'> | undefined,
  source: Source | undefined,
  chosen: { readonly item: number; readonly evaluation: number | undefined },
): Place {
  const port = index?.ports.find(({ node, port: name }) => node === source?.node && name === source.port);
  if (!port) return { port, address: undefined, detail: '' };
  const item = Math.min(chosen.item, itemCount(port.axes) - 1);
  const last = port.evaluations - 1;
  const evaluation = last > 0 ? Math.min(chosen.evaluation ?? last, last) : undefined;
  const { node, port: name } = port;
  return {
    port,
    address: { node, port: name, item, ...(evaluation !== undefined && { evaluation }) },
    detail: [
      ...(evaluation === undefined ? [] : [words.step(evaluation + 1, port.evaluations)]),
      ...itemLabels(port.axes, item),
    ].join(', '),
  };
}
