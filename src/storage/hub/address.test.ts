import { describe, expect, it } from 'vitest';
import { readAddress, readEndpoint, usualEndpoint } from './address';

const hub = (repo: string, revision: string, path?: string) => ({
  on: 'hub',
  endpoint: usualEndpoint,
  repo,
  revision,
  ...(path !== undefined && { path }),
});

describe('what a person pastes', () => {
  it.each([
    ['stable-diffusion-v1-5/stable-diffusion-v1-5', hub('stable-diffusion-v1-5/stable-diffusion-v1-5', 'main')],
    ['  owner/name@fp16 ', hub('owner/name', 'fp16')],
    ['https://huggingface.co/owner/name', hub('owner/name', 'main')],
    ['huggingface.co/owner/name/', hub('owner/name', 'main')],
    ['https://hf.co/owner/name/tree/refs%2Fpr%2F1/vae', hub('owner/name', 'refs/pr/1')],
    ['https://huggingface.co/owner/name/tree/abc#fp16', { ...hub('owner/name', 'abc'), variant: 'fp16' }],
    ['https://huggingface.co/owner/name/blob/main/a/b%20c.ckpt', hub('owner/name', 'main', 'a/b c.ckpt')],
    [
      'https://huggingface.co/owner/name/resolve/v2/x.safetensors?download=true',
      hub('owner/name', 'v2', 'x.safetensors'),
    ],
    [
      `https://example.org/a.pt#sha256=${'AB'.repeat(32)}`,
      { on: 'web', url: 'https://example.org/a.pt', sha256: 'ab'.repeat(32) },
    ],
    ['https://example.org/a.pt#top', { on: 'web', url: 'https://example.org/a.pt' }],
    [
      'https://civitai.com/models/4384/dreamshaper?modelVersionId=128713',
      { on: 'web', url: 'https://civitai.com/api/download/models/128713' },
    ],
  ])('%s is understood', (text, address) => {
    expect(readAddress(text)).toEqual(address);
  });

  it.each([
    ['https://huggingface.co/datasets/owner/name', 'leads to datasets'],
    ['https://huggingface.co/owner', 'names no model'],
    ['a model of mine', 'neither a model of the hub nor an address'],
    ['javascript:alert(1)', 'Nothing can be downloaded from a javascript: address'],
    ['https://civitai.com/models/4384', 'This page has several files'],
  ])('%s is refused with a sentence', (text, sentence) => {
    expect(() => readAddress(text)).toThrow(sentence);
  });

  it('from the hub or from a mirror is taken to the mirror that the user chose', () => {
    const mirror = readEndpoint('https://mirror.example/');
    for (const text of ['owner/name', 'https://huggingface.co/owner/name', 'https://mirror.example/owner/name'])
      expect(readAddress(text, mirror)).toEqual({ ...hub('owner/name', 'main'), endpoint: 'https://mirror.example' });
    expect(readEndpoint('')).toBe(usualEndpoint);
    expect(() => readEndpoint('mirror')).toThrow('mirror is not the address of a hub');
  });
});
