import { IconDots, IconLock, IconSitemap, IconStar, IconStarFilled } from '@tabler/icons-react';
import { memo } from 'react';
import type { PictureRecord } from '../../storage/run-record';
import { history } from '../text/history';
import { fileNameOf, giveSeedsOf, hasOtherSeeds, openGraphOf, toggleStar } from './actions';
import { timeWords } from './days';
import { captionOf } from './describe';
import css from './History.module.css';
import { historyStore } from './history-store';
import { usePictureUrl } from './picture-url';

/** So that the picture can be dragged out of the window as a file. */
export function dragOut(event: React.DragEvent, url: string, picture: PictureRecord) {
  event.dataTransfer.setData('DownloadURL', `image/png:${fileNameOf(picture)}:${url}`);
  event.dataTransfer.effectAllowed = 'copy';
}

const show = (id: string, large: boolean) => historyStore.setState({ at: id, large });

interface Props {
  readonly picture: PictureRecord;
  readonly side: number;
  readonly focused: boolean;
}

/** A picture of the grid; what can be done with it shows under the pointer. */
export const Tile = memo(function Tile({ picture, side, focused }: Props) {
  const { id, prompt, starred, at, name } = picture;
  const url = usePictureUrl(id);
  const caption = captionOf(picture);
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has its keys
    <div
      role="gridcell"
      tabIndex={focused ? 0 : -1}
      data-id={id}
      className={css.tile}
      style={{ width: side }}
      aria-label={history.spoken(prompt, caption, starred, timeWords(at))}
      onFocus={(event) => event.target === event.currentTarget && show(id, false)}
      onClick={(event) => event.target instanceof HTMLImageElement && show(id, true)}
      onDragStart={(event) => event.target instanceof HTMLImageElement && dragOut(event, event.target.src, picture)}
    >
      <div className={css.picture} style={{ height: side }}>
        {url && <img src={url} alt="" decoding="async" />}
        {starred && <IconStarFilled className={css.starred} size={15} aria-hidden />}
        <div className={css.tools}>
          <button
            type="button"
            tabIndex={-1}
            aria-label={history.openGraph}
            data-help={history.openGraph}
            onClick={() => void openGraphOf(picture)}
          >
            <IconSitemap size={15} stroke={1.6} aria-hidden />
          </button>
          <button
            type="button"
            tabIndex={-1}
            aria-label={history.useSeed}
            data-help={hasOtherSeeds(picture) ? history.useSeed : history.hasSeed}
            aria-disabled={!hasOtherSeeds(picture)}
            onClick={() => hasOtherSeeds(picture) && giveSeedsOf(picture)}
          >
            <IconLock size={15} stroke={1.6} aria-hidden />
          </button>
          <button
            type="button"
            tabIndex={-1}
            aria-label={starred ? history.unstar : history.star}
            data-help={starred ? history.unstar : history.star}
            onClick={() => void toggleStar(picture)}
          >
            {starred ? <IconStarFilled size={15} aria-hidden /> : <IconStar size={15} stroke={1.6} aria-hidden />}
          </button>
          <button
            type="button"
            tabIndex={-1}
            aria-label={history.more}
            data-help={history.more}
            onClick={() => show(id, true)}
          >
            <IconDots size={15} stroke={1.6} aria-hidden />
          </button>
        </div>
      </div>
      <div className={css.caption} aria-hidden>
        <span>{prompt || name || history.untitled}</span>
        <em>{caption}</em>
      </div>
    </div>
  );
});
