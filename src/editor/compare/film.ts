import type { Axis } from '../../core/define-node';
import { itemIndex } from '../../core/many';
import type { Picture } from '../../engine/events';
import { projected } from '../../engine/recording/projection';
import { enlarged } from '../animation/enlarged';
import { countedAxis, type Reel } from '../animation/open';
import { labelled } from '../sweep/open-cell';
import { compare as words } from '../text/compare';
import { film } from '../text/film';
import type { Side } from './open';
import type { Planes } from './planes';

/**
 * The film from one side to the other: of two pictures of one sweep all that lie between them, of a trajectory its steps, else
 * one after the other. Undefined where they have no one size.
 */
export function reelBetween(a: Side, b: Side, planesA?: Planes, planesB?: Planes): Reel | undefined {
  return ofSweep(a, b) ?? ofTrajectory(a) ?? ofTrajectory(b) ?? ofBoth(a, b, planesA, planesB);
}

/** The items of a grid from one to another: along the axis in which alone they differ, else all. */
function ofSweep(a: Side, b: Side): Reel | undefined {
  const { axes, pictures, index: first } = a.among ?? {};
  const last = b.among?.index;
  if (!axes || !pictures || first === undefined || last === undefined || b.among?.pictures !== pictures)
    return undefined;
  const alike = (axis: Axis, i: number, j: number) => itemIndex([axis], axes, i) === itemIndex([axis], axes, j);
  const [along, another] = axes.filter((axis) => !alike(axis, first, last));
  const between = (i: number) => i >= Math.min(first, last) && i <= Math.max(first, last);
  const line = (i: number) => between(i) && axes.every((axis) => axis === along || alike(axis, i, first));
  const items = pictures.flatMap((picture, i) => (picture && (another || line(i)) ? [{ picture, i }] : []));
  if (first > last) items.reverse();
  return {
    title: film.fromTo(a.title, b.title),
    from: a.document,
    axes: [
      countedAxis(
        along?.title ?? '',
        items.map(({ i }) => labelled(axes, i)),
      ),
    ],
    count: items.length,
    picture: (at) => items[at]?.picture,
  };
}

function ofTrajectory(side: Side): Reel | undefined {
  if (!('value' in side) || side.value.kind !== 'trajectory') return undefined;
  const { latents } = side.value;
  const { colors } = side;
  return {
    title: side.title,
    from: side.document,
    axes: [
      countedAxis(
        film.step,
        latents.map((_, i) => film.atStep(i + 1)),
      ),
    ],
    count: latents.length,
    picture: (at) => latents[at] && enlarged(projected(latents[at], 0, colors)),
  };
}

function ofBoth(a: Side, b: Side, planesA: Planes | undefined, planesB: Planes | undefined): Reel | undefined {
  if (!planesA || !planesB) return undefined;
  const pictures: readonly Picture[] = [enlarged(planesA.picture), enlarged(planesB.picture)];
  if (pictures[0]?.width !== pictures[1]?.width || pictures[0]?.height !== pictures[1]?.height) return undefined;
  return {
    title: film.fromTo(a.title, b.title),
    from: b.document,
    axes: [countedAxis(words.title, [a.title, b.title])],
    count: 2,
    picture: (at) => pictures[at],
  };
}
