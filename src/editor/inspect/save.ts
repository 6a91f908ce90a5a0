import type { PlainValue } from '../../engine/recording/plain';
import { download } from '../files/download';
import { notifyFailure } from '../notify';
import { type Format, fileOf } from './value-files';

/** Hands a value to the browser's downloads. */
export async function saveValue(value: PlainValue, name: string, format: Format): Promise<void> {
  try {
    download(await fileOf(value, format), `${name.replace(/[/\\:*?"<>|]/g, '-') || 'value'}.${format}`);
  } catch (thrown) {
    notifyFailure(thrown);
  }
}
