import { describe, expect, it } from 'vitest';
import { definitions } from './definitions';
import { rankOf, search, searchNodes } from './search';

describe('search', () => {
  it('puts what is called just so first, then what starts with the query, then what has its words in the title, then in the help', () => {
    const found = search(
      [['CFG combine', 'guidance'], ['Combine masks'], ['Masks'], ['Note', 'combine words'], ['Combine']] as const,
      'combine',
      ([title, more]) => [title, more],
    );
    expect(found.map(([title]) => title)).toEqual(['Combine', 'Combine masks', 'CFG combine', 'Note']);
  });

  it('wants every word, in any order', () => {
    expect(rankOf('image grid', 'Image grid')).toBe(5);
    expect(rankOf('grid image', 'Image grid')).toBe(3);
    expect(rankOf('grid sound', 'Image grid')).toBe(0);
    expect(rankOf('', 'Image grid')).toBe(4);
    expect(rankOf('age', 'Image grid')).toBe(2);
  });

  it('finds nodes by what ComfyUI and others call them', () => {
    const first = (query: string) => searchNodes(definitions, query)[0]?.type;
    expect(first('KSampler')).toBe('sampling/denoise-start');
    expect(first('CLIP Text Encode')).toBe('text/text-encoder');
    expect(first('Load Checkpoint')).toBe('models/checkpoint');
    expect(first('empty latent image')).toBe('latent/empty');
    expect(first('VAE Decode')).toBe('image/vae-decode');
    expect(first('vaedecode')).toBe('image/vae-decode');
    expect(first('Preview Image')).toBe('image/preview');
  });
});
