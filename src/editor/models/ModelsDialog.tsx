import { IconCloudDown, IconFilePlus, IconFolderPlus, IconSearch, IconX } from '@tabler/icons-react';
import { type DragEvent, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { mayRead } from '../../storage/models/library';
import { listedKinds, type ModelEntry, modelKindWords } from '../../storage/models/model-entry';
import { modelUses } from '../../storage/models/uses';
import controls from '../controls.module.css';
import { closeDialog, Dialog } from '../dialogs/Dialog';
import { namedModels } from '../document/models';
import { chooseFiles, chooseFolder, droppedItems, type LocalItem } from '../files/local-files';
import { notifyFailure } from '../notify';
import { usesInPlace } from '../state/ui-store';
import { useDocument } from '../state/use';
import { common } from '../text/common';
import { models } from '../text/models';
import { DownloadForm } from './DownloadForm';
import { JobRow } from './JobRow';
import { jobsStore, restoreDownloads } from './jobs';
import { MissingList } from './MissingList';
import { ModelRow } from './ModelRow';
import css from './Models.module.css';
import { panelStore, useModels } from './model-store';
import { showJobsInToasts } from './progress-toast';
import { StorageFoot } from './StorageFoot';
import { sizeWords } from './size-words';
import { modelFileTypes, takeModels } from './take-models';

type Uses = Awaited<ReturnType<typeof modelUses>>;

const take = (items: Promise<readonly LocalItem[]>) =>
  void items.then((all) => takeModels(all, usesInPlace())).catch(notifyFailure);

/** What the list says of models beyond their entries: who uses them, and which may not be read now. */
function useCircumstances(entries: readonly ModelEntry[]) {
  const [uses, setUses] = useState<Uses>(new Map());
  const [locked, setLocked] = useState<ReadonlySet<string>>(new Set());
  const [looks, setLooks] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `looks` asks for another look
  useEffect(() => {
    let gone = false;
    const look = async () => {
      const used = await modelUses();
      const closed: string[] = [];
      for (const entry of entries) if (!(await mayRead(entry))) closed.push(entry.hash);
      if (gone) return;
      setUses(used);
      setLocked(new Set(closed));
    };
    look().catch(notifyFailure);
    return () => {
      gone = true;
    };
  }, [entries, looks]);
  return { uses, locked, lookAgain: () => setLooks((count) => count + 1) };
}

const matches = ({ name, sentence, note, hash, kind }: ModelEntry, text: string): boolean =>
  `${name} ${sentence} ${note} ${hash} ${modelKindWords(kind)}`.toLowerCase().includes(text.trim().toLowerCase());

const none: readonly ModelEntry[] = [];

/** All models that this browser holds: what they are, who uses them, how more come in and how they go. */
export default function ModelsDialog() {
  const entries = useModels();
  const all = entries ?? none;
  const jobs = useStore(jobsStore, (state) => state.jobs);
  const address = useStore(panelStore, (state) => state.address);
  const document = useDocument(({ history }) => history.document);
  const named = useMemo(() => namedModels(document), [document]);
  const { uses, locked, lookAgain } = useCircumstances(all);
  const [getting, setGetting] = useState(address !== undefined);
  const [text, setText] = useState('');
  const [kind, setKind] = useState('');
  const [over, setOver] = useState(false);
  useEffect(() => {
    showJobsInToasts();
    restoreDownloads().catch(notifyFailure);
  }, []);

  const missing = entries ? named.filter(({ hash }) => !entries.some((entry) => entry.hash === hash)) : [];
  const kinds = listedKinds.filter((one) => all.some((entry) => entry.kind === one));
  const shown = all.filter((entry) => (kind === '' || entry.kind === kind) && matches(entry, text));
  const hover = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setOver(true);
  };
  return (
    <Dialog label={models.models} className={css.panel}>
      <header className={css.head}>
        <h2>{models.models}</h2>
        <span className={css.amount}>
          {all.length > 0 && models.count(all.length, sizeWords(all.reduce((sum, e) => sum + e.size, 0)))}
        </span>
        <span className={css.grow} />
        <button
          type="button"
          className={controls.button}
          onClick={() => take(chooseFiles(modelFileTypes, usesInPlace()))}
        >
          <IconFilePlus size={14} stroke={1.6} aria-hidden />
          {models.addFiles}
        </button>
        <button type="button" className={controls.button} onClick={() => take(chooseFolder(usesInPlace()))}>
          <IconFolderPlus size={14} stroke={1.6} aria-hidden />
          {models.addFolder}
        </button>
        <button type="button" className={controls.button} aria-expanded={getting} onClick={() => setGetting(!getting)}>
          <IconCloudDown size={14} stroke={1.6} aria-hidden />
          {models.form.download}
        </button>
        <button
          type="button"
          className={`${controls.icon} ${css.close}`}
          aria-label={common.close}
          onClick={closeDialog}
        >
          <IconX size={16} stroke={1.6} aria-hidden />
        </button>
      </header>
      {getting && <DownloadForm key={address} onBegun={() => setGetting(false)} />}
      {jobs.length > 0 && (
        <section className={css.jobs} aria-label={models.onTheirWay}>
          {jobs.map((job) => (
            <JobRow key={job.id} job={job} />
          ))}
        </section>
      )}
      {all.length > 0 && (
        <div className={css.tools}>
          <div className={css.search}>
            <IconSearch size={14} stroke={1.6} aria-hidden />
            <input
              className={`${controls.input} ${css.input}`}
              type="search"
              aria-label={models.searchModels}
              placeholder={models.searchHint}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          </div>
          <select
            className={controls.input}
            aria-label={models.kind}
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value)}
          >
            <option value="">{models.allKinds}</option>
            {kinds.map((one) => (
              <option key={one} value={one}>
                {modelKindWords(one)}
              </option>
            ))}
          </select>
        </div>
      )}
      <section
        className={`${controls.scroll} ${css.body}`}
        aria-label={models.library}
        onDragEnter={hover}
        onDragOver={hover}
        onDragLeave={(event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(droppedItems(event.dataTransfer));
        }}
      >
        {over && <div className={css.drop}>{models.drop}</div>}
        <MissingList models={missing} />
        {shown.length > 0 && (
          <ul className={css.list} aria-label={models.list}>
            {shown.map((entry) => (
              <ModelRow
                key={entry.hash}
                entry={entry}
                uses={uses.get(entry.hash) ?? []}
                readable={!locked.has(entry.hash)}
                onAllowed={lookAgain}
              />
            ))}
          </ul>
        )}
        {entries && shown.length === 0 && (
          <div className={css.empty}>
            <b>{all.length === 0 ? models.none : models.noneFound}</b>
            <span>{all.length === 0 ? models.noneHint : models.noneFoundHint}</span>
          </div>
        )}
      </section>
      <StorageFoot entries={all} />
    </Dialog>
  );
}
