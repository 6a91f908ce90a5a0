import { IconTrash, IconX } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { type Document, limits } from '../../core/document';
import {
  forgetVersions,
  keepVersion,
  nameVersion,
  type Version,
  versionDocument,
  versionsOf,
} from '../../storage/versions';
import controls from '../controls.module.css';
import { closeDialog, Dialog } from '../dialogs/Dialog';
import frame from '../dialogs/Dialog.module.css';
import { newDocumentId } from '../document/ids';
import { replaceContent } from '../document/replace';
import { migrated, openNew } from '../files/session';
import { notify, notifyFailure } from '../notify';
import { editWhole } from '../state/document-store';
import { useDocument } from '../state/use';
import { common } from '../text/common';
import { versions as words } from '../text/versions';
import { DifferencePicture } from './DifferencePicture';
import { overlay } from './difference';
import css from './Versions.module.css';

const when = (at: number): string => new Date(at).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });

function reasonWords({ name, why }: Version): string {
  if (name !== undefined) return name;
  if (why.is === 'before') return words.before(why.label);
  return { opened: words.opened, interval: words.interval, restore: words.beforeRestore, named: words.named }[why.is];
}

/** Keeps the graph as it is now, under a name. */
function KeepNow({ onKeep }: { readonly onKeep: (name: string) => void }) {
  const [name, setName] = useState('');
  return (
    <form
      className={css.keep}
      onSubmit={(event) => {
        event.preventDefault();
        onKeep(name.trim());
        setName('');
      }}
    >
      <input
        aria-label={words.keepNowName}
        placeholder={words.keepHint}
        value={name}
        maxLength={limits.text}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <button type="submit" disabled={name.trim() === ''}>
        {words.keep}
      </button>
    </form>
  );
}

/** The document of a version, when it is read. */
function useVersion(key: string | undefined): Document | undefined {
  const [read, setRead] = useState<{ readonly key: string; readonly document: Document | undefined }>();
  useEffect(() => {
    if (key === undefined) return;
    let gone = false;
    versionDocument(key).then((document) => {
      // As the program of today understands it, so that only what the user changed differs.
      if (!gone) setRead({ key, document: document && migrated(document, true) });
    }, notifyFailure);
    return () => {
      gone = true;
    };
  }, [key]);
  return read && read.key === key ? read.document : undefined;
}

/** Earlier states of the graph: what differs, names, and the way back. */
export default function VersionsDialog() {
  const now = useDocument(({ history }) => history.document);
  const [list, setList] = useState<readonly Version[]>();
  const [chosen, setChosen] = useState<string>();
  const [toBefore, setToBefore] = useState(false);
  const look = () =>
    void versionsOf(now.id).then((found) => {
      setList(found);
      setChosen((key) => (found.some((version) => version.key === key) ? key : found[0]?.key));
    }, notifyFailure);
  useEffect(look, [now.id]);
  const version = list?.find(({ key }) => key === chosen);
  const older = list && version && list[list.indexOf(version) + 1];
  const document = useVersion(version?.key);
  const olderDocument = useVersion(toBefore ? older?.key : undefined);
  const [from, to] = toBefore && older ? [olderDocument, document] : [document, now];
  const overlaid = useMemo(() => (from && to ? overlay(from, to) : undefined), [from, to]);
  const act = (done: Promise<unknown>) => void done.then(look, notifyFailure);

  const restore = async () => {
    if (!version || !document) return;
    await keepVersion(now, { is: 'restore' });
    editWhole(words.restoreGesture, replaceContent({ ...document, id: now.id }));
    closeDialog();
    notify({ tone: 'done', title: words.restored(when(version.at)) });
  };
  const openCopy = () => {
    if (!version || !document) return;
    closeDialog();
    const name = words.copyName(document.name, version.name ?? when(version.at));
    openNew({ ...document, id: newDocumentId(), name: name.slice(0, limits.text) });
  };

  return (
    <Dialog label={words.title} className={css.dialog}>
      <div className={frame.head}>
        <h2>{words.of(now.name)}</h2>
        <button type="button" className={controls.icon} aria-label={common.close} onClick={closeDialog}>
          <IconX size={16} stroke={1.6} aria-hidden />
        </button>
      </div>
      <div className={css.body}>
        <div className={css.side}>
          <KeepNow onKeep={(name) => act(keepVersion(now, { is: 'named' }, name))} />
          <ul className={`${css.list} ${controls.scroll}`} aria-label={words.list}>
            {list?.map((one) => (
              <li key={one.key}>
                <button
                  type="button"
                  aria-current={one.key === chosen ? 'true' : undefined}
                  onClick={() => setChosen(one.key)}
                >
                  <strong data-named={one.name !== undefined}>{reasonWords(one)}</strong>
                  <span>
                    {when(one.at)} · {words.nodes(one.nodes)}
                  </span>
                </button>
              </li>
            ))}
            {list?.length === 0 && <li className={css.none}>{words.none}</li>}
          </ul>
        </div>
        {version && (
          <section className={css.main} aria-label={reasonWords(version)}>
            <div className={css.line}>
              <label>
                {words.compare}{' '}
                <select
                  value={toBefore && older ? 'before' : 'now'}
                  onChange={(event) => setToBefore(event.currentTarget.value === 'before')}
                >
                  <option value="now">{words.withNow}</option>
                  {older && <option value="before">{words.withBefore}</option>}
                </select>
              </label>
              <span aria-live="polite">{overlaid && words.changes(overlaid.lines.length)}</span>
            </div>
            {overlaid && <DifferencePicture overlaid={overlaid} />}
            <ul className={`${css.changes} ${controls.scroll}`}>
              {overlaid?.lines.map(({ key, is, title, details }) => (
                <li key={key} data-is={is}>
                  <strong>
                    {title} <em>{words.legend[is]}</em>
                  </strong>
                  {details.map((detail) => (
                    <span key={detail}>{detail}</span>
                  ))}
                </li>
              ))}
              {overlaid?.lines.length === 0 && <li>{words.noChange}</li>}
            </ul>
            <div className={css.line}>
              <button
                type="button"
                className={css.primary}
                data-help={words.restoreHelp}
                disabled={!document}
                onClick={() => void restore().catch(notifyFailure)}
              >
                {words.restore}
              </button>
              <button type="button" className={css.button} disabled={!document} onClick={openCopy}>
                {words.copy}
              </button>
              <input
                key={version.key}
                aria-label={words.newName}
                placeholder={words.rename}
                defaultValue={version.name ?? ''}
                maxLength={limits.text}
                onBlur={(event) => {
                  const name = event.currentTarget.value.trim();
                  if (name !== (version.name ?? '')) act(nameVersion(version.key, name || undefined));
                }}
                onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
              />
              <button
                type="button"
                className={controls.icon}
                aria-label={words.delete}
                data-help={words.delete}
                onClick={() => act(forgetVersions([version.key]))}
              >
                <IconTrash size={15} stroke={1.6} aria-hidden />
              </button>
            </div>
          </section>
        )}
      </div>
    </Dialog>
  );
}
