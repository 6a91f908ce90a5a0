import { useEffect, useState } from 'react';
import { keepForGood, type StorageUse, storageUse } from '../../storage/models/library';
import type { ModelEntry } from '../../storage/models/model-entry';
import { notify, notifyFailure } from '../notify';
import { setInPlace } from '../state/ui-store';
import { useUi } from '../state/use';
import { models } from '../text/models';
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
      title: models.notForGood,
      text: models.notForGoodHint,
    });
  };
  return (
    <div className={css.foot}>
      {use && (
        <>
          <div className={`${css.bar} ${css.meter}`}>
            <i style={{ transform: `scaleX(${use.quota ? use.used / use.quota : 0})` }} />
          </div>
          <span>{models.used(sizeWords(use.used), sizeWords(use.quota))}</span>
          {use.persistent ? (
            <span>{models.keptForGood}</span>
          ) : (
            <button type="button" className={css.link} onClick={() => void askForGood().catch(notifyFailure)}>
              {models.keepForGood}
            </button>
          )}
        </>
      )}
      <span className={css.grow} />
      {'showOpenFilePicker' in window && (
        <label>
          <input type="checkbox" checked={inPlace} onChange={(event) => setInPlace(event.currentTarget.checked)} />
          {models.inPlace}
        </label>
      )}
    </div>
  );
}
