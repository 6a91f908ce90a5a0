import type { DocumentNode } from '../../core/document';
import { isObject, type JsonObject } from './json';
import { pointOf } from './workflow';

type Look = Pick<DocumentNode, 'at'> &
  Partial<Pick<DocumentNode, 'title' | 'color' | 'collapsed' | 'muted' | 'bypassed'>>;

const longest = 200;

/** `#223` and `#223344` as Weft writes colours. */
export function colorOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const [, short, long] = /^#(?:([0-9a-f]{3})|([0-9a-f]{6}))$/i.exec(value) ?? [];
  if (short) return `#${[...short].map((digit) => digit + digit).join('')}`.toLowerCase();
  return long && `#${long}`.toLowerCase();
}

/** How a node of a workflow looks in Weft: where it is, what it is called, whether it runs. `title` is that of its class. */
export function lookOf(raw: JsonObject, title: string | undefined): Look {
  const own = typeof raw.title === 'string' ? raw.title.slice(0, longest) : undefined;
  const shown = own !== undefined && own !== title ? own : undefined;
  const color = colorOf(raw.bgcolor ?? raw.color);
  const collapsed = isObject(raw.flags) && raw.flags.collapsed === true;
  return {
    at: pointOf(raw.pos) ?? [0, 0],
    ...(shown && { title: shown }),
    ...(color && { color }),
    ...(collapsed && { collapsed }),
    ...(raw.mode === 2 && { muted: true }),
    ...(raw.mode === 4 && { bypassed: true }),
  };
}

const isSamePoint = (a: readonly number[], b: readonly number[]): boolean => a[0] === b[0] && a[1] === b[1];

/**
 * Where a part of a file is to be, that was put at `shown` when it was read and is at `now`. What stayed there stays; what was
 * moved is as far from where it was.
 */
export const placeOf = (was: readonly number[], now: readonly [number, number], shown: unknown): [number, number] => {
  const [left = 0, top = 0] = was;
  const [x, y] = (isObject(shown) ? pointOf(shown.at) : undefined) ?? [left, top];
  return now[0] === x && now[1] === y ? [left, top] : [left + now[0] - x, top + now[1] - y];
};

/** A node of a workflow that looks as a node of Weft does; what is the same already stays as it was written. */
export function withLook(
  raw: JsonObject,
  node: Look & { readonly foreign?: unknown },
  title: string | undefined,
): JsonObject {
  const before = lookOf(raw, title);
  const changed: JsonObject = { ...raw };
  const { foreign } = node;
  const shown = isObject(foreign) && isObject(foreign.comfyui) ? foreign.comfyui.shown : undefined;
  const at = placeOf(before.at, node.at, shown);
  if (!isSamePoint(before.at, at) || (!pointOf(raw.pos) && !shown)) changed.pos = at;
  if (before.title !== node.title) {
    if (node.title === undefined) delete changed.title;
    else changed.title = node.title;
  }
  if (before.color !== node.color) {
    delete changed.color;
    delete changed.bgcolor;
    if (node.color) Object.assign(changed, { color: node.color, bgcolor: node.color });
  }
  if ((before.collapsed ?? false) !== (node.collapsed ?? false))
    changed.flags = { ...(isObject(raw.flags) ? raw.flags : {}), collapsed: node.collapsed ?? false };
  const mode = (look: Look) => (look.muted ? 2 : look.bypassed ? 4 : 0);
  if (mode(before) !== mode(node)) changed.mode = mode(node);
  return changed;
}
