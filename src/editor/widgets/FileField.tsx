import { IconFileUpload } from '@tabler/icons-react';
import { fileName, keepFile } from '../../storage/files';
import { chooseFile } from '../files/choose';
import { notifyFailure } from '../notify';
import { widgets } from '../text/widgets';
import { useDropZone } from './drop-zone';
import type { FieldProps } from './field';
import { useThumbnail } from './thumbnail';
import css from './widgets.module.css';

/** A file of the user's: chosen or dropped, kept in this browser by its hash. */
export function FileField({ parameter, value, label, place, onChange }: FieldProps) {
  const reference = String(value ?? '');
  const thumbnail = useThumbnail(reference);
  const take = (file: File | undefined) => {
    if (file) keepFile(file, file.name).then(onChange, notifyFailure);
  };
  const { over, zone } = useDropZone(({ files }) => take(files[0]));
  return (
    <button
      type="button"
      className={`${css.file} ${over ? css.over : ''} nodrag`}
      aria-label={reference ? widgets.chooseAnother(label, fileName(reference)) : widgets.choose(label)}
      data-stop
      tabIndex={place === 'node' ? -1 : 0}
      onClick={() => void chooseFile(parameter.accept ?? '').then(take)}
      {...zone}
    >
      {thumbnail && <img src={thumbnail} alt="" />}
      <span>
        <IconFileUpload size={13} stroke={1.6} aria-hidden />
        {reference ? fileName(reference) : widgets.chooseFile}
      </span>
    </button>
  );
}
