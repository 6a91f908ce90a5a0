import { wrap } from 'comlink';
import type { Playback } from '../../core/define-node';
import { ProblemError } from '../../core/problem';
import { animationFiles } from '../../formats/animation/encode';
import { download } from '../files/download';
import type { Shown } from '../state/run-store';
import { sweep } from '../text/sweep';
import type { EncodeApi } from './encode-worker';

/** Makes an animation of pictures in a worker, and hands it to the user. */
export async function saveAnimation(
  { axes, pictures, from }: Shown,
  playback: Playback,
): Promise<{ name: string; bytes: number }> {
  const worker = new Worker(new URL('./encode-worker.ts', import.meta.url), { type: 'module', name: 'animation' });
  try {
    const answer = await wrap<EncodeApi>(worker).encode(axes, pictures, playback);
    if ('problem' in answer) throw new ProblemError(answer.problem);
    const { ending, type } = animationFiles[playback.format];
    const name = `${(from?.name || sweep.animation).replace(/[/\\:*?"<>|]/g, '-')}.${ending}`;
    download(new Blob([answer.bytes], { type }), name);
    return { name, bytes: answer.bytes.byteLength };
  } finally {
    worker.terminate();
  }
}
