import { IconBox, IconHelpHexagon } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import { type Kind, kinds } from '../../core/kinds';
import type { DocumentEntry } from '../../storage/documents';
import { askToRead, changeModel, removeModel } from '../../storage/models/library';
import { type ModelEntry, modelKindWords, referenceTo } from '../../storage/models/model-entry';
import { graphPoint } from '../canvas/reveal';
import { SocketShape } from '../canvas/SocketShape';
import controls from '../controls.module.css';
import { closeDialog } from '../dialogs/Dialog';
import { openKept } from '../files/session';
import { notify, notifyFailure } from '../notify';
import { addNode } from '../state/add-node';
import { common } from '../text/common';
import { models } from '../text/models';
import { loaderFor } from './loaders';
import css from './Models.module.css';
import { shortHash, sizeWords } from './size-words';

/** The sign of a model: that of the wire it goes on, where that is one. */
function Sign({ kind }: Pick<ModelEntry, 'kind'>): ReactNode {
  if (kind in kinds) return <SocketShape kind={kind as Kind} size={12} />;
  const Icon = kind === 'unsupported' ? IconHelpHexagon : IconBox;
  return <Icon size={16} stroke={1.6} aria-hidden />;
}

const usedWords = (uses: readonly DocumentEntry[]): string =>
  uses.length === 0 ? models.notUsed : models.usedIn(uses.length);

/** Removes a model; until the words are gone it says which graphs will miss it. */
async function remove(entry: ModelEntry, uses: readonly DocumentEntry[]) {
  await removeModel(entry.hash);
  const names = uses.map(({ name }) => name || common.untitled).join(', ');
  notify({
    tone: 'done',
    title: models.removed(entry.name),
    text: uses.length > 0 ? models.willAsk(names) : undefined,
  });
}

interface Props {
  readonly entry: ModelEntry;
  /** Kept graphs that name it. */
  readonly uses: readonly DocumentEntry[];
  /** It may be read now; one on the disk needs leave first. */
  readonly readable: boolean;
  readonly onAllowed: () => void;
}

function Details({ entry, uses, readable, onAllowed }: Props) {
  const { hash, name, files, note, source, sentence, kind, handle, added } = entry;
  const [sure, setSure] = useState(false);
  const loader = loaderFor(kind);
  const act = (doing: Promise<unknown>) => void doing.catch(notifyFailure);
  return (
    <div className={css.details}>
      {!readable && (
        <div className={css.line}>
          <button
            type="button"
            className={controls.button}
            onClick={() => act(askToRead(entry).then((granted) => granted && onAllowed()))}
          >
            {models.allow}
          </button>
          <p className={css.hint}>{models.allowHint}</p>
        </div>
      )}
      <dl>
        <dt>{models.whatItIs}</dt>
        <dd>{sentence}</dd>
        <dt>{models.hash}</dt>
        <dd>
          <code>{hash.slice('sha256:'.length)}</code>
        </dd>
        <dt>{models.kept}</dt>
        <dd>
          {models.keptSince(
            handle?.name,
            new Date(added).toLocaleDateString([], { dateStyle: 'medium' }),
            files.length,
          )}
        </dd>
        {source && (
          <>
            <dt>{models.from}</dt>
            <dd>
              <a href={source} target="_blank" rel="noreferrer">
                {source.replace(/^https?:\/\//, '')}
              </a>
            </dd>
          </>
        )}
        <dt>{models.usedBy}</dt>
        <dd>
          {uses.length === 0 && models.usedByNone}
          {uses.map((use) => (
            <button
              key={use.id}
              type="button"
              className={css.link}
              onClick={() => {
                closeDialog();
                void openKept(use);
              }}
            >
              {use.name || common.untitled}
            </button>
          ))}
        </dd>
      </dl>
      <div className={css.pair}>
        <label htmlFor={`name ${hash}`}>{models.name}</label>
        <input
          id={`name ${hash}`}
          className={`${controls.input} ${css.input}`}
          defaultValue={name}
          maxLength={200}
          onBlur={({ currentTarget: { value } }) =>
            value.trim() && value !== name && act(changeModel(hash, { name: value.trim() }))
          }
        />
        <label htmlFor={`note ${hash}`}>{models.note}</label>
        <textarea
          id={`note ${hash}`}
          className={css.note}
          defaultValue={note}
          maxLength={4000}
          placeholder={models.noteHint}
          onBlur={({ currentTarget: { value } }) => value !== note && act(changeModel(hash, { note: value }))}
        />
      </div>
      <div className={css.line}>
        {loader && (
          <button
            type="button"
            className={controls.button}
            onClick={() => {
              addNode(loader.definition, graphPoint(), {
                beside: true,
                params: { [loader.parameter]: { ...referenceTo(entry) } },
              });
              closeDialog();
            }}
          >
            {models.add}
          </button>
        )}
        <span className={css.grow} />
        {sure ? (
          <>
            <span className={css.hint}>
              {handle ? models.fileStays : models.filesGo}
              {uses.length > 0 && ` ${models.willMiss(uses.length)}`}
            </span>
            <button
              type="button"
              className={`${controls.button} ${css.danger}`}
              onClick={() => act(remove(entry, uses))}
            >
              {models.remove(name)}
            </button>
            <button type="button" className={`${controls.button} ${css.quiet}`} onClick={() => setSure(false)}>
              {models.keepIt}
            </button>
          </>
        ) : (
          <button type="button" className={`${controls.button} ${css.quiet}`} onClick={() => setSure(true)}>
            {models.removeAsk}
          </button>
        )}
      </div>
    </div>
  );
}

/** A model in the list: what it is at a glance, and more when it is opened. */
export function ModelRow(props: Props) {
  const { entry, uses, readable } = props;
  const { hash, name, kind, size, sentence } = entry;
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <li className={css.row} data-open={open}>
      <button
        type="button"
        className={css.summary}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <span className={css.sign}>
          <Sign kind={kind} />
        </span>
        <span className={css.name}>{name}</span>
        <span className={css.what}>{readable ? sentence : models.locked}</span>
        <span className={css.kind}>{modelKindWords(kind)}</span>
        <span className={css.hash}>{shortHash(hash)}</span>
        <span className={css.size}>{sizeWords(size)}</span>
        <span className={css.used}>{usedWords(uses)}</span>
      </button>
      <div id={id}>{open && <Details {...props} />}</div>
    </li>
  );
}
