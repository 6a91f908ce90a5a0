import {
  IconArrowLeft,
  IconChevronLeft,
  IconChevronRight,
  IconColumns2,
  IconCopy,
  IconDownload,
  IconLock,
  IconSitemap,
  IconStar,
  IconStarFilled,
  IconTrash,
  IconX,
} from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { PictureRecord } from '../../storage/run-record';
import { closeDialog } from '../dialogs/Dialog';
import { history } from '../text/history';
import { copyPicture, giveSeedsOf, hasOtherSeeds, openGraphOf, remove, savePicture, toggleStar } from './actions';
import { canCompareWithCanvas, compareWithCanvas, markOrCompare } from './compare';
import { Facts } from './Facts';
import css from './History.module.css';
import { historyStore } from './history-store';
import { usePictureUrl } from './picture-url';
import { RunAgain } from './RunAgain';
import { dragOut } from './Tile';

const show = (id: string | undefined) => id !== undefined && historyStore.setState({ at: id, large: true });
const back = () => historyStore.setState({ large: false });

interface Props {
  readonly picture: PictureRecord;
  /** The pictures that it stands among, which arrows go through. */
  readonly among: readonly PictureRecord[];
}

/** One picture as large as there is room, what is known of it and what can be done with it. */
export function Large({ picture, among }: Props) {
  const url = usePictureUrl(picture.id, true);
  const place = among.findIndex(({ id }) => id === picture.id);
  const [before, after] = [among[place - 1], among[place + 1]];
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus({ preventScroll: true }), []);
  const takeAway = () => void remove([picture]).then(() => show((after ?? before)?.id) || back());
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowLeft') show(before?.id);
    else if (event.key === 'ArrowRight') show(after?.id);
    else if (event.key === 'Escape') back();
    else if (event.key === 's' || event.key === 'S') void toggleStar(picture);
    else if (event.key === 'Delete') takeAway();
    else return;
    event.preventDefault();
  };
  const other = hasOtherSeeds(picture);
  const canvas = canCompareWithCanvas();
  const marked = useStore(historyStore, (state) => state.marked);
  return (
    <section
      ref={box}
      tabIndex={-1}
      className={css.large}
      aria-label={history.alt(picture.prompt)}
      onKeyDown={onKeyDown}
    >
      <header className={css.head}>
        <button type="button" className={css.button} onClick={back}>
          <IconArrowLeft size={15} stroke={1.6} aria-hidden />
          {history.back}
        </button>
        <span className={css.grow} />
        <button
          type="button"
          className={css.close}
          aria-label={history.previous}
          disabled={!before}
          onClick={() => show(before?.id)}
        >
          <IconChevronLeft size={18} stroke={1.6} aria-hidden />
        </button>
        <button
          type="button"
          className={css.close}
          aria-label={history.next}
          disabled={!after}
          onClick={() => show(after?.id)}
        >
          <IconChevronRight size={18} stroke={1.6} aria-hidden />
        </button>
        <button type="button" className={css.close} aria-label={history.close} onClick={closeDialog}>
          <IconX size={18} stroke={1.6} aria-hidden />
        </button>
      </header>
      <div className={css.whole}>
        <div className={css.stage}>
          {url && (
            <img src={url} alt={history.alt(picture.prompt)} onDragStart={(event) => dragOut(event, url, picture)} />
          )}
          {url === null && <p>{history.gone}</p>}
        </div>
        <aside className={css.side} aria-label={history.facts}>
          <p className={css.prompt}>{picture.prompt || picture.name || history.untitled}</p>
          <div className={css.acts}>
            <button
              type="button"
              className={css.button}
              data-help={history.openGraphHelp}
              onClick={() => void openGraphOf(picture)}
            >
              <IconSitemap size={15} stroke={1.6} aria-hidden />
              {history.openGraph}
            </button>
            <button
              type="button"
              className={css.button}
              data-help={other ? history.useSeedHelp : history.hasSeed}
              aria-disabled={!other}
              onClick={() => other && giveSeedsOf(picture)}
            >
              <IconLock size={15} stroke={1.6} aria-hidden />
              {history.useSeed}
            </button>
            <button
              type="button"
              className={css.button}
              data-help={canvas ? history.compareHelp : history.compareNothing}
              aria-disabled={!canvas}
              onClick={() => canvas && void compareWithCanvas(picture)}
            >
              <IconColumns2 size={15} stroke={1.6} aria-hidden />
              {history.compare}
            </button>
            <button type="button" className={css.button} onClick={() => void markOrCompare(picture)}>
              <IconColumns2 size={15} stroke={1.6} aria-hidden />
              {marked ? (marked.id === picture.id ? history.unmark : history.compareWithMarked) : history.mark}
            </button>
            <button type="button" className={css.button} onClick={() => void toggleStar(picture)}>
              {picture.starred ? (
                <IconStarFilled size={15} aria-hidden />
              ) : (
                <IconStar size={15} stroke={1.6} aria-hidden />
              )}
              {picture.starred ? history.unstar : history.star}
            </button>
            <button type="button" className={css.button} onClick={() => void savePicture(picture)}>
              <IconDownload size={15} stroke={1.6} aria-hidden />
              {history.save}
            </button>
            <button type="button" className={css.button} onClick={() => void copyPicture(picture)}>
              <IconCopy size={15} stroke={1.6} aria-hidden />
              {history.copy}
            </button>
            <button type="button" className={css.button} onClick={takeAway}>
              <IconTrash size={15} stroke={1.6} aria-hidden />
              {history.delete}
            </button>
          </div>
          <RunAgain picture={picture} />
          <Facts picture={picture} />
        </aside>
      </div>
    </section>
  );
}
