import { IconX } from '@tabler/icons-react';
import { useEffect, useId, useState } from 'react';
import { problemOf } from '../../core/problem';
import controls from '../controls.module.css';
import { closeDialog, Dialog } from '../dialogs/Dialog';
import frame from '../dialogs/Dialog.module.css';
import { download } from '../files/download';
import { sizeWords } from '../models/size-words';
import { commands } from '../text/commands';
import { common } from '../text/common';
import { share as words } from '../text/share';
import { exportedStore } from './exported';
import {
  carriedThings,
  type ExportChoice,
  forms,
  keepChoice,
  keptChoice,
  pictureFile,
  pictureFileName,
} from './picture-file';
import css from './Share.module.css';

/** Saves a picture as the file one wants, and with as much in it as one wants to give away. */
export default function ExportDialog() {
  const [{ picture, origin }] = useState(exportedStore.getState);
  const [choice, setChoice] = useState(keptChoice);
  const [file, setFile] = useState<Blob>();
  const [problem, setProblem] = useState<string>();
  const name = useId();
  useEffect(() => {
    if (!picture || !origin) return;
    let gone = false;
    setProblem(undefined);
    pictureFile(picture, origin, choice).then(
      (made) => gone || setFile(made),
      (thrown) => {
        if (gone) return;
        setFile(undefined);
        setProblem(problemOf(thrown).what);
      },
    );
    return () => {
      gone = true;
    };
  }, [picture, origin, choice]);
  if (!picture || !origin) return null;
  const change = (part: Partial<ExportChoice>) => setChoice({ ...choice, ...part });
  const save = () => {
    if (!file) return;
    keepChoice(choice);
    download(file, pictureFileName(origin, choice.form, commands.savePicture.file));
    closeDialog();
  };
  return (
    <Dialog label={words.picture}>
      <div className={frame.head}>
        <h2>{words.picture}</h2>
        <button type="button" className={controls.icon} aria-label={common.close} onClick={closeDialog}>
          <IconX size={16} stroke={1.6} aria-hidden />
        </button>
      </div>
      <div className={`${css.body} ${controls.scroll}`}>
        <fieldset className={css.choices}>
          <legend>{words.form}</legend>
          <div className={css.row}>
            {forms.map((form) => (
              <label key={form}>
                <input
                  type="radio"
                  name={`${name}-form`}
                  checked={choice.form === form}
                  onChange={() => change({ form })}
                />
                {words.forms[form]}
              </label>
            ))}
          </div>
        </fieldset>
        {choice.form !== 'png' && (
          <label className={css.quality}>
            {words.quality}
            <input
              type="range"
              min={10}
              max={100}
              step={5}
              value={Math.round(choice.quality * 100)}
              onChange={(event) => change({ quality: Number(event.currentTarget.value) / 100 })}
            />
            <output>{Math.round(choice.quality * 100)}</output>
          </label>
        )}
        <fieldset className={css.choices}>
          <legend>{words.carries}</legend>
          {carriedThings.map((carries) => (
            <label key={carries}>
              <input
                type="radio"
                name={`${name}-carries`}
                checked={choice.carries === carries}
                onChange={() => change({ carries })}
              />
              {words.carried[carries].title}
              <small>{words.carried[carries].help}</small>
            </label>
          ))}
        </fieldset>
        {problem !== undefined && (
          <p role="alert" className={css.warning}>
            {problem}
          </p>
        )}
      </div>
      <div className={css.foot}>
        <output className={css.small} aria-live="polite">
          {file && words.fileSize(sizeWords(file.size))}
        </output>
        <button type="button" onClick={closeDialog}>
          {common.cancel}
        </button>
        <button type="button" className={css.primary} disabled={!file} onClick={save}>
          {words.save}
        </button>
      </div>
    </Dialog>
  );
}
