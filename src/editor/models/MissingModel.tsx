import { IconCloudDown, IconFolder } from '@tabler/icons-react';
import type { HashedModel } from '../../core/model-reference';
import { referenceTo } from '../../storage/models/model-entry';
import { replaceModel } from '../document/models';
import { chooseFiles } from '../files/local-files';
import { notify, notifyFailure } from '../notify';
import { editWhole } from '../state/document-store';
import { uiStore, usesInPlace } from '../state/ui-store';
import css from './Models.module.css';
import { panelStore } from './model-store';
import { shortHash, sizeWords } from './size-words';

/** Takes in the file that a person says is the missing one. Another file may take its place, if they want that. */
async function chooseFor({ hash, name }: HashedModel) {
  const { modelFileTypes, takeModels } = await import('./take-models');
  const items = await chooseFiles(modelFileTypes, usesInPlace());
  await takeModels(items.slice(0, 1), usesInPlace(), (entry) => {
    if (entry.hash === hash) return;
    notify({
      tone: 'warning',
      title: `${entry.name} is another file than ${name}.`,
      text: `Its SHA-256 begins with ${shortHash(entry.hash)}, that of the other with ${shortHash(hash)}: pictures will differ.`,
      action: {
        label: 'Use it instead',
        run: () => editWhole('Use another model', replaceModel(hash, referenceTo(entry))),
      },
    });
  });
}

function downloadFrom(source: string) {
  panelStore.setState({ address: source });
  uiStore.setState({ dialog: 'models' });
}

interface Props {
  readonly model: HashedModel;
  readonly withHash?: boolean;
  /** In a node the arrow keys go to its buttons, not the Tab key. */
  readonly inNode?: boolean;
}

/** Says that a model is not here, how large it is and where it came from, and gets it. */
export function MissingModel({ model, withHash = false, inNode = false }: Props) {
  const { name, size, source, hash } = model;
  return (
    <>
      <b className={css.missingName}>{name}</b>
      <span className={css.hint}>
        This model is not in this browser.{size !== undefined && ` It has ${sizeWords(size)}.`}
        {withHash && ` Its SHA-256 begins with ${shortHash(hash)}.`}
        {source && ` It came from ${new URL(source).host}.`}
      </span>
      <span className={css.line}>
        <button
          type="button"
          className={css.button}
          data-stop
          tabIndex={inNode ? -1 : 0}
          aria-label={`Choose file for ${name}`}
          onClick={() => void chooseFor(model).catch(notifyFailure)}
        >
          <IconFolder size={14} stroke={1.6} aria-hidden />
          Choose file
        </button>
        {source && (
          <button
            type="button"
            className={css.button}
            data-stop
            tabIndex={inNode ? -1 : 0}
            aria-label={`Download ${name}`}
            data-help={source}
            onClick={() => downloadFrom(source)}
          >
            <IconCloudDown size={14} stroke={1.6} aria-hidden />
            Download
          </button>
        )}
      </span>
    </>
  );
}
