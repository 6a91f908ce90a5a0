import type { Host } from '../src/core/define-node';
import type { NamedEmbedding } from '../src/core/named-embedding';
import { ProblemError } from '../src/core/problem';
import type { Embedding, PromptSyntax, TextEncoder } from '../src/core/values';
import { openEmbedding } from './open-embedding';

const escaped = (name: string) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * How a text names an embedding by the name of its file: `<name>` in plain prompts, `embedding:name` in those of ComfyUI, and
 * as a word of its own in those of AUTOMATIC1111. A name that others begin with is taken for named where they are: what is
 * read of the text later is exact.
 */
const naming: Readonly<Record<PromptSyntax, (name: string) => RegExp>> = {
  plain: (name) => new RegExp(`<${escaped(name)}>`, 'u'),
  comfyui: (name) => new RegExp(`embedding:${escaped(name)}`, 'iu'),
  a1111: (name) => new RegExp(`(?<![\\p{L}\\p{N}_])${escaped(name)}(?![\\p{L}\\p{N}_])`, 'iu'),
};

/**
 * The embeddings that a prompt names by itself, among those that the host has, read and called what the prompt calls them.
 * Words that are `wired` go first. Throws a sentence where a name is that of two.
 */
export async function embeddingsNamedIn(
  text: string,
  syntax: PromptSyntax,
  wired: readonly Embedding[],
  encoder: TextEncoder,
  host: Host,
): Promise<Embedding[]> {
  const found = new Map<string, NamedEmbedding>();
  const taken = new Set(wired.flatMap(({ word, aliases = [] }) => [word, ...aliases]));
  for (const named of host.embeddings ?? []) {
    const word = syntax === 'plain' ? `<${named.name}>` : named.name;
    if (taken.has(word) || !naming[syntax](named.name).test(text)) continue;
    if ((found.get(word)?.key ?? named.key) !== named.key)
      throw new ProblemError({
        port: 'text',
        what: `There are two embeddings called "${named.name}", and the prompt does not tell which it means.`,
        cure: 'Rename one of them in Models, or wire the one that is meant with an Embedding node.',
      });
    found.set(word, named);
  }
  const embeddings: Embedding[] = [];
  for (const [word, { reference }] of found) {
    const { aliases: _names, ...embedding } = await openEmbedding(host, reference);
    // In AUTOMATIC1111 any word may be a name by chance, and those for other models are passed over there, too.
    if (syntax !== 'a1111' || embedding.width === encoder.width) embeddings.push({ ...embedding, word });
  }
  return embeddings;
}
