import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyDocument } from '../../core/document';
import { renameDocument } from '../document/nodes';
import { historyOf, perform, redone, undone } from './history';

const start = historyOf(emptyDocument('d', 'A'));

describe('undo', () => {
  it('takes back any series of changes exactly, and redo brings them again', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ maxLength: 8 }), fc.option(fc.constantFrom('g', 'h')))), (changes) => {
        let history = start;
        for (const [name, gesture] of changes)
          history = perform(history, 'Rename', renameDocument(name), gesture ?? undefined);
        const last = history.document;
        const count = history.past.length;
        for (let i = 0; i < count; i++) history = undone(history);
        expect(history.document).toEqual(start.document);
        for (let i = 0; i < count; i++) history = redone(history);
        expect(history.document).toEqual(last);
      }),
    );
  });

  it('takes back a gesture as a whole', () => {
    let history = perform(start, 'Rename', renameDocument('B'));
    for (const name of ['C', 'CD', 'CDE']) history = perform(history, 'Rename', renameDocument(name), 'typing');
    expect(undone(history).document.name).toBe('B');
  });

  it('remembers nothing when nothing changed', () => {
    expect(perform(start, 'Rename', renameDocument('A'))).toBe(start);
  });
});
