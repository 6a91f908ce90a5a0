import type { PictureAddress, RecordedZone } from '../../engine/recording/address';

/** What the strip can show of each step. */
export type ViewName = 'x' | 'denoised' | 'conditional' | 'unconditional' | 'difference';

type End = readonly [node: string, port: string];

/** What a zone that guides has beside the rest: where its two predictions come from, and where they go together. */
export interface Guidance {
  readonly node: string;
  readonly conditional: End;
  readonly unconditional: End;
}

export function guidanceOf({ inputs }: RecordedZone): Guidance | undefined {
  const conditional = inputs.find(({ port }) => port === 'conditional');
  const unconditional = inputs.find(({ node, port }) => node === conditional?.node && port === 'unconditional');
  return conditional && unconditional
    ? { node: conditional.node, conditional: conditional.from, unconditional: unconditional.from }
    : undefined;
}

/** The outputs that the views of a zone show, in the order of their buttons. */
export function viewsOf(zone: RecordedZone): ReadonlyMap<ViewName, Omit<PictureAddress, 'item' | 'evaluation'>> {
  const views = new Map<ViewName, Omit<PictureAddress, 'item' | 'evaluation'>>();
  views.set('x', { node: zone.start, port: 'latent' });
  const named = ([node, port]: End) => ({ node, port });
  if (zone.pictured && zone.pictured[0] !== zone.start) views.set('denoised', named(zone.pictured));
  const guidance = guidanceOf(zone);
  if (guidance) {
    views.set('conditional', named(guidance.conditional));
    views.set('unconditional', named(guidance.unconditional));
    views.set('difference', { ...named(guidance.conditional), minus: named(guidance.unconditional) });
  }
  return views;
}
