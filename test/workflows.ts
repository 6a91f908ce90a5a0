import fc from 'fast-check';
import { classes } from '../src/interop/comfyui/classes';
import type { Json, JsonObject } from '../src/interop/comfyui/json';

/** Workflows as ComfyUI's canvas saves them, written from the published format (docs.comfy.org/specs/workflow_json). */

interface Wanted {
  readonly type: string;
  readonly mode: number;
  readonly objectSize: boolean;
  readonly old: boolean;
  readonly title: boolean;
  readonly control: string | boolean;
}

const known = [...classes.keys()];
const strange = ['ADE_AnimateDiffLoader', 'Fancy Node (x)', 'UltimateSDUpscale'];

const wanted = fc.record<Wanted>({
  type: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...known) },
    { weight: 1, arbitrary: fc.constantFrom(...strange) },
    { weight: 2, arbitrary: fc.constantFrom('Note', 'MarkdownNote', 'Reroute', 'PrimitiveNode') },
  ),
  mode: fc.constantFrom(0, 0, 0, 0, 2, 4),
  objectSize: fc.boolean(),
  old: fc.boolean(),
  title: fc.boolean(),
  control: fc.constantFrom<string | boolean>('fixed', 'randomize', 'increment', 'decrement', true, false),
});

const widgetValue = (type: string, index: number, fallback: Json): Json => {
  if (type === 'INT') return 8 * (index + 1);
  if (type === 'FLOAT') return 0.25 * (index + 1);
  if (type === 'BOOLEAN') return index % 2 === 0;
  return type === 'STRING' ? `words ${index}` : fallback;
};

interface Draft {
  readonly node: JsonObject;
  readonly inputs: JsonObject[];
  readonly outputs: { name: string; type: string; links: number[]; slot_index: number }[];
}

function draftOf({ type, mode, objectSize, title, control }: Wanted, id: number): Draft {
  const own = classes.get(type);
  const values: Json[] = [];
  for (const [index, widget] of (own?.widgets ?? []).entries()) {
    values.push(widgetValue(widget.type, index, widget.default));
    if (widget.control) values.push(control);
  }
  if (type === 'Note' || type === 'MarkdownNote') values.push(`note ${id}`);
  if (type === 'PrimitiveNode') values.push(100 + id, 'fixed');
  if (strange.includes(type)) values.push(1, 'two', [3]);
  const inputs: JsonObject[] = (own?.in ?? []).map((slot) => ({ name: slot.name, type: slot.type, link: null }));
  const outputs = (own?.out ?? []).map((slot, index) => ({
    name: slot.name,
    type: slot.type,
    links: [] as number[],
    slot_index: index,
  }));
  if (type === 'Reroute') {
    inputs.push({ name: '', type: '*', link: null });
    outputs.push({ name: '', type: '*', links: [], slot_index: 0 });
  }
  if (type === 'PrimitiveNode')
    outputs.push({ name: 'INT', type: 'INT', links: [], slot_index: 0, ...{ widget: { name: 'steps' } } });
  if (strange.includes(type)) {
    inputs.push({ name: 'the model', type: 'MODEL', link: null }, { name: 'the model', type: 'IMAGE', link: null });
    outputs.push({ name: 'IMAGE', type: 'IMAGE', links: [], slot_index: 0 });
  }
  const size = [210 + id, 58];
  return {
    inputs,
    outputs,
    node: {
      id,
      type,
      pos: [id * 40.5, -id * 12],
      size: objectSize ? { 0: size[0] as number, 1: size[1] as number } : size,
      flags: id % 3 ? {} : { collapsed: true },
      order: id,
      mode: type === 'Note' || type === 'MarkdownNote' ? 0 : mode,
      ...(title && { title: `my ${type}` }),
      properties: { 'Node name for S&R': type, cnr_id: 'comfy-core' },
      ...(values.length > 0 && { widgets_values: values }),
      ...(id % 4 === 0 && { color: '#232', bgcolor: '#353' }),
      unknown_field: { kept: [id] },
    },
  };
}

