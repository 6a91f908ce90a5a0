import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import { guidanceAt, guidesAt, parseCurve } from '../../src/diffusion/guidance';

const share = z.number().min(0).max(1).meta({ step: 0.05 });

export default defineNode({
  type: 'sampling/guidance-curve',
  version: 1,
  title: 'Guidance curve',
  help: 'A guidance scale for each step. Show the scale of CFG combine as a socket and wire it there.',
  icon: 'chart-line',
  params: z.object({
    points: z.string().max(2000).default('0: 7.5, 1: 7.5').meta({
      description: 'Scales by progress from 0 (the first step) to 1 (the last), with straight lines between.',
    }),
    begin: share.default(0).meta({ description: 'Steps before this part of them are not guided: their scale is 1.' }),
    end: share.default(1).meta({ description: 'Steps from this part on are not guided: their scale is 1.' }),
  }),
  in: { step: { kind: 'step', help: 'The step whose scale is wanted.' } },
  out: {
    scale: { kind: 'number', help: 'The guidance scale of this step.' },
    guided: { kind: 'boolean', help: 'Whether this step is guided at all; for the UNet step of the negative prompt.' },
  },
  run({ in: { step }, params: { points, begin, end } }) {
    const { index, count } = step;
    if (!guidesAt(index, count, { begin, end })) return { scale: 1, guided: false };
    return { scale: guidanceAt(parseCurve(points), count > 1 ? index / (count - 1) : 0), guided: true };
  },
});
