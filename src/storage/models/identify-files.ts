import { type Identity, identify } from '../../../models/model-kind';
import { problemOf } from '../../core/problem';
import { bytesOfBlob } from '../../formats/bytes';
import { openTensorFile } from '../../formats/tensor-file';

interface ReadableFile {
  readonly path: string;
  readonly blob: Blob;
}

const weights = /\.(safetensors|ckpt|pt|pth|bin)$/i;

/** What the tensors of one file are, by its header. A file that cannot be read as tensors is not supported, and says why. */
function identityOfFile({ blob }: ReadableFile): Identity {
  try {
    return identify(openTensorFile(bytesOfBlob(blob)).tensors);
  } catch (thrown) {
    return { kind: 'unsupported', family: 'other', sentence: problemOf(thrown).what };
  }
}

/**
 * What a model is: by the header of its one file; of a folder, by its UNet, or by its only part. Runs in workers, where
 * files can be read piece by piece.
 */
export function identifyFiles(files: readonly ReadableFile[]): Identity {
  const [only] = files;
  if (only && files.length === 1) return identityOfFile(only);
  if (files.some(({ path }) => path === 'unet/model.onnx'))
    return { kind: 'onnx', family: 'other', sentence: 'A model whose networks are ONNX files already.' };
  const unet = files.find(({ path }) => path.startsWith('unet/') && weights.test(path));
  if (unet) {
    const identity = identityOfFile(unet);
    return identity.kind === 'unet' ? { ...identity, kind: 'checkpoint', sentence: 'A diffusers folder.' } : identity;
  }
  const part = files.find(({ path }) => !path.includes('/') && weights.test(path));
  if (part) return identityOfFile(part);
  return {
    kind: 'unsupported',
    family: 'other',
    sentence: 'This folder holds no model that Weft knows: it has neither unet/ nor weights of its own.',
  };
}
