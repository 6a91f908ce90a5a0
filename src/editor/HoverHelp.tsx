import { useEffect, useState } from 'react';
import css from './App.module.css';
import { page } from './text/page';

interface Help {
  readonly title: string | undefined;
  readonly text: string | undefined;
  readonly formula: string | undefined;
  /** F1 tells more. */
  readonly more: boolean;
  readonly x: number;
  readonly y: number;
  readonly above: boolean;
}

/** Help opens after this long, in milliseconds; at once if another one is open. */
const delay = 500;

/** One sentence about what the pointer rests on: anything with `data-help` in its markup. */
export default function HoverHelp() {
  const [help, setHelp] = useState<Help>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let current: Element | null = null;
    let open = false;
    const close = () => {
      clearTimeout(timer);
      current = null;
      open = false;
      setHelp(undefined);
    };
    const show = (element: HTMLElement | SVGElement, pointer: PointerEvent) => {
      const { helpTitle: title, help: text, helpFormula: formula } = element.dataset;
      // A wire's box says nothing of where it runs: its help stands at the pointer.
      const box =
        element instanceof SVGElement
          ? new DOMRect(pointer.clientX, pointer.clientY, 8, 8)
          : element.getBoundingClientRect();
      const above = box.bottom > innerHeight - 120;
      const x = Math.max(8, Math.min(box.left, innerWidth - 268));
      open = true;
      const more = element.closest('.react-flow__node, [data-node-type]') !== null;
      setHelp({ title, text, formula, more, x, y: above ? box.top - 8 : box.bottom + 8, above });
    };
    const onOver = (event: PointerEvent) => {
      const element = (event.target as Element).closest?.<HTMLElement | SVGElement>('[data-help]');
      if (event.pointerType === 'touch' || event.buttons) return;
      if (element === current) return;
      clearTimeout(timer);
      if (!element) return close();
      current = element;
      if (open || element.dataset.helpNow !== undefined) show(element, event);
      else timer = setTimeout(show, delay, element, event);
    };
    document.addEventListener('pointerover', onOver);
    document.addEventListener('pointerdown', close, true);
    document.addEventListener('wheel', close, { capture: true, passive: true });
    document.addEventListener('keydown', close, true);
    return () => {
      close();
      document.removeEventListener('pointerover', onOver);
      document.removeEventListener('pointerdown', close, true);
      document.removeEventListener('wheel', close, true);
      document.removeEventListener('keydown', close, true);
    };
  }, []);
  if (!help) return null;
  return (
    <div
      role="tooltip"
      className={css.tooltip}
      style={{ left: help.x, top: help.y, transform: help.above ? 'translateY(-100%)' : undefined }}
    >
      {help.title && <strong>{help.title}</strong>}
      {help.text && <span>{help.text}</span>}
      {help.formula && <code>{help.formula}</code>}
      {help.more && (
        <small>
          <kbd>{page.keys.help}</kbd> {page.tellsMore}
        </small>
      )}
    </div>
  );
}
