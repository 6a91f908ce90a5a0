import { type RefObject, useEffect, useRef, useState } from 'react';
import { neverSeen, useUnknownWords } from './use-words';
import css from './words.module.css';

interface Props {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly node: string;
  readonly text: string;
  /** The element that describes the field. */
  readonly description: string;
}

/** Shows the help of what lies under the pointer: HoverHelp asks when the pointer comes to an element. */
function offerHelp(field: HTMLTextAreaElement, help: string | undefined, { clientX, clientY }: PointerEvent) {
  if (field.dataset.help === help) return;
  if (help === undefined) {
    delete field.dataset.help;
    delete field.dataset.helpNow;
  } else {
    field.dataset.help = help;
    field.dataset.helpNow = '';
  }
  field.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, clientX, clientY }));
}

/**
 * Underlines the words in a field that the model has never seen, but not one that is being typed. The lines belong to a
 * copy of the text that lies over the field, letter on letter, and cannot be seen or touched.
 */
export default function PromptMarks({ field, node, text, description }: Props) {
  const unknown = useUnknownWords(node, text);
  const [caret, setCaret] = useState<number>();
  const copy = useRef<HTMLDivElement>(null);
  const marked = unknown.filter(({ start, end }) => caret === undefined || caret < start || caret > end);

  useEffect(() => {
    const element = field.current;
    if (!element) return;
    const onScroll = () => {
      if (copy.current) copy.current.scrollTop = element.scrollTop;
    };
    const onCaret = () =>
      setCaret(
        document.activeElement === element && element.selectionStart === element.selectionEnd
          ? element.selectionStart
          : undefined,
      );
    const onMove = (event: PointerEvent) => {
      const under = [...(copy.current?.querySelectorAll('mark') ?? [])].find((mark) =>
        [...mark.getClientRects()].some(
          ({ left, right, top, bottom }) =>
            event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom,
        ),
      );
      offerHelp(element, under && neverSeen([under.textContent]), event);
    };
    // Also when a longer text brings a scroll bar. Asking at each letter would have the page laid out once more for it.
    const sizes = new ResizeObserver(() => {
      copy.current?.style.setProperty('width', `${element.clientWidth}px`);
      copy.current?.style.setProperty('height', `${element.clientHeight}px`);
      onScroll();
    });
    sizes.observe(element);
    element.addEventListener('scroll', onScroll);
    element.addEventListener('pointermove', onMove);
    element.addEventListener('blur', onCaret);
    document.addEventListener('selectionchange', onCaret);
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('blur', onCaret);
      document.removeEventListener('selectionchange', onCaret);
    };
  }, [field]);

  let end = 0;
  return (
    <>
      <div ref={copy} className={css.copy} aria-hidden="true">
        {marked.map((mark) => {
          const before = text.slice(end, mark.start);
          end = mark.end;
          return (
            <span key={mark.start}>
              {before}
              <mark>{mark.word}</mark>
            </span>
          );
        })}
        {text.slice(end)}
        {'\n'}
      </div>
      <span id={description} hidden>
        {unknown.length > 0 && neverSeen(unknown.map(({ word }) => word))}
      </span>
    </>
  );
}
