import { IconCloudDown, IconFolder } from '@tabler/icons-react';
import type { HashedModel } from '../../core/model-reference';
import { referenceTo } from '../../storage/models/model-entry';
import controls from '../controls.module.css';
import { replaceModel } from '../document/models';
import { chooseFiles } from '../files/local-files';
import { notify, notifyFailure } from '../notify';
import { editWhole } from '../state/document-store';
import { uiStore, usesInPlace } from '../state/ui-store';
import { models } from '../text/models';
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
      title: models.missing.another(entry.name, name),
      text: models.missing.differ(shortHash(entry.hash), shortHash(hash)),
      action: {
        label: models.missing.instead,
        run: () => editWhole(models.missing.gesture, replaceModel(hash, referenceTo(entry))),
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
        {[
          models.missing.here,
          size !== undefined && models.missing.size(sizeWords(size)),
          withHash && models.missing.hash(shortHash(hash)),
          source && models.missing.source(new URL(source).host),
        ]
          .filter(Boolean)
          .join(' ')}
      </span>
      <span className={css.line}>
        <button
          type="button"
          className={controls.button}
          data-stop
          tabIndex={inNode ? -1 : 0}
          aria-label={models.missing.chooseFor(name)}
          onClick={() => void chooseFor(model).catch(notifyFailure)}
        >
          <IconFolder size={14} stroke={1.6} aria-hidden />
          {models.missing.choose}
        </button>
        {source && (
          <button
            type="button"
            className={controls.button}
            data-stop
            tabIndex={inNode ? -1 : 0}
            aria-label={models.missing.downloadOf(name)}
            data-help={source}
            onClick={() => downloadFrom(source)}
          >
            <IconCloudDown size={14} stroke={1.6} aria-hidden />
            {models.form.download}
          </button>
        )}
      </span>
    </>
  );
}
