import { ProblemError } from '../src/core/problem';
import type { PromptReading, PromptToken, TokenStrip } from '../src/core/values';
import { chunkA1111 } from '../src/diffusion/prompt/a1111-chunks';
import { changesOverSteps, evaluationsByText, scheduleA1111 } from '../src/diffusion/prompt/a1111-schedule';
import { parseA1111Weights } from '../src/diffusion/prompt/a1111-weights';
import { chunkComfy } from '../src/diffusion/prompt/comfyui-chunks';
import { parseComfyWeights } from '../src/diffusion/prompt/comfyui-weights';
import { type LearnedWord, learnedTokens } from '../src/diffusion/prompt/learned-word';
import type { Tokenizer } from './tokenizer';

/** One of the texts that a prompt is in the course of a loop. */
export interface PromptText {
  readonly strip: TokenStrip;
  /** How many entries of the prompt's schedule have this text. */
  readonly times: number;
  /** The evaluations at which it holds; undefined for all of them. */
  readonly at?: readonly number[];
}

/**
 * What a prompt is read as, in the syntax that `reading` names: one text, or several where it changes over the steps. All
 * texts of a prompt have equally many chunks, as AUTOMATIC1111 makes them, so that a loop keeps its shapes.
 */
export function readPrompt(
  prompt: string,
  learned: readonly LearnedWord[],
  tokenizer: Tokenizer,
  { syntax, steps }: PromptReading,
): PromptText[] {
  const room = tokenizer.maxLength - 2;
  if (syntax === 'plain') return [{ strip: readPlain(prompt, learned, tokenizer), times: 1 }];
  if (syntax === 'comfyui') {
    const { chunks, unknown } = chunkComfy(parseComfyWeights(prompt), learned, tokenizer, room);
    return [{ strip: { chunks, cut: '', unknown }, times: 1 }];
  }
  refuseComposition(prompt);
  const texts = textsOf(prompt, steps).map(({ text, ...when }) => ({
    ...when,
    chunks: chunkA1111(parseA1111Weights(text), learned, tokenizer, room),
  }));
  const most = Math.max(...texts.map(({ chunks }) => chunks.length));
  return texts.map(({ chunks, ...when }) => {
    const padded = [...chunks, ...Array.from({ length: most - chunks.length }, () => [])];
    return { ...when, strip: { chunks: padded, cut: '', unknown: [] } };
  });
}

/** As diffusers does: no weights, one chunk, and the words of embeddings are tokens. */
function readPlain(prompt: string, learned: readonly LearnedWord[], tokenizer: Tokenizer): TokenStrip {
  const { tokens, learned: placed, cut } = tokenizer.encode(prompt, learned);
  const chunk: PromptToken[] = tokens.map((token) => ({ ...token, weight: 1 }));
  for (const { word, position, count } of placed) {
    chunk.splice(position - 1, count, ...learnedTokens({ word, count }, tokenizer.endId, 1));
  }
  const marks = new Set(prompt.match(/<[^<>\s]+>/gu));
  for (const { word } of learned) marks.delete(word);
  return { chunks: [chunk], cut, unknown: [...marks] };
}

function textsOf(prompt: string, steps: number | undefined): { text: string; times: number; at?: readonly number[] }[] {
  if (!changesOverSteps(prompt)) return [{ text: prompt, times: 1 }];
  if (steps === undefined) {
    throw new ProblemError({
      port: 'schedule',
      what: 'This prompt changes over the steps, but how many steps there are is not known here.',
      cure: 'Wire the schedule that goes into Denoise start, or escape the brackets: \\[ and \\].',
    });
  }
  const schedule = scheduleA1111(prompt, steps);
  const holds = evaluationsByText(schedule, steps);
  const texts = [...new Set(schedule.map(({ text }) => text))];
  return texts.map((text) => ({
    text,
    times: schedule.filter((entry) => entry.text === text).length,
    ...(texts.length > 1 && { at: holds.get(text) ?? [] }),
  }));
}

function refuseComposition(prompt: string): void {
  if (!/(?<![\p{L}\p{N}_])AND(?![\p{L}\p{N}_])/u.test(prompt)) return;
  throw new ProblemError({
    port: 'text',
    what: 'In the syntax of AUTOMATIC1111, AND joins several prompts, which one text encoder cannot hold.',
    cure: 'Give each prompt a text encoder and a UNet step and combine what these predict, or write "and".',
  });
}
