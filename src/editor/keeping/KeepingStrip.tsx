import { IconAlertTriangle, IconEye } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { isStorageFull } from '../../storage/desk/storage-problem';
import { type RoomTaken, roomTaken } from '../../storage/room';
import { goOnWithout, openUnread } from '../files/restore';
import { saveGraphFile } from '../files/session';
import { sizeWords } from '../models/size-words';
import { notifyFailure } from '../notify';
import { keepingStore } from '../state/keeping-store';
import { uiStore } from '../state/ui-store';
import { useDocument } from '../state/use';
import { keeping as words } from '../text/keeping';
import { desk } from './desk';
import css from './KeepingStrip.module.css';

const dialogs = { models: 'models', runs: 'history', graphs: 'graphs' } as const;

/** What takes room, and how much. */
function WhatToFree() {
  const [taken, setTaken] = useState<RoomTaken>();
  useEffect(() => void roomTaken().then(setTaken, notifyFailure), []);
  return (['models', 'runs', 'graphs'] as const)
    .filter((what) => taken?.[what])
    .map((what) => (
      <button key={what} type="button" onClick={() => uiStore.setState({ dialog: dialogs[what] })}>
        {words.free[what](sizeWords(taken?.[what] ?? 0))}
      </button>
    ));
}

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
        {isStorageFull(trouble) && <WhatToFree />}
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
