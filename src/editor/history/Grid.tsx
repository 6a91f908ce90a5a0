import { memo, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { PictureRecord } from '../../storage/run-record';
import { history } from '../text/history';
import { copyPicture, remove, toggleStar } from './actions';
import { dayWords } from './days';
import css from './History.module.css';
import { historyStore } from './history-store';
import { layoutOf, type Row, rowsBetween, step } from './rows';
import { Tile } from './Tile';

/** How far beyond the edge of what is seen rows are drawn, in pixels. */
const beyond = 600;

/** Pictures by day. Only those near what is seen are in the page; arrows go from one to the next. */
export function Grid({ pictures }: { readonly pictures: readonly PictureRecord[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ width: 0, height: 0, top: 0 });
  const at = useStore(historyStore, (state) => state.at);
  /** The picture that is to get the focus when it is drawn. */
  const wanted = useRef<string | undefined>(historyStore.getState().at);

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const measure = () =>
      setSeen((before) => {
        const { width, height } = box.getBoundingClientRect();
        const style = getComputedStyle(box);
        const inside = width - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight) - scrollbar;
        return before.width === inside && before.height === height ? before : { ...before, width: inside, height };
      });
    // Always there in the end, so its coming must not change the columns.
    const scrollbar = Math.max(0, box.offsetWidth - box.clientWidth);
    const watch = new ResizeObserver(measure);
    watch.observe(box);
    measure();
    return () => watch.disconnect();
  }, []);

  const layout = useMemo(() => {
    const small = seen.width < 560;
    const measure = { width: seen.width, gap: small ? 10 : 16, least: small ? 150 : 200 };
    return layoutOf(pictures, { ...measure, dayHeight: 34, captionHeight: 41 }, dayWords);
  }, [pictures, seen.width]);

  const focused = pictures.some(({ id }) => id === at) ? at : pictures[0]?.id;
  const holds = (row: Row, id: string | undefined) => 'pictures' in row && row.pictures.some((one) => one.id === id);

  const reveal = (id: string) => {
    const box = scroller.current;
    const row = layout.rows.find((one) => holds(one, id));
    if (!box || !row) return;
    const [from, to] = [row.top - 40, row.top + row.height + 16];
    if (from < box.scrollTop) box.scrollTop = from;
    else if (to > box.scrollTop + box.clientHeight) box.scrollTop = to - box.clientHeight;
    setSeen((before) => ({ ...before, top: box.scrollTop }));
  };

  // After coming back from one that was shown large.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the width is known
  useLayoutEffect(() => {
    if (seen.width > 0 && wanted.current !== undefined) reveal(wanted.current);
  }, [seen.width > 0]);

  useLayoutEffect(() => {
    if (wanted.current === undefined) return;
    const cell = scroller.current?.querySelector<HTMLElement>(`[data-id="${wanted.current}"]`);
    if (!cell) return;
    wanted.current = undefined;
    cell.focus({ preventScroll: true });
  });

  const go = (id: string) => {
    wanted.current = id;
    historyStore.setState({ at: id });
    reveal(id);
  };

  const onKeyDown = (event: React.KeyboardEvent) => {
    const picture = pictures.find(({ id }) => id === focused);
    if (!picture || event.altKey || !(event.target instanceof HTMLElement) || !event.target.dataset.id) return;
    const command = event.ctrlKey || event.metaKey;
    const next = command ? undefined : step(layout, picture.id, event.key);
    if (next) go(next.id);
    else if (command && event.key === 'c') void copyPicture(picture);
    else if (command) return;
    else if (event.key === 'Enter' || event.key === ' ') historyStore.setState({ at: picture.id, large: true });
    else if (event.key === 's' || event.key === 'S') void toggleStar(picture);
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      const follows = step(layout, picture.id, 'ArrowRight') ?? step(layout, picture.id, 'ArrowLeft');
      void remove([picture]).then(() => follows && go(follows.id));
    } else return;
    event.preventDefault();
  };

  const near = rowsBetween(layout, seen.top - beyond, seen.top + seen.height + beyond);
  const own = layout.rows.find((row) => holds(row, focused));
  const drawn = own && !near.includes(own) ? [...near, own] : near;
  return (
    <div
      ref={scroller}
      className={css.scroller}
      onScroll={({ currentTarget: { scrollTop } }) =>
        setSeen((before) => (Math.abs(before.top - scrollTop) < 120 ? before : { ...before, top: scrollTop }))
      }
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a table has no keys of its own, and its rows cannot be placed */}
      <div
        role="grid"
        aria-label={history.pictures}
        aria-rowcount={layout.rows.length}
        aria-colcount={layout.columns}
        className={css.grid}
        style={{ height: layout.height }}
        onKeyDown={onKeyDown}
      >
        {drawn.map((row) => (
          <Line
            key={'day' in row ? row.day : (row.pictures[0]?.id ?? '')}
            row={row}
            index={layout.rows.indexOf(row)}
            side={layout.side}
            focused={holds(row, focused) ? focused : undefined}
          />
        ))}
      </div>
    </div>
  );
}

interface LineProps {
  readonly row: Row;
  readonly index: number;
  readonly side: number;
  readonly focused: string | undefined;
}

const Line = memo(function Line({ row, index, side, focused }: LineProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: its cells take the focus
    <div
      role="row"
      aria-rowindex={index + 1}
      className={css.row}
      style={{ transform: `translateY(${row.top}px)`, height: row.height }}
    >
      {'day' in row ? (
        // biome-ignore lint/a11y/useSemanticElements: see the grid
        // biome-ignore lint/a11y/useFocusableInteractive: a heading is read, not pressed
        <div role="rowheader" className={css.day}>
          {row.day}
        </div>
      ) : (
        row.pictures.map((picture) => (
          <Tile key={picture.id} picture={picture} side={side} focused={picture.id === focused} />
        ))
      )}
    </div>
  );
});
