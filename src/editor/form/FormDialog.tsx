import { IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { PictureGrid } from '../canvas/PictureGrid';
import controls from '../controls.module.css';
import { closeDialog, Dialog } from '../dialogs/Dialog';
import frame from '../dialogs/Dialog.module.css';
import { promptOf } from '../document/prompt';
import { registry } from '../registry';
import { useLive } from '../scrubber/live';
import { useDocument, useRun, useWholeRun } from '../state/use';
import { common } from '../text/common';
import { form as words } from '../text/form';
import { titleOf } from '../topbar/Progress';
import { progressOf } from '../topbar/progress';
import { RunButtons } from '../topbar/RunButtons';
import { ParameterField } from '../widgets/ParameterField';
import { portWords } from '../words';
import css from './Form.module.css';
import { formOf } from './parameters';

/** What a node shows, as large as there is room. */
function Result({ id }: { readonly id: string }) {
  const shown = useRun((state) => state.cells[id] ?? state.shown[id]);
  const prompt = useRun((state) => state.shown[id]?.from && promptOf(state.shown[id].from, id));
  const { picture: live } = useLive(id);
  if (live && !shown?.axes.length) return <PictureGrid axes={[]} pictures={[live]} title={prompt} fills />;
  return shown ? <PictureGrid axes={shown.axes} pictures={shown.pictures} title={prompt} fills /> : null;
}

/** The graph as a form: what one wants to change, Run, and the pictures; no node and no wire. */
export default function FormDialog() {
  const list = useRef<HTMLDivElement>(null);
  // What one came for, and not the button that closes it.
  useEffect(() => list.current?.querySelector<HTMLElement>('textarea, input, [role=spinbutton]')?.focus(), []);
  const graph = useDocument((state) => state.graph);
  const parts = formOf(graph, registry);
  const { main, rest } = useWholeRun((state) => progressOf(state, titleOf));
  const screens = graph.document.nodes.filter(({ type }) => registry.get(type)?.shows !== undefined);
  const some = useRun((state) => screens.some(({ id }) => state.shown[id] ?? state.cells[id]));
  return (
    <Dialog label={words.title} className={css.dialog}>
      <div className={frame.head}>
        <h2>{graph.document.name || common.untitled}</h2>
        <button type="button" className={controls.icon} aria-label={common.close} onClick={closeDialog}>
          <IconX size={16} stroke={1.6} aria-hidden />
        </button>
      </div>
      <div className={css.halves}>
        <div className={css.form}>
          <div ref={list} className={`${css.parts} ${controls.scroll}`}>
            {parts.length === 0 && <p className={css.hint}>{words.nothing}</p>}
            {parts.map(({ id, title, parameters }) => (
              <fieldset key={id} className={css.part}>
                <legend>{title}</legend>
                {parameters.map((parameter) => (
                  <div key={parameter.name} className={css.field} data-wide={parameter.widget === 'lines'}>
                    {(parameters.length > 1 || parameter.widget !== 'lines') && (
                      <span>{portWords(parameter.name)}</span>
                    )}
                    <ParameterField node={id} parameter={parameter} place="inspector" />
                  </div>
                ))}
              </fieldset>
            ))}
            <p className={css.hint}>{words.hint}</p>
          </div>
          <div className={css.foot}>
            <p>
              <b>{main}</b> {rest}
            </p>
            <RunButtons alone />
          </div>
        </div>
        <div className={css.results}>
          {some ? screens.map(({ id }) => <Result key={id} id={id} />) : <p className={css.hint}>{words.noPicture}</p>}
        </div>
      </div>
    </Dialog>
  );
}
