import type { Box } from '../document/boxes';
import { wrapInZone } from '../document/wrap-zone';
import { notifyFailure } from '../notify';
import { registry } from '../registry';
import { selectNodes } from '../state/canvas-store';
import { currentDocument, edit } from '../state/document-store';
import { canvas } from '../text/canvas';

/** Puts nodes into a denoise zone, or says why that makes none. */
export function wrapSelection(ids: ReadonlySet<string>, boxes: ReadonlyMap<string, Box>) {
  const start = registry.get('sampling/denoise-start');
  if (!start) return;
  const wrapping = wrapInZone(currentDocument(), registry, start, ids, boxes);
  if ('reason' in wrapping) return notifyFailure(new Error(wrapping.reason));
  edit(canvas.wrap, wrapping.recipe);
  selectNodes([...ids, ...wrapping.ends]);
}
