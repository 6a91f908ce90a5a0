import { useEffect, useRef, useState } from 'react';
import type { AnyNode } from '../../core/define-node';
import { portSpec } from '../../core/graph';
import { useHand } from '../state/use';
import { canvas } from '../text/canvas';
import { portWords } from '../words';
import { InputRow } from './InputRow';
import { useMeasure } from './measure';
import css from './WeftNode.module.css';

interface Props {
  readonly id: string;
  readonly definition: AnyNode;
  readonly ports: readonly string[];
  /** Where there is room for the sign: beside the input or the output above, or in a row of its own. */
  readonly room: 'right' | 'left' | 'own';
}

/**
 * Inputs that most graphs leave alone: a sign that there are more, and the inputs themselves as long as a wire is in hand
 * that fits them or the user looks at them. They lie over the rest of the node, so that nothing moves.
 */
export function SpareInputs({ id, definition, ports, room }: Props) {
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const measure = useMeasure();
  const fitting = useHand(({ hand }) =>
    ports.filter((port) => hand?.suits(id, portSpec(definition.in[port]), 'target')).join(' '),
  );
  const shown = open ? ports : ports.filter((port) => fitting.split(' ').includes(port));
  const sockets = shown.join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: React Flow has to hear which sockets there are
  useEffect(() => measure(id), [id, measure, sockets]);
  useEffect(() => {
    if (!open) return;
    const onAct = ({ target, type, key }: Event & { readonly key?: string }) => {
      const node = place.current?.closest<HTMLElement>('.react-flow__node');
      if (type === 'keydown' ? key !== 'Escape' : node?.contains(target as Node)) return;
      // What has the focus is about to go.
      if (place.current?.contains(document.activeElement)) node?.focus();
      setOpen(false);
    };
    const acts = ['pointerdown', 'focusin', 'keydown'] as const;
    for (const act of acts) document.addEventListener(act, onAct, true);
    return () => {
      for (const act of acts) document.removeEventListener(act, onAct, true);
    };
  }, [open]);
  const names = ports.map(portWords).join(', ');
  return (
    <div ref={place} className={`${css.spare} ${css[room]}`}>
      <button
        type="button"
        className={`${css.more} nodrag`}
        aria-label={canvas.spare(ports.length, names)}
        aria-expanded={open}
        data-help={canvas.spareHelp(names.replace(/^./, (letter) => letter.toUpperCase()))}
        data-stop
        tabIndex={-1}
        onClick={() => setOpen(!open)}
      >
        {canvas.more(ports.length)}
      </button>
      {shown.length > 0 && (
        <div className={css.drawer}>
          {shown.map((port) => (
            <InputRow key={port} id={id} definition={definition} port={port} />
          ))}
        </div>
      )}
    </div>
  );
}
