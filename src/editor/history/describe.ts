import type { Document } from '../../core/document';
import { graphOf, type Registry, upstream } from '../../core/graph';
import { itemLabels } from '../../core/many';
import { asModelReference, type ModelReference } from '../../core/model-reference';
import { parametersOf } from '../../core/parameters';
import { batchAxis } from '../../engine/picture';
import type { PictureRecord } from '../../storage/run-record';
import type { Shown } from '../state/run-store';
import { history } from '../text/history';

/** How a picture of a grid is called: `['CFG 7.5', 'image 2']`. Where there is one of a kind nothing needs to be said. */
export function labelsOf(axes: Shown['axes'], index: number): string[] {
  const batch = batchAxis(0).id;
  return itemLabels(axes, index).flatMap((label, i) => {
    const axis = axes[i];
    if (!axis || axis.labels.length < 2) return [];
    // A number says nothing without what it is of.
    return [
      axis.id === batch ? history.image(label) : /^[-−\d.]+$/.test(label) ? `${axis.title} ${label}`.trim() : label,
    ];
  });
}

/** What people typed into the nodes that `ids` depend on, in the order of the graph. */
export function textsOf(document: Document, registry: Registry, ids: readonly string[]): string[] {
  const before = upstream(graphOf(document), ids);
  return document.nodes.flatMap(({ id, type, params }) => {
    const definition = before.has(id) ? registry.get(type) : undefined;
    if (!definition) return [];
    return parametersOf(definition).flatMap(({ name, kind, widget, options, default: usual }) => {
      const text = params[name] ?? usual;
      const typed = kind === 'text' && !options && (widget === undefined || widget === 'lines');
      return typed && typeof text === 'string' && text.trim() ? [text.trim()] : [];
    });
  });
}

/** The prompt behind the pictures of a node: what stands first in a field of several lines. */
export function promptBehind(document: Document, registry: Registry, id: string): string {
  const before = upstream(graphOf(document), [id]);
  for (const node of document.nodes) {
    const definition = before.has(node.id) ? registry.get(node.type) : undefined;
    for (const { name, widget } of definition ? parametersOf(definition) : []) {
      const text = node.params[name];
      if (widget === 'lines' && typeof text === 'string' && text.trim()) return text.trim();
    }
  }
  return '';
}

/** The models that `ids` depend on, each once. */
export function modelsBehind(document: Document, registry: Registry, ids: readonly string[]): ModelReference[] {
  const before = upstream(graphOf(document), ids);
  const models = new Map<string, ModelReference>();
  for (const { id, type, params } of document.nodes) {
    const definition = before.has(id) ? registry.get(type) : undefined;
    for (const { name, widget, default: usual } of definition ? parametersOf(definition) : []) {
      const reference = widget === 'model' ? asModelReference(params[name] ?? usual) : undefined;
      if (reference !== undefined && reference !== '')
        models.set(typeof reference === 'string' ? reference : reference.hash, reference);
    }
  }
  return [...models.values()];
}

/** What tells a picture from its neighbours in a few words: its labels in a grid, else its seed. */
export function captionOf({ labels, seeds, frames }: Pick<PictureRecord, 'labels' | 'seeds' | 'frames'>): string {
  if (frames !== undefined) return history.frames(frames);
  if (labels.length) return labels.join(', ');
  const values = [...new Set(seeds.map(({ value }) => value))];
  return values.length === 1 ? history.seedOf(values[0] ?? '') : '';
}
