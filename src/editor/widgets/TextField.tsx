import { IconVocabulary } from '@tabler/icons-react';
import { lazy, Suspense, type SyntheticEvent, useId, useRef } from 'react';
import { registry } from '../registry';
import { useDocument } from '../state/use';
import { widgets } from '../text/widgets';
import { rememberCaret } from '../words/caret';
import { isReadByTiny } from '../words/tiny';
import { showWords } from '../words/words-store';
import type { FieldProps } from './field';
import { useGesture } from './gesture';
import css from './widgets.module.css';

/** One line of text. */
export function TextField({ value, label, place, onChange }: FieldProps) {
  const gesture = useGesture();
  return (
    <div className={`${css.field} nodrag`}>
      {place === 'node' && <span>{label}</span>}
      <input
        className={`${css.line} ${css.text}`}
        aria-label={label}
        data-stop
        tabIndex={place === 'node' ? -1 : 0}
        value={String(value ?? '')}
        onFocus={gesture.begin}
        onChange={(event) => onChange(event.currentTarget.value, gesture.id())}
      />
    </div>
  );
}

const PromptMarks = lazy(() => import('../words/PromptMarks'));

/** Of what `.lines` shows; pixels. Its height is known, so that the browser need not look into it to lay out the rest. */
const [lineHeight, padding] = [16, 8];

/** Several lines of text, such as a prompt. Where the built-in model reads it, the words that it knows are at hand. */
export function LinesField({ node, parameter, value, label, place, onChange }: FieldProps) {
  const gesture = useGesture();
  const tiny = useDocument(({ graph }) => isReadByTiny(graph, registry, node));
  const field = useRef<HTMLTextAreaElement>(null);
  const description = useId();
  const text = String(value ?? '');
  const remember = ({ currentTarget }: SyntheticEvent<HTMLTextAreaElement>) =>
    rememberCaret(currentTarget, node, parameter.name);
  return (
    <div className={css.prompt}>
      <textarea
        ref={field}
        className={`${css.lines} nodrag nowheel`}
        aria-label={label}
        aria-describedby={tiny ? description : undefined}
        data-stop
        tabIndex={place === 'node' ? -1 : 0}
        cols={16}
        style={{ height: lineHeight * (place === 'node' ? 2 : 4) + padding }}
        value={text}
        spellCheck={false}
        onFocus={(event) => {
          gesture.begin();
          remember(event);
        }}
        onSelect={remember}
        onChange={(event) => {
          remember(event);
          onChange(event.currentTarget.value, gesture.id());
        }}
      />
      {tiny && (
        <Suspense>
          <PromptMarks field={field} node={node} text={text} description={description} />
        </Suspense>
      )}
      {tiny && place === 'node' && (
        <button
          type="button"
          className={`${css.words} nodrag`}
          aria-label={widgets.words}
          data-help={widgets.wordsHelp}
          data-stop
          tabIndex={-1}
          onClick={() => showWords(node)}
        >
          <IconVocabulary size={13} stroke={1.6} aria-hidden />
        </button>
      )}
    </div>
  );
}
