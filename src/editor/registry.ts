import type { AnyNode } from '../core/define-node';

export { registry } from '../../nodes/registry';

/** What a zone is called that a node starts: the zone of "Denoise start" is the "Denoise" zone. */
export const zoneTitle = (start: AnyNode): string => start.title.replace(/ start$/i, '');

/** What the palette calls a node: a start brings its end with it, so it stands for the zone. */
export const paletteTitle = (definition: AnyNode): string =>
  definition.loopStart ? `${zoneTitle(definition)} zone` : definition.title;

/** `image/load-image` is in the category `image`. */
export const categoryOf = (type: string): string => type.slice(0, type.indexOf('/'));
