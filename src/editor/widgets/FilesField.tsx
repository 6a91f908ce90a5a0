import { IconFolder, IconPhotoPlus, IconX } from '@tabler/icons-react';
import { fileName, keepFile } from '../../storage/files';
import { setParameter } from '../document/parameters';
import { chooseFiles, chooseFolder, droppedItems, type LocalItem } from '../files/local-files';
import { notify, notifyFailure } from '../notify';
import { edit } from '../state/document-store';
import { widgets } from '../text/widgets';
import { useDropZone } from './drop-zone';
import css from './FilesField.module.css';
import type { FieldProps } from './field';
import { useGesture } from './gesture';
import { useThumbnail } from './thumbnail';

const isPicture = ({ type }: Blob) => /^image\/(png|jpeg|webp)$/.test(type);
const isText = (path: string) => /\.(txt|caption)$/i.test(path);
const stem = (path: string) => path.replace(/\.[^./]+$/, '');

/** A picture of a list, and the button that takes it out. */
function Tile({ reference, onRemove }: { readonly reference: string; readonly onRemove: () => void }) {
  const thumbnail = useThumbnail(reference);
  const name = fileName(reference);
  return (
    <span className={css.tile} data-help={name}>
      {thumbnail ? <img src={thumbnail} alt={name} /> : <i>{name}</i>}
      <button type="button" className={css.remove} tabIndex={-1} aria-label={widgets.takeOut(name)} onClick={onRemove}>
        <IconX size={10} stroke={2} aria-hidden />
      </button>
    </span>
  );
}

/** Several files of the user's, one reference per line: chosen, dropped or all of a folder, in the order of their names. */
export default function FilesField({ node, parameter, value, label, place, onChange }: FieldProps) {
  const references = String(value ?? '')
    .split('\n')
    .filter(Boolean);
  const gesture = useGesture();
  const take = async (items: readonly LocalItem[]) => {
    const files = items.flatMap((item) => item.files);
    const pictures = files
      .filter(({ blob }) => isPicture(blob))
      .toSorted((a, b) => a.path.localeCompare(b.path, undefined, { numeric: true }));
    if (pictures.length === 0) {
      if (files.length > 0) notify({ tone: 'warning', title: widgets.noPictures, text: widgets.whichPictures });
      return;
    }
    const kept: string[] = [];
    for (const { blob } of pictures) kept.push(await keepFile(blob, blob.name));
    gesture.begin();
    onChange([...references, ...kept].join('\n'), gesture.id());
    const texts = new Map(files.filter(({ path }) => isText(path)).map(({ path, blob }) => [stem(path), blob]));
    const { textsInto } = parameter;
    if (textsInto === undefined || texts.size === 0 || references.length > 0) return;
    const lines = await Promise.all(
      pictures.map(async ({ path }) => ((await texts.get(stem(path))?.text()) ?? '').replaceAll(/\s+/g, ' ').trim()),
    );
    // Captions are for each picture or for all.
    if (lines.every(Boolean))
      edit(widgets.change(textsInto), setParameter(node, textsInto, lines.join('\n')), gesture.id());
  };
  const { over, zone } = useDropZone((dropped) => void droppedItems(dropped).then(take).catch(notifyFailure));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot shrink below its content
    <div className={`${css.files} ${over ? css.over : ''} nodrag nowheel`} role="group" aria-label={label} {...zone}>
      {references.length > 0 && (
        <div className={css.tiles}>
          {references.map((reference, i) => (
            <Tile
              // biome-ignore lint/suspicious/noArrayIndexKey: the same picture may come twice
              key={`${i} ${reference}`}
              reference={reference}
              onRemove={() => onChange(references.filter((_, at) => at !== i).join('\n'))}
            />
          ))}
        </div>
      )}
      <div className={css.buttons}>
        <button
          type="button"
          data-stop
          tabIndex={place === 'node' ? -1 : 0}
          onClick={() =>
            chooseFiles(parameter.accept ?? '', false)
              .then(take)
              .catch(notifyFailure)
          }
        >
          <IconPhotoPlus size={13} stroke={1.6} aria-hidden />
          {references.length > 0 ? widgets.morePictures(references.length) : widgets.addPictures}
        </button>
        <button
          type="button"
          tabIndex={place === 'node' ? -1 : 0}
          aria-label={widgets.addFolder}
          data-help={widgets.addFolder}
          onClick={() => chooseFolder(false).then(take).catch(notifyFailure)}
        >
          <IconFolder size={13} stroke={1.6} aria-hidden />
        </button>
      </div>
    </div>
  );
}
