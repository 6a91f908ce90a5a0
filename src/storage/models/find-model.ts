import type { HashedModel } from '../../core/model-reference';
import { problemOf } from '../../core/problem';
import type { ModelAnswer } from '../../engine/worker-api';
import { modelEntry, openModelFiles } from './library';

/** The model that a graph names, ready to be read; or why it is not, for the person at the canvas. */
export async function findModel({ hash, name, source }: HashedModel): Promise<ModelAnswer> {
  try {
    const entry = await modelEntry(hash);
    if (entry) return { files: await openModelFiles(entry) };
  } catch (thrown) {
    return { problem: problemOf(thrown) };
  }
  return {
    problem: {
      what: `The model ${name} is not in this browser.`,
      cure: source
        ? `Download it from ${source}, or choose its file, in Models.`
        : 'Choose its file in Models, or choose another model here.',
    },
  };
}
