import type { Folder } from '../../src/core/define-node';
import type { Lora } from '../../src/core/lora';
import { ProblemError } from '../../src/core/problem';
import { openTensorFile } from '../../src/formats/tensor-file';
import { openLora } from './open-lora';

/** The one file of a folder that holds tensors, as a LoRA. */
export async function openLoraFolder(folder: Folder): Promise<Lora> {
  const files = folder.paths.filter((path) => /\.(?:safetensors|pt|bin|ckpt)$/i.test(path));
  const [file, second] = folder.paths.length === 1 ? folder.paths : files;
  const source = file === undefined ? undefined : await folder.open(file);
  if (!source || second !== undefined) {
    throw new ProblemError({
      port: 'model',
      what: `"${folder.title}" holds ${files.length} files of tensors, where a LoRA is one.`,
      cure: 'Choose the file itself.',
    });
  }
  return openLora(openTensorFile(source), folder);
}
