import { useEffect, useState } from 'react';
import type { LibraryEntry } from '../../storage/entry';
import { exportLibrary, importLibrary } from '../../storage/library-file';
import { keepForGood, type StorageUse, storageUse } from '../../storage/models/library';
import { chooseFile } from '../files/choose';
import { download } from '../files/download';
import { sizeWords } from '../models/size-words';
import { notify, notifyFailure } from '../notify';
import { graphs as words } from '../text/graphs';
import css from './Library.module.css';

async function saveAll(runs: boolean): Promise<void> {
  const file = await exportLibrary({ runs });
  const name = `weft-library-${new Date().toISOString().slice(0, 10)}.zip`;
  download(file, name);
  notify({ tone: 'done', title: words.exported(name, sizeWords(file.size)) });
}

async function openAll(): Promise<void> {
  const file = await chooseFile('.zip,application/zip');
  if (!file) return;
  const done = await importLibrary(file, words.copyFromFile);
  notify({ tone: 'done', title: words.imported(done.graphs + done.beside), text: words.importedText(done) });
  const [first] = done.refused;
  if (first) notify({ tone: 'warning', title: words.importRefused(done.refused.length, first) });
}

interface Props {
  readonly entries: readonly LibraryEntry[];
  /** Called when the list has changed. */
  readonly onChange: () => void;
}

/** How much room is used, and the library as one file. */
export function LibraryFoot({ entries, onChange }: Props) {
  const [use, setUse] = useState<StorageUse>();
  const [runs, setRuns] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the graphs changes what is used
  useEffect(() => void storageUse().then(setUse, notifyFailure), [entries]);
  const askForGood = async () => {
    if (await keepForGood()) return setUse(await storageUse());
    notify({ tone: 'warning', title: words.askedInVain, text: words.askedInVainText });
  };
  return (
    <div className={css.foot}>
      {use && (
        <>
          <span>{words.used(sizeWords(use.used), sizeWords(use.quota))}</span>
          {use.persistent ? (
            <span>{words.forGood}</span>
          ) : (
            <button type="button" className={css.button} onClick={() => void askForGood().catch(notifyFailure)}>
              {words.askForGood}
            </button>
          )}
        </>
      )}
      <span className={css.grow} />
      <label>
        <input type="checkbox" checked={runs} onChange={(event) => setRuns(event.currentTarget.checked)} />{' '}
        {words.withRuns}
      </label>
      <button
        type="button"
        className={css.button}
        data-help={words.exportHelp}
        onClick={() => void saveAll(runs).catch(notifyFailure)}
      >
        {words.exportAll}
      </button>
      <button type="button" className={css.button} onClick={() => void openAll().then(onChange, notifyFailure)}>
        {words.importAll}
      </button>
    </div>
  );
}
