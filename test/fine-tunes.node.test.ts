import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { terminalHost } from '../src/cli/host';

test('what was made for an embedded model is named by the model and its own name', async () => {
  const program = mkdtempSync(path.join(tmpdir(), 'weft-'));
  mkdirSync(path.join(program, 'models/tiny/fine-tunes'), { recursive: true });
  writeFileSync(path.join(program, 'models/tiny/fine-tunes/blueprint.safetensors'), 'learned');
  mkdirSync(path.join(program, 'models/tiny/fine-tunes/canny'));
  writeFileSync(path.join(program, 'models/tiny/fine-tunes/canny/config.json'), '{}');
  writeFileSync(path.join(program, 'models/tiny/fine-tunes/canny.png'), 'a sheet of what it draws');
  const host = terminalHost({ beside: program, out: program, document: '', program });
  const { paths, title } = await host.folder('tiny/blueprint');
  expect({ paths, title }).toEqual({ paths: ['blueprint.safetensors'], title: 'blueprint' });
  const source = await host.open('tiny/blueprint');
  expect(new TextDecoder().decode(source.read(0, source.size))).toBe('learned');
  expect((await host.folder('tiny/canny')).paths).toEqual(['config.json']);
  await expect(host.folder('tiny/other')).rejects.toThrow('There is no model tiny/other.');
});
