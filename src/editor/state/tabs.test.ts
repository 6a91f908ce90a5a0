import { beforeEach, describe, expect, it } from 'vitest';
import { emptyDocument } from '../../core/document';
import { renameDocument } from '../document/nodes';
import { currentDocument, edit, undo } from './document-store';
import { begun, runStore } from './run-store';
import { closeTab, isOpen, openDocument, openTab, showTab, tabsStore, updateRun } from './tabs';

beforeEach(() => {
  tabsStore.setState({ order: [], parked: {} });
  openTab(emptyDocument('a', 'A'));
  openTab(emptyDocument('b', 'B'));
});

describe('open graphs', () => {
  it('have each their own undo', () => {
    edit('Rename', renameDocument('B2'));
    showTab('a');
    undo();
    expect(currentDocument().name).toBe('A');
    edit('Rename', renameDocument('A2'));
    showTab('b');
    expect(currentDocument().name).toBe('B2');
    undo();
    expect(currentDocument().name).toBe('B');
    expect(openDocument('a')?.name).toBe('A2');
  });

  it('keep their runs apart, also while another one is shown', () => {
    updateRun('b', (state) => begun(state, currentDocument(), 0));
    showTab('a');
    expect(runStore.getState().phase).toBe('idle');
    updateRun('b', () => ({ planned: ['x'] }));
    showTab('b');
    expect(runStore.getState()).toMatchObject({ phase: 'running', planned: ['x'] });
  });

  it('open beside the one that is shown, and closing shows a neighbour', () => {
    showTab('a');
    openTab(emptyDocument('c', 'C'));
    expect(tabsStore.getState().order).toEqual(['a', 'c', 'b']);
    expect(closeTab('c')).toBe(true);
    expect(currentDocument().id).toBe('b');
    expect(closeTab('b')).toBe(true);
    expect(closeTab('a')).toBe(false);
    expect([isOpen('a'), isOpen('b')]).toEqual([true, false]);
    updateRun('b', () => ({ planned: ['x'] }));
    expect(tabsStore.getState().parked).toEqual({});
  });
});