/** Links between what fits: an output to a later or earlier input of its type, or to a widget that was made a socket. */
function link(drafts: readonly Draft[], picks: readonly number[], objects: boolean): Json[] {
  const links: Json[] = [];
  let pick = 0;
  const next = (count: number) => (picks[pick++ % picks.length] ?? 0) % count;
  const connect = (from: Draft, slot: number, to: Draft, input: number) => {
    const output = from.outputs[slot];
    const target = to.inputs[input];
    if (!output || !target) return;
    const id = links.length + 1;
    target.link = id;
    output.links.push(id);
    const ends = [from.node.id as number, slot, to.node.id as number, input] as const;
    links.push(
      objects
        ? { id, origin_id: ends[0], origin_slot: ends[1], target_id: ends[2], target_slot: ends[3], type: output.type }
        : [id, ...ends, output.type],
    );
  };
  for (const [at, to] of drafts.entries()) {
    for (const [index, input] of to.inputs.entries()) {
      const sources = drafts
        .slice(0, at)
        .flatMap((draft) =>
          draft.outputs.flatMap(({ type }, slot) =>
            type === input.type || type === '*' || (input.type === '*' && draft.node.type !== 'PrimitiveNode')
              ? [[draft, slot] as const]
              : [],
          ),
        );
      const chosen = sources[next(sources.length + 1)];
      if (chosen) connect(chosen[0], chosen[1], to, index);
    }
    const steps = classes.get(String(to.node.type))?.widgets.find(({ name }) => name === 'steps');
    const primitive = drafts
      .slice(0, at)
      .find(({ node, outputs }) => node.type === 'PrimitiveNode' && outputs[0]?.links.length === 0);
    if (steps && primitive) {
      to.inputs.push({ name: 'steps', type: 'INT', link: null, widget: { name: 'steps' } });
      connect(primitive, 0, to, to.inputs.length - 1);
    }
  }
  return links;
}

const finished = (drafts: readonly Draft[]): Json[] =>
  drafts.map(({ node, inputs, outputs }) => ({
    ...node,
    ...(inputs.length > 0 && { inputs }),
    ...(outputs.length > 0 && {
      outputs: outputs.map((output) => ({ ...output, links: output.links.length ? output.links : null })),
    }),
  }));

/** Workflows of both versions, with all nodes that the table knows, some that it does not, and all kinds of virtual nodes. */
export const workflows: fc.Arbitrary<JsonObject> = fc
  .record({
    nodes: fc.array(wanted, { minLength: 1, maxLength: 14 }),
    picks: fc.array(fc.nat(1000), { minLength: 5, maxLength: 20 }),
    newer: fc.boolean(),
    groups: fc.boolean(),
    ids: fc.boolean(),
  })
  .map(({ nodes, picks, newer, groups, ids }) => {
    const drafts = nodes.map((one, index) => draftOf(one, ids ? 3 * index + 2 : index + 1));
    const links = link(drafts, picks, newer);
    const last = { node: 3 * nodes.length + 2, link: links.length };
    return {
      ...(newer
        ? { version: 1, state: { lastNodeId: last.node, lastLinkId: last.link, lastGroupId: 1, lastRerouteId: 0 } }
        : { version: 0.4, last_node_id: last.node, last_link_id: last.link }),
      id: '7a9c9e57-0000-4000-8000-000000000000',
      revision: 0,
      nodes: finished(drafts),
      links,
      groups: groups
        ? [{ id: 1, title: 'Group', bounding: [-10, -20, 300, 200], color: '#3f789e', font_size: 24, flags: {} }]
        : [],
      config: { links_ontop: false },
      extra: { ds: { scale: 0.8, offset: [1.5, -2] }, frontendVersion: '1.17.0' },
    } satisfies JsonObject;
  });
