import { expect, test } from 'vitest';
import shapes from '../../test/fixtures/parameter-shapes.json';
import expected from '../../test/fixtures/sd15-lora-modules.json';
import { ldmNames } from './ldm-names';

test('every layer of SD 1.5 that a LoRA may change has the name that the original code has for it', () => {
  const modules = Object.keys(shapes['sd15 unet'].parameters).flatMap(
    (name) => name.match(/^(.+)\.weight$/)?.[1] ?? [],
  );
  const found = new Map([...ldmNames(new Set(modules))].map(([ldm, own]) => [own, ldm]));
  expect(Object.fromEntries(Object.keys(expected).map((own) => [own, found.get(own)]))).toEqual(expected);
});
