import { IconArrowBackUp, IconArrowForwardUp, IconMaximize, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useEffect, useReducer, useRef, useState } from 'react';
import { setParameter } from '../document/parameters';
import { notifyFailure } from '../notify';
import { edit } from '../state/document-store';
import { type Painted, uiStore } from '../state/ui-store';
import { useDocument } from '../state/use';
import { paint } from '../text/paint';
import type { Area } from './bitmap';
import css from './PaintDialog.module.css';
import { PaintSettings } from './PaintSettings';
import { PaintStage, type StageHandle } from './PaintStage';
import { keepPainting, type Opened, openPainting } from './painting-file';
import { PaintSession, type Settings, type Tool, tools } from './session';

const close = () => uiStore.setState({ painting: undefined });

const toolKeys: Readonly<Record<string, Tool>> = Object.fromEntries(
  [...'beflro'].map((key, i) => [key, tools[i] as Tool]),
);

const settingsFor = (asMask: boolean, width: number): Settings => ({
  tool: 'brush',
  color: asMask ? [255, 59, 48] : [31, 35, 40],
  size: Math.max(4, Math.round(width / (asMask ? 8 : 32))),
  hardness: asMask ? 1 : 0.8,
  opacity: 1,
  tolerance: 24,
  pressure: true,
});

/** Loads the painting of a node and then shows it, as large as the window. */
export default function PaintDialog({ painted: { node, parameter } }: { readonly painted: Painted }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [opened, setOpened] = useState<Opened>();
  useEffect(() => {
    dialog.current?.showModal();
    openPainting(node, parameter).then(setOpened, (thrown) => {
      notifyFailure(thrown);
      close();
    });
  }, [node, parameter]);
  return (
    <dialog ref={dialog} className={css.dialog} aria-label={paint.paint} onCancel={(event) => event.preventDefault()}>
      {opened && <Painting node={node} parameter={parameter} {...opened} />}
    </dialog>
  );
}

function Painting({ node, parameter, picture, backdrop, asMask }: Painted & Opened) {
  const [session] = useState(() => new PaintSession(picture));
  const [settings, setSettings] = useState(() => settingsFor(asMask, picture.width));
  const [shown, setShown] = useState(asMask ? 0.6 : 1);
  const [zoom, setZoom] = useState(1);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const stage = useRef<StageHandle>(null);
  const title = useDocument(({ graph }) => graph.nodes.get(node)?.title ?? paint.paint);

  const act = (work: () => Area | undefined) => {
    const area = work();
    if (area) stage.current?.draw(area);
    redraw();
  };
  const done = () => {
    if (session.canUndo)
      keepPainting(session.picture).then(
        (reference) => edit(paint.paint, setParameter(node, parameter, reference)),
        notifyFailure,
      );
    close();
  };
  const change = (next: Partial<Settings>) => setSettings((old) => ({ ...old, ...next }));

  const onKeyDown = (event: KeyboardEvent) => {
    const key = event.key.toLowerCase();
    const tool = toolKeys[key];
    const mod = event.ctrlKey || event.metaKey;
    const steps: Readonly<Record<string, () => void>> = {
      ...(mod
        ? { z: () => act(() => (event.shiftKey ? session.redo() : session.undo())), y: () => act(() => session.redo()) }
        : {
            ...(tool && { [key]: () => change({ tool }) }),
            '[': () => change({ size: Math.max(1, Math.floor(settings.size / 1.2)) }),
            ']': () => change({ size: Math.min(512, Math.ceil(settings.size * 1.2)) }),
            '+': () => stage.current?.zoomBy(1.25),
            '=': () => stage.current?.zoomBy(1.25),
            '-': () => stage.current?.zoomBy(0.8),
            '0': () => stage.current?.fit(),
            escape: done,
          }),
    };
    const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
    if (!step || event.defaultPrevented || (event.target instanceof HTMLInputElement && event.target.type === 'text'))
      return;
    event.preventDefault();
    step();
  };

  // Wherever the focus is: a press beside all controls leaves it on nothing.
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  });

  return (
    <div className={css.frame}>
      <header>
        <h2>
          {title} <small>{`${picture.width} × ${picture.height} px`}</small>
        </h2>
        <div className={css.group}>
          <button
            type="button"
            aria-label={paint.undo}
            disabled={!session.canUndo}
            onClick={() => act(() => session.undo())}
          >
            <IconArrowBackUp size={18} stroke={1.6} aria-hidden />
          </button>
          <button
            type="button"
            aria-label={paint.redo}
            disabled={!session.canRedo}
            onClick={() => act(() => session.redo())}
          >
            <IconArrowForwardUp size={18} stroke={1.6} aria-hidden />
          </button>
        </div>
        <div className={`${css.group} ${css.zoom}`}>
          <button type="button" aria-label={paint.zoomOut} onClick={() => stage.current?.zoomBy(0.8)}>
            <IconZoomOut size={18} stroke={1.6} aria-hidden />
          </button>
          <output aria-label={paint.zoom}>{Math.round(100 * zoom)} %</output>
          <button type="button" aria-label={paint.zoomIn} onClick={() => stage.current?.zoomBy(1.25)}>
            <IconZoomIn size={18} stroke={1.6} aria-hidden />
          </button>
          <button type="button" aria-label={paint.fit} onClick={() => stage.current?.fit()}>
            <IconMaximize size={18} stroke={1.6} aria-hidden />
          </button>
        </div>
        <div className={css.end}>
          <button type="button" className={css.text} onClick={close}>
            {paint.discard}
          </button>
          <button type="button" className={css.done} onClick={done}>
            {paint.done}
          </button>
        </div>
      </header>
      <PaintSettings
        settings={settings}
        change={change}
        shown={shown}
        setShown={setShown}
        clear={() => act(() => session.clear())}
        invert={() => act(() => session.invert(settings.color))}
      />
      <PaintStage
        ref={stage}
        session={session}
        backdrop={backdrop}
        settings={settings}
        shown={shown}
        onZoom={setZoom}
        onGesture={redraw}
      />
    </div>
  );
}
