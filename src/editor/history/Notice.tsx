import { useEffect } from 'react';
import { useStore } from 'zustand';
import { history } from '../text/history';
import { told } from './actions';
import css from './History.module.css';
import { historyStore } from './history-store';

/** How long what was done is told, in milliseconds. */
const lasting = 10_000;

const hide = () => historyStore.setState({ notice: undefined });

/** What was just done, with a way back where there is one. */
export function Notice() {
  const notice = useStore(historyStore, (state) => state.notice);
  useEffect(() => {
    if (!notice) return;
    const timer = setTimeout(hide, lasting);
    return () => clearTimeout(timer);
  }, [notice]);
  const { text, undo } = notice ?? {};
  return (
    <div className={css.notice} role="status" data-shown={notice !== undefined}>
      {text}
      {undo && (
        <button
          type="button"
          className={css.button}
          onClick={() => {
            hide();
            undo().catch(told);
          }}
        >
          {history.undo}
        </button>
      )}
    </div>
  );
}
