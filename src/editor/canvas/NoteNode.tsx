import type { NodeProps } from '@xyflow/react';
import { memo, useRef } from 'react';
import { limits } from '../../core/document';
import { writeNote } from '../document/notes';
import { Markdown } from '../notes/Markdown';
import type { CanvasNode } from '../state/canvas-store';
import { edit } from '../state/document-store';
import { uiStore } from '../state/ui-store';
import { useDocument, useUi } from '../state/use';
import { canvas } from '../text/canvas';
import { useGesture } from '../widgets/gesture';
import css from './Parts.module.css';
import { ResizeHandle } from './ResizeHandle';
import { sameNode } from './same-node';
import { useTypingFocus } from './typing-focus';

const stop = () => uiStore.setState({ renaming: undefined });

/** Text on the canvas. A double click or Enter lets the user write. */
export const NoteNode = memo(function NoteNode({ id, selected }: NodeProps<CanvasNode>) {
  const note = useDocument(({ document }) => document.notes?.find((other) => other.id === id));
  const writing = useUi(({ renaming }) => renaming === id);
  const gesture = useGesture();
  const field = useRef<HTMLTextAreaElement>(null);
  useTypingFocus(field, writing);
  if (!note) return null;
  const tint = note.color && { background: `color-mix(in srgb, ${note.color} 14%, var(--canvas))` };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut to the command Rename
    <div
      className={`${css.note} ${selected ? css.selected : ''}`}
      style={tint || undefined}
      onDoubleClick={() => uiStore.setState({ renaming: id })}
    >
      <span id={`name-${id}`} hidden>
        {canvas.noteNamed(note.text.split('\n')[0] ?? '')}
      </span>
      {writing ? (
        <textarea
          ref={field}
          className="nodrag nowheel"
          aria-label={canvas.noteText}
          placeholder={canvas.noteHint}
          maxLength={limits.note}
          value={note.text}
          onFocus={gesture.begin}
          onChange={(event) => edit(canvas.writeNote, writeNote(id, event.currentTarget.value), gesture.id())}
          onBlur={stop}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            event.currentTarget.closest<HTMLElement>('.react-flow__node')?.focus();
          }}
        />
      ) : note.text.trim() ? (
        <div className={css.text}>
          <Markdown text={note.text} />
        </div>
      ) : (
        <p className={css.hint}>{canvas.noteEmpty}</p>
      )}
      <ResizeHandle id={id} widths={[96, 1024]} heights={[40, 2000]} />
    </div>
  );
}, sameNode);
