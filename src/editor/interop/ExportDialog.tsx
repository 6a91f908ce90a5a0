import { IconX } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { problemOf } from '../../core/problem';
import { comfyuiFile } from '../../interop/comfyui/files';
import controls from '../controls.module.css';
import { closeDialog, Dialog } from '../dialogs/Dialog';
import frame from '../dialogs/Dialog.module.css';
import { download } from '../files/download';
import { notify } from '../notify';
import { wholeDocument } from '../state/document-store';
import { common } from '../text/common';
import { interop as words } from '../text/interop';
import css from './Interop.module.css';

const forms = [
  ['workflow', words.workflow, words.workflowHint],
  ['prompt', words.prompt, words.promptHint],
] as const;

type Form = (typeof forms)[number][0];

/** The graph as a file of ComfyUI, or what of it ComfyUI does not have. */
function written(form: Form): { readonly text: string } | { readonly problem: string } {
  try {
    return { text: comfyuiFile(wholeDocument(), form) };
  } catch (thrown) {
    const { what, cure } = problemOf(thrown);
    return { problem: cure ? `${what} ${cure}` : what };
  }
}

export default function ExportDialog() {
  const [form, setForm] = useState<Form>('workflow');
  const result = useMemo(() => written(form), [form]);
  const save = () => {
    if (!('text' in result)) return;
    const stem = wholeDocument()
      .name.toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .replaceAll(/^-+|-+$/g, '');
    const name = `${stem || 'graph'}${form === 'prompt' ? '-api' : ''}.json`;
    download(new Blob([result.text], { type: 'application/json' }), name);
    notify({ tone: 'done', title: words.saved(name) });
    closeDialog();
  };
  return (
    <Dialog label={words.exportTitle} className={css.dialog}>
      <div className={frame.head}>
        <h2>{words.exportTitle}</h2>
        <button type="button" className={controls.icon} aria-label={common.close} onClick={closeDialog}>
          <IconX size={16} stroke={1.6} aria-hidden />
        </button>
      </div>
      <div className={css.body}>
        <p className={css.hint}>{words.exportHint}</p>
        <fieldset className={css.forms}>
          <legend>{words.form}</legend>
          {forms.map(([value, title, hint]) => (
            <label key={value}>
              <input type="radio" name="form" value={value} checked={form === value} onChange={() => setForm(value)} />
              <span>
                <b>{title}</b>
                <em>{hint}</em>
              </span>
            </label>
          ))}
        </fieldset>
        {'problem' in result && (
          <p className={css.problem} role="alert">
            {result.problem}
          </p>
        )}
        <button type="button" className={css.main} disabled={'problem' in result} onClick={save}>
          {words.save}
        </button>
      </div>
    </Dialog>
  );
}
