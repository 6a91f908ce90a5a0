import { retitleFrame } from '../document/frames';
import { colorPart } from '../document/parts';
import { edit } from '../state/document-store';
import { useDocument } from '../state/use';
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
          aria-label="Title of the frame"
          value={frame.title}
          maxLength={200}
          onFocus={gesture.begin}
          onChange={(event) => edit('Rename frame', retitleFrame(id, event.currentTarget.value), gesture.id())}
        />
      ) : (
        <h2 className={css.title}>Note</h2>
      )}
      <p className={css.help}>
        {frame
          ? 'What lies wholly in a frame moves with it. Drag it by its title.'
          : 'Markdown: # heading, **bold**, *italic*, `code`, - list, [link](https://…). Double-click or Enter to write.'}
      </p>
      <ColorField
        label="Colour"
        value={part.color}
        onChange={(color) => edit(`Colour ${frame ? 'frame' : 'note'}`, colorPart(id, color))}
      />
    </section>
  );
}
