import { IconSitemap } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { connected } from '../document/connected';
import { selectedNodes, selectNodes } from '../state/canvas-store';
import { documentStore } from '../state/document-store';

export default defineCommand({
  title: 'Select all that is wired to it',
  icon: IconSitemap,
  keys: ['mod+shift+a'],
  menu: { section: 'edit', place: 10 },
  context: ['node', 'selection'],
  needs: 'Select a node.',
  enabled: () => selectedNodes().length > 0,
  run: () => selectNodes(connected(documentStore.getState().graph, selectedNodes())),
});
