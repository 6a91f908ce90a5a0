import type { Surroundings } from '../../src/core/define-node';
import type { Image } from '../../src/core/values';
import { Interrupted, type LessonProgress, type LessonState } from './lesson';
import { lessonStateFrom, writeLessonState } from './lesson-file';

/** Steps after which it is kept how far a lesson is. */
const KEEP_EVERY = 25;
/** How often losses are told, in milliseconds: several at once are one message. */
const TELL_EVERY = 150;

export interface Conduct {
  /** Names the lesson by all that decides how it goes, save for how long. */
  readonly key: string;
  readonly steps: number;
  /** Draws with what was learned, every so many steps. */
  readonly sample?: { readonly every: number; draw(learned: readonly Float32Array[]): Promise<Image> } | undefined;
  /** The lesson itself. */
  teach(progress: LessonProgress): Promise<LessonState>;
}

/**
 * Holds a lesson as a node does: goes on where an earlier run stopped, keeps how far it is, tells losses and pictures, and
 * stops and pauses with the run.
 */
export async function conduct(
  { device, host, reached, learned }: Pick<Surroundings, 'device' | 'host' | 'reached' | 'learned'>,
  { key, steps, sample, teach }: Conduct,
): Promise<LessonState> {
  const kept = await host.notebook?.read(key);
  const found = kept && lessonStateFrom(kept);
  const from = found && found.steps <= steps ? found : undefined;
  let [at, told] = [0, performance.now()];
  let waiting = [...(from?.losses ?? [])];
  const tell = async () => {
    const values = waiting;
    waiting = [];
    told = performance.now();
    await learned({ losses: { at, values } });
    at += values.length;
  };
  // What an earlier lesson of this node told goes, and what this one came to in an earlier run comes back.
  await tell();
  const keep = (state: LessonState) => host.notebook?.write(key, writeLessonState(state));
  try {
    const state = await teach({
      from,
      keep: { every: KEEP_EVERY, write: keep },
      async reached(step, loss, now) {
        waiting.push(loss);
        const pictured = sample && (step % sample.every === 0 || step === steps);
        if (pictured || step === steps || performance.now() - told > TELL_EVERY) await tell();
        if (pictured) {
          const image = await sample.draw(await now());
          await learned({ sample: { step, image } });
          device.dispose(image.tensor);
        }
        await reached(step, steps);
      },
    });
    await keep(state);
    return state;
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    if (waiting.length > 0) await tell();
    await keep(error.state);
    throw error.cause;
  }
}
