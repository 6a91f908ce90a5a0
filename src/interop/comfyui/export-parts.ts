import type { Content } from '../../core/document';
import { blank } from './fresh';
import { isObject, type Json, type JsonObject, sameJson } from './json';
import type { Placed } from './linker';
import { colorOf, placeOf } from './look';
import { list, origin } from './origin';
import { pointOf, textOf } from './workflow';

/** A note of Weft as one of ComfyUI. */
export function noteNode(note: NonNullable<Content['notes']>[number]): Placed {
  const { node, shown } = origin(note);
  const color = note.color ?? undefined;
  if (!isObject(node)) {
    const raw = { ...blank('MarkdownNote', note, note.size), inputs: [], outputs: [], widgets_values: [note.text] };
    return { raw: color ? { ...raw, color, bgcolor: color } : raw, own: undefined };
  }
  const values = list(node.widgets_values);
  const text = textOf(values[0]) || textOf(isObject(node.properties) ? node.properties.text : undefined);
  const raw: JsonObject = { ...node };
  const at = pointOf(node.pos);
  const size = pointOf(node.size);
  const place = placeOf(at ?? [0, 0], note.at, shown);
  if (!at || at[0] !== place[0] || at[1] !== place[1]) raw.pos = place;
  if (size && (size[0] !== note.size[0] || size[1] !== note.size[1])) raw.size = [...note.size];
  if (text.slice(0, note.text.length + 1) !== note.text && text.slice(0, 20_000) !== note.text)
    raw.widgets_values = [note.text, ...values.slice(1)];
  if (color !== colorOf(node.bgcolor ?? node.color) && color) Object.assign(raw, { color, bgcolor: color });
  return { raw, own: undefined };
}

/** A frame of Weft as a group of ComfyUI. */
export function groupOf(frame: Content['frames'][number]): Json {
  const { group, shown } = origin(frame);
  const { title, at, size, color } = frame;
  if (!isObject(group)) return { title, bounding: [...at, ...size], ...(color && { color }), font_size: 24, flags: {} };
  const next: JsonObject = { ...group };
  const bounding = list(group.bounding);
  const was = [pointOf(bounding) ?? [0, 0], pointOf(bounding.slice(2, 4)) ?? [0, 0]] as const;
  const grown = isObject(shown) ? { at: shown.size ?? [...was[1]] } : undefined;
  const now = [placeOf(was[0], at, shown), placeOf(was[1], size, grown)];
  if (!sameJson(was, now)) next.bounding = now.flat();
  if (textOf(group.title).slice(0, 200) !== title) next.title = title;
  if (color !== colorOf(group.color)) {
    if (color) next.color = color;
    else delete next.color;
  }
  return next;
}
