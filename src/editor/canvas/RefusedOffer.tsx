import { IconBan } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { type Conversion, convert } from '../document/conversion';
import { registry } from '../registry';
import { selectNodes } from '../state/canvas-store';
import { currentDocument, edit } from '../state/document-store';
import { type Refused, uiStore } from '../state/ui-store';
import { canvas } from '../text/canvas';
import { sentences } from '../words';
import css from './Refusal.module.css';

const close = () => uiStore.setState({ refused: undefined });

function accept({ from, to }: Refused, conversion: Conversion) {
  close();
  const made = convert(currentDocument(), registry, conversion, from, to);
  if (!made) return;
  edit(canvas.add(conversion.definition.title), made.recipe);
  selectNodes([made.id]);
}

/** After a wire was let go where it cannot go: why, and the node that would make it fit if there is one. */
export default function RefusedOffer(refused: Refused) {
  const { reason, conversion } = refused;
  const [what, cure] = sentences(reason);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const onDown = (event: PointerEvent) => !box.current?.contains(event.target as Node) && close();
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && close();
    document.addEventListener('pointerdown', onDown, true);
    document.addEventListener('keydown', onKey, true);
    return () => {
      document.removeEventListener('pointerdown', onDown, true);
      document.removeEventListener('keydown', onKey, true);
    };
  }, []);
  const room = document.querySelector('.react-flow')?.getBoundingClientRect();
  const { left = 0, top = 0, right = innerWidth, bottom = innerHeight } = room ?? {};
  const x = Math.max(left + 8, Math.min(refused.x + 16, right - 352));
  const y = Math.max(top + 8, Math.min(refused.y + 20, bottom - 80));
  return (
    <div
      ref={box}
      className={`${css.refusal} ${css.offer}`}
      {...(conversion ? { role: 'alertdialog', 'aria-label': reason } : { role: 'alert' })}
      style={{ left: x, top: y }}
    >
      <IconBan size={16} stroke={1.6} aria-hidden />
      <div>
        <strong>{what}</strong>
        {conversion ? <span>{canvas.converts(conversion.definition.title)}</span> : cure && <span>{cure}</span>}
      </div>
      {conversion && (
        // biome-ignore lint/a11y/noAutofocus: the offer was made to an act of the user, and Enter takes it
        <button type="button" autoFocus onClick={() => accept(refused, conversion)}>
          {canvas.add(conversion.definition.title)}
        </button>
      )}
    </div>
  );
}
