import type { Surroundings } from '../../src/core/define-node';
import { ProblemError } from '../../src/core/problem';
import type { Image } from '../../src/core/values';
import { Interrupted, type LessonProgress, type LessonState, learnedIn } from './lesson';
import { lessonStateFrom, writeLessonState } from './lesson-file';

/** Milliseconds after which it is kept how far a lesson is, and how many times as long as that takes at least. */
const KEEP_EVERY = 4000;
const KEEP_SHARE = 20;
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

type Around = Pick<Surroundings, 'device' | 'host' | 'reached' | 'learned'>;

/**
 * Holds a lesson as a node does: goes on where an earlier run stopped, keeps how far it is, tells losses and pictures, and
 * stops and pauses with the run. Throws a sentence where another page holds the same.
 */
export async function conduct(around: Around, lesson: Conduct): Promise<LessonState> {
  const { notebook } = around.host;
  const release = await notebook?.claim?.(lesson.key);
  if (notebook?.claim && !release) {
    throw new ProblemError({
      what: 'Another page of this browser learns the same at this moment.',
      cure: 'Stop it there: this one then goes on where it was. Or set another seed here.',
    });
  }
  try {
    return await conductAlone(around, lesson);
  } finally {
    release?.();
  }
}

async function conductAlone(
  { device, host, reached, learned }: Around,
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
  let next = performance.now() + KEEP_EVERY;
  const keep = async (state: () => Promise<LessonState>) => {
    const begun = performance.now();
    const kept = await host.notebook?.write(key, writeLessonState(await state()));
    if (kept === false) await learned({ unkept: true });
    const ended = performance.now();
    next = ended + Math.max(KEEP_EVERY, KEEP_SHARE * (ended - begun));
  };
  try {
    const state = await teach({
      from,
      async reached(step, loss, now) {
        waiting.push(loss);
        const pictured = sample && (step % sample.every === 0 || step === steps);
        if (pictured || step === steps || performance.now() - told > TELL_EVERY) await tell();
        if (pictured) {
          const image = await sample.draw(learnedIn(await now()));
          await learned({ sample: { step, image } });
          device.dispose(image.tensor);
        }
        if (performance.now() > next) await keep(now);
        // Who pauses it may close the page then.
        await reached(step, steps, () => keep(now));
      },
    });
    await keep(async () => state);
    return state;
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    if (waiting.length > 0) await tell();
    await keep(async () => error.state);
    throw error.cause;
  }
}
