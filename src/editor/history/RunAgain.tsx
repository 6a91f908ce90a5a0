import { IconCheck, IconColumns2, IconEqualNot, IconRefresh } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { problemOf } from '../../core/problem';
import type { PictureRecord } from '../../storage/run-record';
import { history } from '../text/history';
import { compareWithNew } from './compare';
import css from './History.module.css';
import { type Progress, runAgain, type Verdict } from './rerun';

type State =
  | { readonly is: 'idle' }
  | { readonly is: 'running'; readonly progress: Progress }
  | { readonly is: 'over'; readonly verdict: Verdict }
  | { readonly is: 'failed'; readonly sentence: string };

/** Makes a picture again and says whether each pixel is the same. */
export function RunAgain({ picture }: { readonly picture: PictureRecord }) {
  const [state, setState] = useState<State>({ is: 'idle' });
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const start = () => {
    const control = new AbortController();
    stop.current = control;
    setState({ is: 'running', progress: undefined });
    runAgain(picture, (progress) => setState({ is: 'running', progress }), control.signal).then(
      (verdict) => setState({ is: 'over', verdict }),
      (thrown: unknown) => {
        const { what, cure } = problemOf(thrown);
        setState({ is: 'failed', sentence: cure ? `${what} ${cure}` : what });
      },
    );
  };
  const { progress } = state.is === 'running' ? state : {};
  return (
    <div className={css.again}>
      {state.is === 'running' ? (
        <button type="button" className={css.button} onClick={() => stop.current?.abort()}>
          {history.stop}
        </button>
      ) : (
        <button type="button" className={css.button} data-help={history.againHelp} onClick={start}>
          <IconRefresh size={15} stroke={1.6} aria-hidden />
          {history.again}
        </button>
      )}
      <div role="status">
        {state.is === 'running' && (
          <p>{progress ? history.againRuns(progress.done, progress.of) : history.againWaits}</p>
        )}
        {state.is === 'failed' && <p>{state.sentence}</p>}
        {state.is === 'over' && (
          <>
            <p className={state.verdict.same ? css.same : css.other}>
              {state.verdict.same ? (
                <IconCheck size={15} stroke={1.8} aria-hidden />
              ) : (
                <IconEqualNot size={15} stroke={1.8} aria-hidden />
              )}
              {state.verdict.sentence}
            </p>
            {state.verdict.reasons.map((reason) => (
              <p key={reason}>{reason}</p>
            ))}
            {!state.verdict.same && (
              <button
                type="button"
                className={css.button}
                onClick={() => void compareWithNew(picture, state.verdict.picture)}
              >
                <IconColumns2 size={15} stroke={1.6} aria-hidden />
                {history.compareBoth}
              </button>
            )}
          </>
        )}
      </div>
    </div>
  );
}
