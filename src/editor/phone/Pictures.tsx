import { Thumbnail } from '../queue/Thumbnail';
import { enlarge } from '../state/ui-store';
import { useDocument, useRun } from '../state/use';
import { phone } from '../text/phone';
import { titleOf } from '../topbar/Progress';
import css from './Sheet.module.css';

/** The pictures of the graph's last run, the newest first; each opens large. */
export function Pictures() {
  const shown = useRun((state) => state.shown);
  const nodes = useDocument(({ graph }) => graph.nodes);
  const all = Object.entries(shown).filter(([id, { pictures }]) => nodes.has(id) && pictures.length > 0);
  if (all.length === 0) return <p className={css.none}>{phone.noPictures}</p>;
  return (
    <ul className={css.pictures}>
      {all.toReversed().flatMap(([id, { pictures }]) =>
        pictures.map((picture, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a picture is known by its place
          <li key={`${id} ${i}`}>
            <button type="button" aria-label={phone.enlarge(titleOf(id))} onClick={() => enlarge(id, i)}>
              <Thumbnail picture={picture} />
            </button>
          </li>
        )),
      )}
    </ul>
  );
}
