import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { modelName } from '../../core/model-reference';
import type { NeededModel } from '../../interop/comfyui/report';
import { referenceTo } from '../../storage/models/model-entry';
import controls from '../controls.module.css';
import { closeDialog, Dialog } from '../dialogs/Dialog';
import frame from '../dialogs/Dialog.module.css';
import { replaceNamed } from '../document/models';
import { useModels } from '../models/model-store';
import { editWhole } from '../state/document-store';
import { uiStore } from '../state/ui-store';
import { common } from '../text/common';
import { interop as words } from '../text/interop';
import css from './Interop.module.css';
import { importedStore } from './imported';
import { rememberChoice } from './name-choices';

/** What became of a graph of another program: what Weft has of it, what it lacks, and which models it needs. */
export default function ImportedDialog() {
  const report = useStore(importedStore, (state) => state.report);
  if (!report) return null;
  const { source, mapped, missing, models, remarks } = report;
  const nodes = [...mapped, ...missing].reduce((sum, { count }) => sum + count, 0);
  return (
    <Dialog label={words.title} className={css.dialog}>
      <div className={frame.head}>
        <h2>{words.title}</h2>
        <button type="button" className={controls.icon} aria-label={common.close} onClick={closeDialog}>
          <IconX size={16} stroke={1.6} aria-hidden />
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <section className={`${css.body} ${controls.scroll}`} aria-label={words.title} tabIndex={0}>
        <p>{words.made(source, nodes)}</p>
        {missing.length > 0 && (
          <>
            <h3>{words.missing}</h3>
            <p className={css.hint}>{words.missingHint}</p>
            <ul className={css.names}>
              {missing.map(({ name, count }) => (
                <li key={name} className={css.lacking}>
                  {words.times(name, count)}
                </li>
              ))}
            </ul>
          </>
        )}
        {models.length > 0 && (
          <>
            <h3>{words.models}</h3>
            <ul className={css.models}>
              {models.map((model) => (
                <Needed key={model.file} model={model} />
              ))}
            </ul>
          </>
        )}
        {remarks.length > 0 && (
          <>
            <h3>{words.remarks}</h3>
            <ul className={css.remarks}>
              {remarks.map((remark) => (
                <li key={remark}>{remark}</li>
              ))}
            </ul>
          </>
        )}
        {mapped.length > 0 && (
          <>
            <h3>{words.known}</h3>
            <ul className={css.names}>
              {mapped.map(({ name, count }) => (
                <li key={name}>{words.times(name, count)}</li>
              ))}
            </ul>
          </>
        )}
      </section>
    </Dialog>
  );
}

/** A file of weights that the graph names, and which model of the library stands for it. */
function Needed({ model: { file, kinds, found, source, hash, folder } }: { readonly model: NeededModel }) {
  const entries = useModels() ?? [];
  const [chosen, setChosen] = useState<string>();
  const fitting = entries.filter(({ kind }) => (kinds as readonly string[]).includes(kind));
  const entry = fitting.find(({ hash }) => hash === chosen);
  const choose = (hash: string) => {
    const taken = fitting.find((one) => one.hash === hash);
    if (!taken) return;
    setChosen(hash);
    rememberChoice(file, hash);
    editWhole(words.chosen, replaceNamed(file, referenceTo(taken)));
  };
  return (
    <li>
      <b>{file}</b>
      {found !== undefined || entry ? (
        <span className={css.found}>{words.found(entry?.name ?? modelName(found ?? ''))}</span>
      ) : (
        <span className={css.hint}>
          {words.notFound(hash !== undefined)}
          {source !== undefined && (
            <>
              {' '}
              <a href={source} target="_blank" rel="noreferrer noopener">
                {words.download(new URL(source).hostname, folder)}
              </a>
            </>
          )}
        </span>
      )}
      {found === undefined &&
        (fitting.length > 0 ? (
          <select aria-label={words.choose(file)} value={chosen ?? ''} onChange={(event) => choose(event.target.value)}>
            <option value="">{words.chooseNone}</option>
            {fitting.map(({ hash, name }) => (
              <option key={hash} value={hash}>
                {name}
              </option>
            ))}
          </select>
        ) : (
          <button type="button" className={css.button} onClick={() => uiStore.setState({ dialog: 'models' })}>
            {words.openModels}
          </button>
        ))}
    </li>
  );
}
