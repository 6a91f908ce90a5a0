import { memo } from 'react';
import { promptOf } from '../document/prompt';
import { useLive } from '../scrubber/live';
import { uiStore } from '../state/ui-store';
import { useRun } from '../state/use';
import { canvas } from '../text/canvas';
import { PictureGrid } from './PictureGrid';
import css from './Preview.module.css';
import { UseSeed } from './UseSeed';

/** The pictures that a node shows, as wide as the node. A double click shows them large. */
export const Preview = memo(function Preview({ id }: { readonly id: string }) {
  const shown = useRun((state) => state.shown[id]);
  const prompt = useRun((state) => state.shown[id]?.from && promptOf(state.shown[id].from, id));
  const { picture: live, step } = useLive(id);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut to the button in the header
    <div className={css.preview} onDoubleClick={() => shown && uiStore.setState({ enlarged: id })}>
      {live && !shown?.axes.length ? (
        <PictureGrid axes={[]} pictures={[live]} title={canvas.footer.live(step)} fills />
      ) : shown ? (
        <PictureGrid {...shown} title={prompt} fills />
      ) : (
        <p>{canvas.notYet}</p>
      )}
      <UseSeed id={id} />
    </div>
  );
});
