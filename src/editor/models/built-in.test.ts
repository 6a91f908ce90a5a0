import { expect, test } from 'vitest';
import { builtIn } from './built-in';

test('what was made for the built-in model is offered for what its report says it is', () => {
  const offered = Object.fromEntries(builtIn.map(({ value, title, kinds }) => [value, [title, ...kinds]]));
  expect(offered).toMatchObject({
    tiny: ['Tiny, built in', 'checkpoint', 'unet', 'vae', 'text-encoder'],
    'tiny/blueprint': ['Blueprint, built in', 'embedding'],
    'tiny/canny': ['Canny, built in', 'controlnet'],
    'tiny/sunflower-lora': ['Sunflower, built in', 'lora'],
  });
});
