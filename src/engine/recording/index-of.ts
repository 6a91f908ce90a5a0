import { itemCount } from '../../core/many';
import { held, type RecordedPort, type RecordedZone, type RecordingIndex } from './address';
import type { Block } from './blocks';
import type { Place, Zone } from './place';
import type { Recording } from './recording';
import type { Part } from './take';

/** What is held of a graph's last run. */
export function indexOf(
  recording: Recording,
  all: { readonly memory: number; readonly disk: number; readonly budget: number },
): RecordingIndex {
  const places = [...recording.places.values()];
  const ports = places.flatMap((place) => {
    return Object.keys(place.node.definition.out).flatMap((port) => portOf(recording, place, port));
  });
  const zones = places.flatMap(({ node, zone, keys }) => {
    return zone?.members[0] === node ? [zoneOf(recording, zone, keys)] : [];
  });
  const counts = [0, 0, 0];
  for (const { held: states } of ports) for (const state of states) (counts[state] as number) += 1;
  const [nothing = 0, previews = 0, whole = 0] = counts;
  return {
    ports,
    zones,
    bytes: { here: bytesOf(recording), ...all },
    kept: { every: recording.every, thinned: recording.thinned, whole, previews, nothing },
  };
}

const stateOf = ({ plain, preview }: Part): number => (plain ? held.whole : preview ? held.preview : held.nothing);

function portOf(recording: Recording, place: Place, port: string): RecordedPort[] {
  const { node, grid, keys, kinds } = place;
  const takes = keys.map((key) => recording.take(key)?.parts.get(`${node.id} ${port}`) ?? []);
  const evaluations = Math.max(0, ...takes.map((parts) => parts.length));
  const kind = kinds[port];
  if (!kind || evaluations === 0) return [];
  const own = recording.listAxis(place, port);
  const axes = own ? [...grid, own] : grid;
  const length = own?.labels.length ?? 1;
  const states = new Uint8Array(itemCount(axes) * evaluations);
  for (const [item, parts] of takes.entries())
    for (const [evaluation, list] of parts.entries())
      for (const [i, part] of list.entries()) states[(item * length + i) * evaluations + evaluation] = stateOf(part);
  return [{ node: node.id, port, kind, axes, evaluations, held: states }];
}

function zoneOf(recording: Recording, { members, grid, pictured }: Zone, keys: readonly string[]): RecordedZone {
  const takes = keys.map((key) => recording.take(key));
  const [first] = takes;
  const { passed = [], count = 0 } = first ?? {};
  const resumable = passed.flatMap(({ states }, evaluation) =>
    states && evaluation + 1 < count ? [evaluation + 1] : [],
  );
  const steps = [...(first?.values() ?? [])].flatMap(({ part: { plain }, at }) =>
    plain?.kind === 'step' && at.startsWith(`${members[0]?.id} `) ? [plain.context.step] : [],
  );
  const ids = members.map(({ id }) => id);
  return {
    start: ids[0] as string,
    end: ids.at(-1) as string,
    members: ids,
    inputs: members.flatMap(({ id, inputs }) => {
      return inputs.flatMap(({ port, from }) => (ids.includes(from[0]) ? [{ node: id, port, from }] : []));
    }),
    axes: grid,
    count: Math.max(0, ...takes.map((take) => take?.count ?? 0)),
    schedule: members[0]?.inputs.find(({ spec }) => spec.kind === 'schedule')?.from,
    steps: steps.map(({ timestep, sigma }) => ({ timestep, sigma })),
    pictured,
    resumable,
  };
}

function bytesOf(recording: Recording): number {
  const blocks = new Set<Block>();
  for (const take of recording.takes) for (const block of take.blocks()) blocks.add(block);
  return [...blocks].reduce((sum, block) => sum + block.bytes, 0);
}
