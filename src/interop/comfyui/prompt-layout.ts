import { classes } from './classes';
import { isObject, type Json, type JsonObject, wordOf } from './json';
import { textOf } from './workflow';

/** Whether JSON is a prompt: nodes by id, each with a class. */
export const isPrompt = (value: unknown): value is JsonObject => {
  if (!isObject(value) || Array.isArray(value.nodes)) return false;
  const entries = Object.values(value);
  return entries.length > 0 && entries.every((entry) => isObject(entry) && typeof entry.class_type === 'string');
};

/** A prompt as a workflow, laid out from left to right: a prompt tells no places. */
export function promptToWorkflow(prompt: JsonObject): JsonObject {
  const ids = Object.keys(prompt);
  const links: Json[] = [];
  const outputs = new Map<string, Map<number, { type: string; links: Json[] }>>();
  const depths = depthsOf(prompt);
  const columns: number[] = [];
  const nodes = ids.map((id): JsonObject => {
    const entry = prompt[id] as JsonObject;
    const type = textOf(entry.class_type);
    const own = classes.get(type);
    const given: JsonObject = isObject(entry.inputs) ? entry.inputs : {};
    const asLink = (value: Json | undefined): readonly [string, number] | undefined =>
      Array.isArray(value) &&
      value.length === 2 &&
      typeof value[1] === 'number' &&
      Object.hasOwn(prompt, wordOf(value[0]))
        ? [wordOf(value[0]), value[1]]
        : undefined;
    const known = (own?.in ?? []).filter(({ name, optional }) => !optional || Object.hasOwn(given, name));
    const names = [
      ...known.map(({ name }) => name),
      ...Object.keys(given).filter((name) => asLink(given[name]) && !known.some((input) => input.name === name)),
    ];
    const inputs = names.map((name, slot): Json => {
      const widget = own?.widgets.find((one) => one.name === name);
      const socket = own?.in.find((one) => one.name === name);
      const from = asLink(given[name]);
      const source = from && classes.get(textOf((prompt[from[0]] as JsonObject).class_type));
      const wireType = (from && source?.out[from[1]]?.type) ?? socket?.type ?? widget?.type ?? '*';
      let link: Json = null;
      if (from) {
        link = links.length + 1;
        links.push([link, numberOrText(from[0]), from[1], numberOrText(id), slot, wireType]);
        const slots = outputs.get(from[0]) ?? new Map<number, { type: string; links: Json[] }>();
        outputs.set(from[0], slots);
        const output = slots.get(from[1]) ?? { type: wireType, links: [] };
        slots.set(from[1], { ...output, links: [...output.links, link] });
      }
      return { name, type: socket?.type ?? widget?.type ?? wireType, link, ...(widget && { widget: { name } }) };
    });
    const value = (name: string): Json | undefined => {
      const raw = given[name];
      if (asLink(raw)) return undefined;
      return isObject(raw) && Array.isArray(raw.__value__) ? raw.__value__ : raw;
    };
    const widgets: Json = own
      ? own.widgets.map(({ name, default: fallback }) => value(name) ?? fallback)
      : Object.fromEntries(
          Object.keys(given).flatMap((name) => (asLink(given[name]) ? [] : [[name, value(name) as Json]])),
        );
    const depth = depths.get(id) ?? 0;
    const y = columns[depth] ?? 0;
    const height = 100 + 26 * inputs.length + 34 * Object.keys(widgets).length;
    columns[depth] = y + height + 60;
    const title = isObject(entry._meta) ? textOf(entry._meta.title) : '';
    return {
      id: numberOrText(id),
      type,
      pos: [360 * depth, y],
      size: [300, height],
      flags: {},
      order: 0,
      mode: 0,
      ...(title && title !== own?.title && { title }),
      inputs,
      properties: { 'Node name for S&R': type },
      widgets_values: widgets,
    };
  });
  for (const node of nodes) {
    const slots = outputs.get(textOf(node.id));
    const own = classes.get(textOf(node.type));
    const count = Math.max(own?.out.length ?? 0, ...[...(slots?.keys() ?? [])].map((slot) => slot + 1));
    node.outputs = Array.from({ length: Math.min(count, 200) }, (_, slot): Json => {
      const made = slots?.get(slot);
      const type = own?.out[slot]?.type ?? made?.type ?? '*';
      return { name: own?.out[slot]?.name ?? type, type, links: made?.links ?? [], slot_index: slot };
    });
  }
  const last = nodes.reduce((most, { id }) => (typeof id === 'number' ? Math.max(most, id) : most), 0);
  return {
    last_node_id: last,
    last_link_id: links.length,
    nodes,
    links,
    groups: [],
    config: {},
    extra: {},
    version: 0.4,
  };
}

const numberOrText = (id: string): Json => (/^(0|[1-9]\d{0,14})$/.test(id) ? Number(id) : id);

/** How many nodes lie before each, along the longest way. What runs in a circle stays where it is. */
function depthsOf(prompt: JsonObject): Map<string, number> {
  const sources = new Map(
    Object.entries(prompt).map(([id, entry]) => {
      const inputs = isObject(entry) && isObject(entry.inputs) ? Object.values(entry.inputs) : [];
      return [
        id,
        inputs.flatMap((value) => (Array.isArray(value) && value.length === 2 ? [wordOf(value[0])] : [])),
      ] as const;
    }),
  );
  const depths = new Map<string, number>();
  for (const start of sources.keys()) {
    const path = [start];
    const open = new Set<string>();
    while (path.length > 0) {
      const id = path.at(-1) as string;
      const before = (sources.get(id) ?? []).filter((other) => sources.has(other));
      const next = depths.has(id) ? undefined : before.find((other) => !depths.has(other) && !open.has(other));
      open.add(id);
      if (next !== undefined) {
        path.push(next);
        continue;
      }
      if (!depths.has(id)) depths.set(id, Math.max(0, ...before.map((other) => (depths.get(other) ?? -1) + 1)));
      path.pop();
    }
  }
  return depths;
}
