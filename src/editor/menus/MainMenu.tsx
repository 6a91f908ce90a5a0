import { useEffect, useState } from 'react';
import type { DocumentEntry } from '../../storage/documents';
import { listKept } from '../keeping/listed';
import { notifyFailure } from '../notify';
import { wholeDocument } from '../state/document-store';
import { menus } from '../text/menus';
import { mainMenu } from './main-menu';
import { OpenMenu } from './OpenMenu';

interface Props {
  /** The lower left corner of the button that opens it. */
  readonly x: number;
  readonly y: number;
  readonly byKey: boolean;
  readonly onClose: () => void;
}

/** Graphs that were open before and are still kept in this browser. */
const shownKept = 8;

/** Everything there is to do. */
export default function MainMenu({ x, y, byKey, onClose }: Props) {
  const [kept, setKept] = useState<readonly DocumentEntry[]>();
  useEffect(() => {
    const { id } = wholeDocument();
    const show = (all: readonly DocumentEntry[]) => setKept(all.filter((entry) => entry.id !== id).slice(0, shownKept));
    listKept().then(show, (thrown) => {
      notifyFailure(thrown);
      setKept([]);
    });
  }, []);
  if (!kept) return null;
  return <OpenMenu label={menus.menu} groups={mainMenu(kept)} x={x} y={y} byKey={byKey} onClose={onClose} />;
}
