import { useEffect, useState } from 'react';
import { keepForGood, type StorageUse, storageUse } from '../../storage/models/library';
import type { ModelEntry } from '../../storage/models/model-entry';
import { notify, notifyFailure } from '../notify';
import { setInPlace } from '../state/ui-store';
import { useUi } from '../state/use';
import css from './Models.module.css';
import { sizeWords } from './size-words';

/** How much room models take of what the browser gives, and whether it may clear them. */
export function StorageFoot({ entries }: { readonly entries: readonly ModelEntry[] }) {
  const [use, setUse] = useState<StorageUse>();
  const inPlace = useUi((state) => state.inPlace);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the models changes what is used
  useEffect(() => void storageUse().then(setUse, notifyFailure), [entries]);
  const askForGood = async () => {
    if (await keepForGood()) return setUse(await storageUse());
    notify({
      tone: 'warning',
      title: 'The browser did not agree to keep models for good.',
      text: 'It may clear them when the disk is full. Installing Weft as an app or adding it to your bookmarks can change that.',
    });
  };
  return (
    <div className={css.foot}>
      {use && (
        <>
          <div className={`${css.bar} ${css.meter}`}>
            <i style={{ transform: `scaleX(${use.quota ? use.used / use.quota : 0})` }} />
          </div>
          <span>
            {sizeWords(use.used)} of {sizeWords(use.quota)} used
          </span>
          {use.persistent ? (
            <span>kept until you remove them</span>
          ) : (
            <button type="button" className={css.link} onClick={() => void askForGood().catch(notifyFailure)}>
              Keep models even when the disk is full
            </button>
          )}
        </>
      )}
      <span className={css.grow} />
      {'showOpenFilePicker' in window && (
        <label>
          <input type="checkbox" checked={inPlace} onChange={(event) => setInPlace(event.currentTarget.checked)} />
          Use files where they lie, without a copy
        </label>
      )}
    </div>
  );
}
