import { IconAlertTriangle, IconEye } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { isStorageFull } from '../../storage/desk/storage-problem';
import { goOnWithout, openUnread } from '../files/restore';
import { saveGraphFile } from '../files/session';
import { notifyFailure } from '../notify';
import { keepingStore } from '../state/keeping-store';
import { uiStore } from '../state/ui-store';
import { useDocument } from '../state/use';
import { keeping as words } from '../text/keeping';
import { desk } from './desk';
import css from './KeepingStrip.module.css';

/** Over the canvas: why what was open is not shown or nothing can be kept, or that another page edits this graph; and what to do about it. */
export default function KeepingStrip() {
  const id = useDocument(({ history }) => history.document.id);
  const trouble = useStore(keepingStore, (state) => state.trouble);
  const unread = useStore(keepingStore, (state) => state.unread);
  const follows = useStore(keepingStore, ({ followed }) => followed.has(id));
  if (unread)
    return (
      <div className={`${css.strip} ${css.trouble}`} role="alert">
        <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
        <p>
          <strong>{unread.what}</strong> {unread.cure}
        </p>
        {unread !== words.silent && (
          <>
            <button type="button" onClick={() => void openUnread()}>
              {words.tryAgain}
            </button>
            <button type="button" data-help={words.goOnHelp} onClick={goOnWithout}>
              {words.goOn}
            </button>
          </>
        )}
      </div>
    );
  if (trouble)
    return (
      <div className={`${css.strip} ${css.trouble}`} role="alert">
        <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
        <p>
          <strong>{trouble.what}</strong> {trouble.cure}
        </p>
        {isStorageFull(trouble) &&
          (['models', 'history', 'graphs'] as const).map((dialog) => (
            <button key={dialog} type="button" onClick={() => uiStore.setState({ dialog })}>
              {words.free[dialog]}
            </button>
          ))}
        <button type="button" onClick={saveGraphFile}>
          {words.saveToFile}
        </button>
      </div>
    );
  if (!follows) return null;
  return (
    <div className={css.strip} role="status">
      <IconEye size={16} stroke={1.6} aria-hidden />
      <p>{words.follows}</p>
      <button type="button" data-help={words.takeOverHelp} onClick={() => void desk.takeOver(id).catch(notifyFailure)}>
        {words.takeOver}
      </button>
    </div>
  );
}
