import { expect, test } from 'vitest';
import type { Host } from '../src/core/define-node';
import type { Embedding, PromptSyntax, TextEncoder } from '../src/core/values';
import { bytesInMemory } from '../src/formats/bytes';
import { writeSafetensors } from '../src/formats/safetensors';
import { embeddingsNamedIn } from './named-embeddings';

const WIDTH = 4;
const encoder = { width: WIDTH } as TextEncoder;

/** A host with one embedding of `width` under each name; a name that is given twice has two contents. */
function hostWith(names: readonly string[], width = WIDTH): Host {
  const bytes = writeSafetensors({ emb_params: { shape: [1, width], data: new Float32Array(width).fill(1) } });
  const embeddings = names.map((name, i) => ({ name, reference: `${name}.safetensors`, key: `${name} ${i}` }));
  return { embeddings, open: async () => bytesInMemory(bytes) } as Partial<Host> as Host;
}

const words = async (text: string, syntax: PromptSyntax, host: Host, wired: readonly Embedding[] = []) =>
  (await embeddingsNamedIn(text, syntax, wired, encoder, host)).map(({ word }) => word);

test('a plain prompt names an embedding in angle brackets, by the whole name of its file and by its capitals', async () => {
  const host = hostWith(['cat', 'cat-toy', 'Moon', 'a.b']);
  expect(await words('a cat-toy with a <cat-toy>, <moon> and <aXb>', 'plain', host)).toEqual(['<cat-toy>']);
  expect(await words('a cat on the Moon', 'plain', host)).toEqual([]);
});

test('ComfyUI marks the name of an embedding, and AUTOMATIC1111 takes any word that is one', async () => {
  const host = hostWith(['bad-hands', 'moon']);
  expect(await words('moon, (embedding:Bad-Hands:1.2)', 'comfyui', host)).toEqual(['bad-hands']);
  expect(await words('bad-hands on moonlight', 'a1111', host)).toEqual(['bad-hands']);
  expect(await words('(Moon:1.2), [bad-hands]', 'a1111', host)).toEqual(['bad-hands', 'moon']);
});

test('a word that is wired is not looked up', async () => {
  const wired = { word: '<moon>', key: 'wired', width: WIDTH, vectors: new Float32Array(WIDTH) };
  expect(await words('a <moon>', 'plain', hostWith(['moon', 'moon']), [wired])).toEqual([]);
});

test('a name of two embeddings is refused where the prompt has it, and nowhere else', async () => {
  const host = hostWith(['moon', 'moon']);
  await expect(words('a <moon>', 'plain', host)).rejects.toThrow('There are two embeddings called "moon"');
  expect(await words('moonlight and <sun>', 'plain', host)).toEqual([]);
});

test('in AUTOMATIC1111 a name by chance does not bring in an embedding for another family of models', async () => {
  expect(await words('a moon', 'a1111', hostWith(['moon'], 2 * WIDTH))).toEqual([]);
  expect(await words('a <moon>', 'plain', hostWith(['moon'], 2 * WIDTH))).toEqual(['<moon>']);
});
