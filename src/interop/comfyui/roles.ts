/** The type of the placeholder for a class that Weft lacks. */
export const placeholderType = (type: string): string => `comfyui/${slug(type)}`;

/** A class as a part of a type or id: `ImageScaleBy` is `imagescaleby`. */
export const slug = (type: string): string =>
  type
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40) || 'node';

/** PrimitiveNode's widgets: one value, and what becomes of it. */
export const primitiveClass = {
  name: 'PrimitiveNode',
  title: 'PrimitiveNode',
  in: [],
  out: [],
  widgets: [{ name: 'value', type: '*', default: null, control: true }],
} as const;
