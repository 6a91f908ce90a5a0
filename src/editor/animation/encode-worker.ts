import { expose } from 'comlink';
import type { Axis, Playback } from '../../core/define-node';
import { problemOf } from '../../core/problem';
import type { Picture } from '../../engine/events';
import { encodeAnimation } from '../../formats/animation/encode';
import { filmOf } from '../../formats/animation/film';

/** Makes the file of an animation, away from the page. A failure comes as a sentence, since errors lose what they are on the way. */
const api = {
  async encode(axes: readonly Axis[], pictures: readonly Picture[], playback: Playback) {
    try {
      return { bytes: await encodeAnimation(await filmOf(axes, pictures, playback), playback.format) };
    } catch (thrown) {
      return { problem: problemOf(thrown) };
    }
  },
};

export type EncodeApi = typeof api;

expose(api);
