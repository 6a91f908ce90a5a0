import { produce } from 'immer';
import type { Document } from '../../core/document';
import { canTakeCell, takeCell } from '../document/cell';
import { definitionsOf } from '../registry';
import type { Side } from './open';

/** The graph that makes one of the two: of a picture of a sweep with its values in place of the lists. */
export function documentOf({ document, among }: Side): Document | undefined {
  if (!document || !among || !canTakeCell(document, among.axes)) return document;
  return produce(document, takeCell(definitionsOf(document), among.axes, among.index));
}
