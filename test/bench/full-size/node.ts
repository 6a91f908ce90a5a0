import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { CLIP_VOCABULARY } from '../../../models/clip-vocabulary';
import { openModel } from '../../../models/open-model';
import { terminalHost } from '../../../src/cli/host';
import type { Network } from '../../../src/core/device';
import type { UNet } from '../../../src/core/values';
import { createNodeDevice } from '../../../src/engine/device/node';
import { differenceFromDiffusers } from './difference';
import { evaluate, type Loading, watchLoading } from './evaluation';

export interface NodeFigures {
  readonly loading?: Loading;
  /** Bytes: before anything was opened, the most until the network was loaded, and the most of all. */
  readonly before: number;
  readonly loaded: number;
  readonly peak: number;
  readonly seconds: readonly number[];
  /** Seconds of processor time for one evaluation, of all threads: other programs do not count in it. */
  readonly processor: number;
  /** Largest difference from diffusers, as a part of the range. */
  readonly difference?: number;
}

const processorSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** The most memory that this process ever had in use, in bytes. */
const mostMemory = () => process.resourceUsage().maxRSS * 1024;

async function openUNet(root: string, file: string): Promise<UNet> {
  const host = terminalHost({ beside: root, out: 'out', document: '', program: root });
  const { unet } = await openModel(await host.folder(file), { vocabulary: () => host.folder(CLIP_VOCABULARY) });
  if (!unet) throw new Error(`${file} has no UNet.`);
  return unet;
}

/** Loads the checkpoint and evaluates its UNet, in this process. */
export async function measureWeft(root: string, folder: string, times: number): Promise<NodeFigures> {
  const before = mostMemory();
  let loading: Loading | undefined;
  let loaded = 0;
  let began = 0;
  const device = watchLoading(await createNodeDevice(), (made) => {
    loading = made;
    loaded = mostMemory();
    began = processorSeconds();
  });
  const unet = await openUNet(root, path.join(folder, 'checkpoint.safetensors'));
  const { prediction, seconds } = await evaluate(device, unet, times);
  const peak = mostMemory();
  const processor = (processorSeconds() - began) / times;

  const difference = differenceFromDiffusers(root, prediction);
  return { ...(loading && { loading }), before, loaded, peak, seconds, processor, difference };
}

const SESSION = ['unet.onnx', 'weights-0', 'weights-1'];

/** Writes the UNet as an ONNX file with external data, as a program that knows only ONNX Runtime would have it. */
export async function writeRaw(root: string, folder: string): Promise<void> {
  const raw = path.join(folder, 'raw');
  if (SESSION.every((name) => existsSync(path.join(raw, name)))) return;
  mkdirSync(raw, { recursive: true });
  const networks: Network[] = [];
  const device = new Proxy(await createNodeDevice(), {
    get(target, name) {
      if (name === 'run') {
        return async (network: Network) => {
          networks.push(network);
          throw new Error('Only the network was wanted.');
        };
      }
      const value = Reflect.get(target, name, target) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  await evaluate(device, await openUNet(root, path.join(folder, 'checkpoint.safetensors')), 1).catch(() => {});
  const [network] = networks;
  if (!network) throw new Error('The UNet asked for no network.');
  writeFileSync(path.join(raw, 'unet.onnx'), network.model());
  for (const file of network.weights) {
    const out = createWriteStream(path.join(raw, file.path));
    const piece = 2 ** 26;
    for (let begin = 0; begin < file.size; begin += piece) {
      if (!out.write(file.read(begin, Math.min(begin + piece, file.size)))) {
        await once(out, 'drain');
      }
    }
    out.end();
    await finished(out);
  }
}

/** The same evaluation by ONNX Runtime alone, from the files of `writeRaw`, in this process. */
export async function measureRaw(folder: string, times: number): Promise<NodeFigures> {
  const before = mostMemory();
  const session = await InferenceSession.create(path.join(folder, 'raw/unet.onnx'), { executionProviders: ['cpu'] });
  const loaded = mostMemory();
  const feeds = Object.fromEntries(
    session.inputMetadata.map((input) => {
      const dims = input.isTensor ? input.shape.map(Number) : [];
      const count = dims.reduce((product, dim) => product * dim, 1);
      return [
        input.name,
        new Tensor(
          'float32',
          Float32Array.from({ length: count }, (_, i) => Math.sin(i)),
          dims,
        ),
      ];
    }),
  );
  const began = processorSeconds();
  const seconds: number[] = [];
  for (let i = 0; i < times; i++) {
    const begin = performance.now();
    await session.run(feeds);
    seconds.push((performance.now() - begin) / 1000);
  }
  return { before, loaded, peak: mostMemory(), seconds, processor: (processorSeconds() - began) / times };
}

/** Seconds of diffusers on the same processor, or why there are none. */
export function measureDiffusers(
  root: string,
  folder: string,
  times: number,
): { seconds: number[]; processor: number; torch: string } | undefined {
  const script = path.join(root, 'test/bench/diffusers_unet_speed.py');
  const answer = spawnSync(
    process.env.PYTHON ?? 'python3',
    [script, path.join(folder, 'diffusers/unet'), String(times)],
    {
      encoding: 'utf8',
    },
  );
  return answer.status === 0 ? JSON.parse(answer.stdout.trim().split('\n').at(-1) ?? '') : undefined;
}
