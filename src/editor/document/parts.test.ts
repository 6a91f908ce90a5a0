import { produce } from 'immer';
import { describe, expect, it } from 'vitest';
import { checkDocument, type Document, emptyDocument, parseDocument, writeDocument } from '../../core/document';
import { hull } from './boxes';
import { excerpt, pasteExcerpt } from './clipboard';
import { frameAround } from './frames';
import { removeParts } from './nodes';
import { addNote, writeNote } from './notes';
import { colorPart, moveParts, resizePart } from './parts';
import { allOf } from './recipe';

const noted = (): Document =>
  produce(
    emptyDocument('d', 'D'),
    allOf(
      addNote('note', [10.4, 20]),
      writeNote('note', '# Hello'),
      frameAround([{ x: 0, y: 0, width: 100, height: 50 }], 'A'),
    ),
  );

describe('frames and notes', () => {
  it('are drawn around what was selected, with room for the title', () => {
    expect(noted().frames).toEqual([{ id: 'frame', title: 'A', at: [-20, -48], size: [140, 118] }]);
    expect(hull([])).toBeUndefined();
    expect(produce(noted(), frameAround([], 'B'))).toEqual(noted());
  });

  it('survive a file, and a graph without notes has none in its file', () => {
    expect(parseDocument(writeDocument(noted()))).toEqual(noted());
    expect(writeDocument(emptyDocument('d', 'D'))).not.toContain('notes');
  });

  it('move, grow and take colours like nodes', () => {
    const moved = produce(
      noted(),
      allOf(moveParts(new Map([['frame', [1, 2]]])), resizePart('note', [300, 80]), colorPart('note', '#d9736a')),
    );
    expect(moved.frames[0]?.at).toEqual([1, 2]);
    expect(moved.notes?.[0]).toEqual({ id: 'note', at: [10, 20], size: [300, 80], text: '# Hello', color: '#d9736a' });
    expect(checkDocument(structuredClone(moved))).toEqual(moved);
  });

  it('are copied under new ids and go when they are deleted', () => {
    const { recipe, pasted } = pasteExcerpt(noted(), excerpt(noted(), ['frame', 'note']), [5, 5]);
    expect(pasted).toEqual(['frame-2', 'note-2']);
    const copied = produce(noted(), recipe);
    expect(copied.notes?.[1]).toEqual({ id: 'note-2', at: [15, 25], size: [220, 96], text: '# Hello' });
    expect(produce(copied, removeParts(['frame', 'note', 'frame-2', 'note-2']))).toEqual(emptyDocument('d', 'D'));
  });
});
