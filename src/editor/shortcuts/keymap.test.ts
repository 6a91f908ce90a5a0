import { describe, expect, it } from 'vitest';
import { assign, combinationOf, keysIn, type NamedCommand, ownerOf, readRemapped, reset } from './keymap';

const command = (id: string, ...keys: string[]): NamedCommand => ({ id, title: id, keys, run: () => {} });
const [copy, mute, fit] = [command('copy', 'mod+c'), command('mute', 'm'), command('fit', 'f', 'home')];
const all = [copy, mute, fit];
const press = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

describe('remapped shortcuts', () => {
  it('have the keys of the definition until others are given', () => {
    expect(keysIn({}, fit)).toEqual(['f', 'home']);
    const remapped = assign(all, {}, fit, 'mod+0');
    expect(keysIn(remapped, fit)).toEqual(['mod+0']);
    expect(ownerOf(all, remapped, 'f')).toBeUndefined();
    expect(ownerOf(all, remapped, 'mod+0')).toBe(fit);
  });

  it('are taken from the command that had them, which keeps its others', () => {
    const remapped = assign(all, {}, mute, 'f');
    expect(keysIn(remapped, mute)).toEqual(['f']);
    expect(keysIn(remapped, fit)).toEqual(['home']);
  });

  it('are kept only where they differ from the definition', () => {
    expect(assign(all, assign(all, {}, mute, 'x'), mute, 'm')).toEqual({});
    expect(assign(all, {}, mute, undefined)).toEqual({ mute: [] });
  });

  it('come back from the command that took them when they are reset', () => {
    const remapped = reset(all, assign(all, {}, copy, 'm'), mute);
    expect(keysIn(remapped, mute)).toEqual(['m']);
    expect(keysIn(remapped, copy)).toEqual([]);
    expect(reset(all, remapped, copy)).toEqual({});
  });

  it('are written as commands write theirs', () => {
    expect(combinationOf({ ...press, key: 'Z', ctrlKey: true, shiftKey: true }, false)).toBe('mod+shift+z');
    expect(combinationOf({ ...press, key: 'z', metaKey: true }, true)).toBe('mod+z');
    expect(combinationOf({ ...press, key: '?', shiftKey: true }, false)).toBe('?');
    expect(combinationOf({ ...press, key: 'F2', shiftKey: true }, false)).toBe('shift+f2');
    expect(combinationOf({ ...press, key: 'Shift', shiftKey: true }, false)).toBeUndefined();
  });

  it('are read back from storage, and nothing else is', () => {
    expect(readRemapped('{"mute":["x"],"fit":[],"copy":"c","other":[1]}')).toEqual({ mute: ['x'], fit: [] });
    expect(readRemapped('nonsense')).toEqual({});
    expect(readRemapped(null)).toEqual({});
  });
});
