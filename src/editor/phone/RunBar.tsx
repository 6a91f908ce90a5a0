import { Thumbnail } from '../queue/Thumbnail';
import { useDevice, useRun, useWholeRun } from '../state/use';
import { phone } from '../text/phone';
import { ProgressLine, titleOf } from '../topbar/Progress';
import { progressOf } from '../topbar/progress';
import { RunButtons } from '../topbar/RunButtons';
import css from './RunBar.module.css';

/** At the thumb: the last picture, how the run goes, and Run or Stop. */
export default function RunBar() {
  const { main, rest } = useWholeRun((state) => progressOf(state, titleOf));
  const picture = useRun(({ shown }) =>
    Object.values(shown)
      .flatMap(({ pictures }) => pictures)
      .at(-1),
  );
  const { name } = useDevice();
  return (
    <footer className={css.bar}>
      {picture && (
        <span className={css.picture}>
          <Thumbnail picture={picture} />
        </span>
      )}
      <div className={css.words}>
        <b>{main || phone.ready}</b>
        <span>{[rest, name].filter(Boolean).join(' · ')}</span>
        <ProgressLine />
      </div>
      <RunButtons />
    </footer>
  );
}
