import { lazy, memo, Suspense } from 'react';
import { promptOf } from '../document/prompt';
import { useLive } from '../scrubber/live';
import { enlarge } from '../state/ui-store';
import { useRun } from '../state/use';
import { canvas } from '../text/canvas';
import { PictureGrid } from './PictureGrid';
import css from './Preview.module.css';
import { UseSeed } from './UseSeed';

const Player = lazy(() => import('../animation/Player'));

/** Which of its node's pictures something shows. */
function pictureAt(target: EventTarget): number | undefined {
  const at = (target as Element).closest<HTMLElement>('[data-picture]')?.dataset.picture;
  return at === undefined ? undefined : Number(at);
}

/** The pictures that a node shows, as wide as the node, those of a sweep as they come. A double click shows them large. */
export const Preview = memo(function Preview({ id }: { readonly id: string }) {
  const whole = useRun((state) => state.shown[id]);
  const cells = useRun((state) => state.cells[id]);
  const prompt = useRun((state) => state.shown[id]?.from && promptOf(state.shown[id].from, id));
  const { picture: live, step } = useLive(id);
  const plays = whole?.plays;
  const grid = cells ?? whole;
  const shown = () => {
    if (live && !grid?.axes.length)
      return <PictureGrid axes={[]} pictures={[live]} title={canvas.footer.live(step)} fills />;
    if (whole && plays)
      return (
        <Suspense fallback={<div className={css.todo} style={{ aspectRatio: 1 }} />}>
          <Player shown={{ ...whole, plays }} title={prompt} />
        </Suspense>
      );
    if (grid) return <PictureGrid axes={grid.axes} pictures={grid.pictures} title={prompt} fills />;
    return <p>{canvas.notYet}</p>;
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut to the button in the header
    <div className={css.preview} onDoubleClick={({ target }) => grid && enlarge(id, pictureAt(target))}>
      {shown()}
      {!plays && <UseSeed id={id} />}
    </div>
  );
});
