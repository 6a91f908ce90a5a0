import { type KeyboardEvent, useEffect, useRef } from 'react';
import { documentStore } from '../state/document-store';
import { type Choosing, uiStore } from '../state/ui-store';
import { canvas } from '../text/canvas';
import { portWords } from '../words';
import css from './Refusal.module.css';
import { SocketShape } from './SocketShape';
import { plugInto } from './wire-drop';

const close = () => uiStore.setState({ choosing: undefined });

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
  const step = steps[event.key];
  if (event.key === 'Escape' || event.key === 'Tab') close();
  else if (step) items.at((items.indexOf(event.target as HTMLElement) + step) % items.length)?.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Asks which of several sockets a wire is meant for that was let go over their node. */
export default function SocketChoice({ x, y, hand, node, choices }: Choosing) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector('button')?.focus();
    const onDown = ({ target }: PointerEvent) => !box.current?.contains(target as Node) && close();
    document.addEventListener('pointerdown', onDown, true);
    return () => document.removeEventListener('pointerdown', onDown, true);
  }, []);
  const input = hand.side === 'source';
  const { graph } = documentStore.getState();
  const wired = new Set((input && graph.into.get(node)?.map(({ to }) => to[1])) || []);
  const left = Math.max(8, Math.min(x, innerWidth - 200));
  const top = Math.max(8, Math.min(y + 8, innerHeight - 40 - 32 * choices.length));
  return (
    <div
      ref={box}
      className={css.choice}
      role="menu"
      tabIndex={-1}
      aria-label={input ? canvas.whichInput : canvas.whichOutput}
      style={{ left, top }}
      onKeyDown={onKeyDown}
    >
      <strong aria-hidden="true">{input ? canvas.whichInput : canvas.whichOutput}</strong>
      {choices.map(({ port, kind }) => (
        <button
          key={port}
          type="button"
          role="menuitem"
          onClick={() => {
            close();
            plugInto(hand, [node, port]);
          }}
        >
          <SocketShape kind={kind} />
          {portWords(port)}
          {wired.has(port) && <em>{canvas.wired}</em>}
        </button>
      ))}
    </div>
  );
}
