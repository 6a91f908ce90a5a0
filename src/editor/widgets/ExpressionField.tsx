import { useId, useRef } from 'react';
import { wiredKinds } from '../../core/port-kinds';
import { problemOf } from '../../core/problem';
import { registry } from '../registry';
import { useDocument } from '../state/use';
import css from './ExpressionField.module.css';
import type { FieldProps } from './field';
import { useGesture } from './gesture';
import fields from './widgets.module.css';

/** What is wrong with what was typed, as far as it can be told before the run: a sentence, and from where to where. */
const useFault = (id: string) =>
  useDocument(({ graph }) => {
    const node = graph.nodes.get(id);
    try {
      registry.get(node?.type ?? '')?.varies?.kinds(node?.params ?? {}, wiredKinds(graph, registry, id));
    } catch (thrown) {
      const { what, excerpt } = problemOf(thrown);
      return { what, start: excerpt?.start, end: excerpt?.end };
    }
    return {};
  });

/** Arithmetic, in letters of one width. What is wrong is underlined by a copy of the text that lies over the field. */
export function ExpressionField({ node, value, label, place, onChange }: FieldProps) {
  const gesture = useGesture();
  const { what, start, end } = useFault(node);
  const copy = useRef<HTMLDivElement>(null);
  const description = useId();
  const text = String(value ?? '');
  return (
    <div className={`${fields.prompt} ${css.expression}`} data-help={what} data-help-now={what && ''}>
      <textarea
        className={`${fields.lines} nodrag nowheel`}
        aria-label={label}
        aria-invalid={what !== undefined}
        aria-describedby={what === undefined ? undefined : description}
        data-stop
        tabIndex={place === 'node' ? -1 : 0}
        cols={20}
        rows={2}
        value={text}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        onFocus={gesture.begin}
        onScroll={({ currentTarget }) => copy.current?.scrollTo({ top: currentTarget.scrollTop })}
        onChange={(event) => onChange(event.currentTarget.value, gesture.id())}
      />
      {start !== undefined && (
        <div ref={copy} className={css.copy} aria-hidden="true">
          {text.slice(0, start)}
          <mark>{text.slice(start, end) || ' '}</mark>
          {text.slice(end)}
        </div>
      )}
      {what !== undefined && (
        <p id={description} className={css.fault} hidden={place === 'node'}>
          {what}
        </p>
      )}
    </div>
  );
}
