import { IconSitemap } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { connected } from '../document/connected';
import { selectedNodes, selectNodes } from '../state/canvas-store';
import { documentStore } from '../state/document-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.selectConnected.title,
  alsoCalled: commands.selectConnected.also,
  icon: IconSitemap,
  keys: ['mod+shift+a'],
  menu: { section: 'edit', place: 10 },
  context: ['node', 'selection'],
  needs: commands.selectConnected.needs,
  enabled: () => selectedNodes().length > 0,
  run: () => selectNodes(connected(documentStore.getState().graph, selectedNodes())),
});
