import { IconStackPop } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { documentStore } from '../state/document-store';
import { leaveTo } from '../subgraph/open';

const depth = () => documentStore.getState().path.length;

export default defineCommand({
  title: 'Leave the subgraph',
  icon: IconStackPop,
  keys: ['mod+arrowup'],
  menu: { section: 'node', place: 8 },
  context: ['canvas'],
  needs: 'Open a subgraph first.',
  enabled: () => depth() > 0,
  run: () => leaveTo(depth() - 1),
});
