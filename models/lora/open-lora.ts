import type { LayerChange, Lora, LoraLayer, Product, StoredTensor } from '../../src/core/lora';
import { ProblemError } from '../../src/core/problem';
import type { TensorFile } from '../../src/formats/tensor-file';
import { type AdapterScale, readAdapterSettings } from './adapter-settings';
import { listed } from './listed';
import { corePart, multiplied } from './products';
import { type LoraTensorName, type Role, readTensorName } from './tensor-names';

type Tensors = Partial<Record<Role, StoredTensor>>;

/** What the file has of one layer, tensor by tensor. */
interface Group extends Omit<LoraTensorName, 'role' | 'layer'> {
  readonly tensors: Tensors;
  /** The names of these tensors in the file. */
  readonly names: Partial<Record<Role, string>>;
}

/**
 * Reads a LoRA file of any naming style: LoRA, LoCon with and without core, LoHa, LoKr and whole differences. Factors are read
 * when a session is made. Throws a sentence where the file is none, is a DoRA, or contradicts itself; tensors that are not
 * understood are listed in the notes.
 */
export function openLora(file: TensorFile, { key, title }: { readonly key: string; readonly title: string }): Lora {
  const { groups, unknown } = groupsOf(file);
  refuseDora(groups, title);
  const scale = readAdapterSettings(file.metadata);
  const layers: LoraLayer[] = [];
  for (const [name, group] of groups) {
    const { changes, used } = changesOf(name, group, scale);
    const { part, module, names } = group;
    if (changes.length > 0) layers.push({ name, ...(part && { part }), module, changes });
    for (const role of Object.keys(names) as Role[]) if (!used.has(role)) unknown.push(names[role] as string);
  }
  if (layers.length === 0) {
    throw new ProblemError({
      what: `"${title}" is not a LoRA that Weft knows: none of its ${file.tensors.size} tensors changes a layer.`,
      cure: 'Choose a LoRA, LoCon, LoHa or LoKr file for Stable Diffusion 1 or 2.',
    });
  }
  const notes = unknown.length > 0 ? [`Not understood in "${title}", and left out: ${listed(unknown)}.`] : [];
  return { key, title, layers, notes };
}

function groupsOf(file: TensorFile): { groups: Map<string, Group>; unknown: string[] } {
  const groups = new Map<string, Group>();
  const unknown: string[] = [];
  for (const [name, { shape }] of file.tensors) {
    const read = readTensorName(name);
    const group = read && (groups.get(read.layer) ?? { ...read, tensors: {}, names: {} });
    if (!read || !group || read.role in group.tensors) {
      unknown.push(name);
      continue;
    }
    groups.set(read.layer, group);
    group.tensors[read.role] = { shape, read: () => file.read(name) };
    group.names[read.role] = name;
  }
  return { groups, unknown };
}

function refuseDora(groups: ReadonlyMap<string, Group>, title: string): void {
  if (![...groups.values()].some(({ tensors }) => tensors.dora)) return;
  throw new ProblemError({
    what: `"${title}" is a DoRA: it also learned how long each row of a weight is, which Weft does not compute.`,
    cure: 'Choose a LoRA without "dora_scale", or a checkpoint into which the DoRA is merged.',
  });
}

/** What the tensors of a layer change, and which of them were used for it. */
function changesOf(
  name: string,
  { part, module, tensors }: Group,
  scale: AdapterScale,
): { changes: LayerChange[]; used: ReadonlySet<Role> } {
  const changes: LayerChange[] = [];
  const used = new Set<Role>();
  const use = (...roles: readonly Role[]) => {
    for (const role of [...roles, 'alpha'] as const) used.add(role);
  };
  const alphaOver = (rank: number): number => {
    const alpha = tensors.alpha?.read()[0];
    if (alpha !== undefined && !Number.isFinite(alpha)) throw new Error(`The alpha of "${name}" is not a number.`);
    if (alpha !== undefined) return alpha / rank;
    return (part ? scale(part, module, rank) : undefined) ?? 1;
  };

  const { down, up, core } = tensors;
  if (down && up) {
    const rank = down.shape[0] ?? 0;
    requireRank(name, rank, up, 1);
    if (core) requireRank(name, rank, core, 0, 1);
    changes.push({ kind: 'low-rank', down, up, ...(core && { core }), scale: alphaOver(rank) });
    use('down', 'up', 'core');
  }

  const { hada_w1_a, hada_w1_b, hada_w2_a, hada_w2_b, hada_t1, hada_t2 } = tensors;
  if (hada_w1_a && hada_w1_b && hada_w2_a && hada_w2_b) {
    const rank = hada_w1_b.shape[0] ?? 0;
    const pair = (a: StoredTensor, b: StoredTensor, t: StoredTensor | undefined): Product => {
      requireRank(name, rank, b, 0);
      requireRank(name, rank, a, t ? 0 : 1);
      if (t) requireRank(name, rank, t, 0, 1);
      return t ? corePart(a, b, t) : [a, b];
    };
    const [first, second] = [pair(hada_w1_a, hada_w1_b, hada_t1), pair(hada_w2_a, hada_w2_b, hada_t2)];
    changes.push({ kind: 'hadamard', first, second, scale: alphaOver(rank) });
    use('hada_w1_a', 'hada_w1_b', 'hada_w2_a', 'hada_w2_b', 'hada_t1', 'hada_t2');
  }

  const { lokr_w1, lokr_w1_a, lokr_w1_b, lokr_w2, lokr_w2_a, lokr_w2_b, lokr_t2 } = tensors;
  const decomposed = (a: StoredTensor | undefined, b: StoredTensor | undefined, t?: StoredTensor) => {
    if (!a || !b) return undefined;
    requireRank(name, b.shape[0] ?? 0, a, t ? 0 : 1);
    if (t) requireRank(name, b.shape[0] ?? 0, t, 0, 1);
    return multiplied(t ? corePart(a, b, t) : [a, b]);
  };
  const first = lokr_w1 ?? decomposed(lokr_w1_a, lokr_w1_b);
  const second = lokr_w2 ?? decomposed(lokr_w2_a, lokr_w2_b, lokr_t2);
  if (first && second) {
    // Where neither factor is a product there is no rank for alpha to be over.
    const rank = (lokr_w2 ? undefined : lokr_w2_b?.shape[0]) ?? (lokr_w1 ? undefined : lokr_w1_b?.shape[0]);
    changes.push({ kind: 'kronecker', first, second, scale: rank === undefined ? 1 : alphaOver(rank) });
    use(...(lokr_w1 ? ['lokr_w1' as const] : (['lokr_w1_a', 'lokr_w1_b'] as const)));
    use(...(lokr_w2 ? ['lokr_w2' as const] : (['lokr_w2_a', 'lokr_w2_b', 'lokr_t2'] as const)));
  }

  for (const [role, of] of [
    ['diff', 'weight'],
    ['diff_b', 'bias'],
  ] as const) {
    const tensor = tensors[role];
    if (!tensor) continue;
    changes.push({ kind: 'difference', of, tensor });
    use(role);
  }
  return { changes, used };
}

function requireRank(layer: string, rank: number, tensor: StoredTensor, ...axes: readonly number[]): void {
  if (rank > 0 && axes.every((axis) => tensor.shape[axis] === rank)) return;
  throw new Error(
    `The factors of "${layer}" do not fit each other: one is of rank ${rank}, another [${tensor.shape}].`,
  );
}
