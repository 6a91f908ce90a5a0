/** A file of a repository or folder, before anything of it was read. */
interface ListedFile {
  readonly path: string;
  readonly size: number;
}

/** One way to take a model out of a folder: one of its single files, or the folder in one precision. */
export interface ModelChoice<F extends ListedFile = ListedFile> {
  /** The path of a single file; of a folder "folder" and its variant. */
  readonly id: string;
  readonly what: 'file' | 'folder';
  /** `fp16`: how the names of the weights end; empty for the usual ones. `onnx` for networks that are built already. */
  readonly variant: string;
  readonly files: readonly F[];
  /** Bytes. */
  readonly size: number;
}

const weights = /\.(safetensors|ckpt|pt|pth|bin)$/i;
/** Weights of one part of a model: `model.fp16.safetensors`, `diffusion_pytorch_model.fp16-00001-of-00002.bin`. */
const partWeights =
  /^(?:(?:diffusion_)?pytorch_model|model)(?:-\d{5}-of-\d{5})?(?:\.(?<variant>[\w-]+?))?(?:-\d{5}-of-\d{5})?\.(?<format>safetensors|bin)$/;
/** The list of shards: `model.safetensors.index.json`, with a variant `model.safetensors.index.fp16.json` or `model.fp16.safetensors.index.json`. */
const shardIndex =
  /^(?:(?:diffusion_)?pytorch_model|model)(?:\.(?<before>[\w-]+))?\.(?<format>safetensors|bin)\.index(?:\.(?<after>[\w-]+))?\.json$/;
/** What Weft does not run: the picture filter, and parts of other architectures. */
const unused = /^(safety_checker|feature_extractor|image_encoder|scheduler_flax)\//;
const settings =
  /(^|\/)(model_index|config|scheduler_config|tokenizer|tokenizer_config|special_tokens_map|vocab|added_tokens)\.json$|(^|\/)merges\.txt$/;

const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1);
const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const sum = (files: readonly ListedFile[]) => files.reduce((size, file) => size + file.size, 0);

/** Name parts of a weights file or of a list of shards, when it belongs to a part of a folder model. */
function partFile(name: string): { variant: string; format: string } | undefined {
  const groups = (partWeights.exec(name) ?? shardIndex.exec(name))?.groups;
  const variant = groups?.variant ?? groups?.before ?? groups?.after ?? '';
  return groups?.format === undefined ? undefined : { variant, format: groups.format };
}

/** The weights of a part in a variant: safetensors before pickles, the usual variant where it has no other. */
function weightsOfPart<F extends ListedFile>(files: readonly F[], variant: string): readonly F[] {
  for (const wanted of variant === '' ? [''] : [variant, ''])
    for (const format of ['safetensors', 'bin']) {
      const found = files.filter(({ path }) => {
        const part = partFile(nameOf(path));
        return part?.format === format && part.variant === wanted;
      });
      if (found.some(({ path }) => weights.test(path))) return found;
    }
  return [];
}

/** Folder models among the files: those that Weft opens, fp16 and the usual precision. */
function folderChoices<F extends ListedFile>(files: readonly F[]): ModelChoice<F>[] {
  const inFolders = files.filter(({ path }) => !unused.test(path));
  const isWhole = inFolders.some(({ path }) => path === 'model_index.json' || path === 'unet/config.json');
  const isPart =
    !isWhole &&
    inFolders.some(({ path }) => path === 'config.json') &&
    inFolders.some(({ path }) => partFile(path) !== undefined);
  if (!isWhole && !isPart) return [];
  const kept = isPart ? inFolders.filter(({ path }) => !path.includes('/')) : inFolders;
  const common = kept.filter(({ path }) => settings.test(path));
  const withNetwork = new Set(
    kept.filter(({ path }) => path.endsWith('/model.onnx')).map(({ path }) => folderOf(path)),
  );
  const networks = kept.filter(
    ({ path }) => withNetwork.has(folderOf(path)) && !weights.test(path) && !settings.test(path),
  );
  const parts = new Map<string, F[]>();
  for (const file of kept)
    if ((isPart || file.path.includes('/')) && partFile(nameOf(file.path)))
      parts.set(folderOf(file.path), [...(parts.get(folderOf(file.path)) ?? []), file]);
  const variants = new Set([...parts.values()].flat().map(({ path }) => partFile(nameOf(path))?.variant ?? ''));
  const choices = ['fp16', '']
    .filter((variant) => variants.has(variant))
    .map((variant): ModelChoice<F> => {
      const chosen = [...common, ...[...parts.values()].flatMap((part) => weightsOfPart(part, variant))];
      return { id: `folder ${variant}`.trim(), what: 'folder', variant, files: chosen, size: sum(chosen) };
    });
  if (withNetwork.has('unet/')) {
    const chosen = [...common, ...networks];
    choices.push({ id: 'folder onnx', what: 'folder', variant: 'onnx', files: chosen, size: sum(chosen) });
  }
  return choices;
}

/**
 * How a model can be taken out of a list of files: the folder as a whole in each of its precisions, and each file that is
 * a model of its own. Only names are looked at; what a file is, its content tells later.
 */
export function modelChoices<F extends ListedFile>(files: readonly F[]): readonly ModelChoice<F>[] {
  const folders = folderChoices(files);
  const inFolder = new Set(folders.flatMap(({ files: taken }) => taken.map(({ path }) => path)));
  const single = files
    .filter(({ path }) => weights.test(path) && !inFolder.has(path) && !unused.test(path) && !partInFolder(path))
    .map((file): ModelChoice<F> => ({ id: file.path, what: 'file', variant: '', files: [file], size: file.size }));
  return [...folders, ...single];

  /** Weights that belong to a part of a folder model, such as a pickle beside its safetensors file. */
  function partInFolder(path: string): boolean {
    return folders.length > 0 && partFile(nameOf(path)) !== undefined;
  }
}
