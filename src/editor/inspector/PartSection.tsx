import { retitleFrame } from '../document/frames';
import { colorPart } from '../document/parts';
import { edit } from '../state/document-store';
import { useDocument } from '../state/use';
import { inspector } from '../text/inspector';
import { ColorField } from '../widgets/ColorField';
import { useGesture } from '../widgets/gesture';
import css from './Inspector.module.css';

/** A frame or a note. */
export function PartSection({ id }: { readonly id: string }) {
  const frame = useDocument(({ document }) => document.frames.find((other) => other.id === id));
  const note = useDocument(({ document }) => document.notes?.find((other) => other.id === id));
  const gesture = useGesture();
  const part = frame ?? note;
  if (!part) return null;
  return (
    <section className={css.section}>
      {frame ? (
        <input
          className={css.name}
          aria-label={inspector.frameTitle}
          value={frame.title}
          maxLength={200}
          onFocus={gesture.begin}
          onChange={(event) => edit(inspector.renameFrame, retitleFrame(id, event.currentTarget.value), gesture.id())}
        />
      ) : (
        <h2 className={css.title}>{inspector.note}</h2>
      )}
      <p className={css.help}>{frame ? inspector.frameHelp : inspector.noteHelp}</p>
      <ColorField
        label={inspector.colour}
        value={part.color}
        onChange={(color) => edit(frame ? inspector.colorFrame : inspector.colorNote, colorPart(id, color))}
      />
    </section>
  );
}
