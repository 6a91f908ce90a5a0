import { type Content, limits } from '../../core/document';
import { isObject, type JsonObject } from './json';
import { colorOf } from './look';
import { type Flow, type FlowNode, pointOf, textOf } from './workflow';

/** Where the border of a subgraph stands: left and right of what is inside. */
export function borderPlace({ nodes }: Flow, id: string): [number, number] {
  const xs = nodes.flatMap(({ raw }) => pointOf(raw.pos)?.[0] ?? []);
  const y = pointOf(nodes[0]?.raw.pos)?.[1] ?? 0;
  const x = id === 'inputs' ? Math.min(0, ...xs) - 240 : Math.max(0, ...xs) + 400;
  return [Math.max(-1e6, Math.min(1e6, x)), y];
}

/** The middle of a reroute node, through which its wire is drawn. */
export function middleOf(raw: JsonObject): [number, number][] | undefined {
  const at = pointOf(raw.pos);
  if (!at) return undefined;
  const [width, height] = pointOf(raw.size) ?? [75, 26];
  return [[clamped(at[0] + width / 2), clamped(at[1] + height / 2)]];
}

const clamped = (value: number): number => Math.max(-1e6, Math.min(1e6, value)) + 0;

/** A Note or MarkdownNote as a note of Weft. */
export function noteOf({ raw }: FlowNode, id: string): NonNullable<Content['notes']>[number] {
  const values = raw.widgets_values;
  const text = Array.isArray(values) ? values[0] : isObject(values) ? Object.values(values)[0] : undefined;
  const properties = isObject(raw.properties) ? raw.properties.text : undefined;
  const color = colorOf(raw.bgcolor ?? raw.color);
  return {
    id,
    at: pointOf(raw.pos) ?? [0, 0],
    size: pointOf(raw.size) ?? [240, 120],
    text: (textOf(text) || textOf(properties)).slice(0, limits.note),
    ...(color && { color }),
    foreign: { comfyui: { node: raw } },
  };
}

/** A group as a frame; undefined where it has no place. */
export function frameOf(group: JsonObject, id: string): Content['frames'][number] | undefined {
  const { bounding } = group;
  const at = pointOf(bounding);
  const size = pointOf(Array.isArray(bounding) ? bounding.slice(2, 4) : undefined);
  if (!at || !size) return undefined;
  const color = colorOf(group.color);
  return {
    id,
    title: textOf(group.title).slice(0, limits.text),
    at,
    size,
    ...(color && { color }),
    foreign: { comfyui: { group } },
  };
}
