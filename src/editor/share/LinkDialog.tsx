import { IconCheck, IconCopy, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { linkOf } from '../../interop/link';
import controls from '../controls.module.css';
import { closeDialog, Dialog } from '../dialogs/Dialog';
import frame from '../dialogs/Dialog.module.css';
import { notifyFailure } from '../notify';
import { wholeDocument } from '../state/document-store';
import { common } from '../text/common';
import { share as words } from '../text/share';
import { leftBehind } from './left-behind';
import { QrCode } from './QrCode';
import css from './Share.module.css';

/** The graph as a link: to copy, or for a camera. */
export default function LinkDialog() {
  const [document] = useState(wholeDocument);
  const [link, setLink] = useState<string>();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    const page = new URL('./', location.href).href;
    linkOf(document).then((fragment) => setLink(page + fragment), notifyFailure);
  }, [document]);
  const left = leftBehind(document);
  const copy = async () => {
    if (link === undefined) return;
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
    } catch (thrown) {
      notifyFailure(thrown);
    }
  };
  return (
    <Dialog label={words.link}>
      <div className={frame.head}>
        <h2>{words.link}</h2>
        <button type="button" className={controls.icon} aria-label={common.close} onClick={closeDialog}>
          <IconX size={16} stroke={1.6} aria-hidden />
        </button>
      </div>
      <div className={`${css.body} ${controls.scroll}`}>
        <p>{words.about}</p>
        {link === undefined ? (
          <p role="status">{words.making}</p>
        ) : (
          <>
            <div className={css.address}>
              <input
                readOnly
                aria-label={words.address}
                value={link}
                onFocus={(event) => event.currentTarget.select()}
              />
              <button type="button" className={css.primary} onClick={copy}>
                {copied ? (
                  <IconCheck size={14} stroke={1.8} aria-hidden />
                ) : (
                  <IconCopy size={14} stroke={1.6} aria-hidden />
                )}
                <span aria-live="polite">{copied ? words.copied : words.copy}</span>
              </button>
            </div>
            <p className={css.small}>{words.size(link.length)}</p>
            {left.length > 0 && <p className={css.warning}>{words.leftBehind(left)}</p>}
            <QrCode className={css.qr} text={link} />
          </>
        )}
      </div>
    </Dialog>
  );
}
