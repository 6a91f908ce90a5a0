import { IconStackPop } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { documentStore } from '../state/document-store';
import { leaveTo } from '../subgraph/open';
import { commands } from '../text/commands';

const depth = () => documentStore.getState().path.length;

export default defineCommand({
  title: commands.leaveSubgraph.title,
  alsoCalled: commands.leaveSubgraph.also,
  icon: IconStackPop,
  keys: ['mod+arrowup'],
  menu: { section: 'node', place: 8 },
  context: ['canvas'],
  needs: commands.leaveSubgraph.needs,
  enabled: () => depth() > 0,
  run: () => leaveTo(depth() - 1),
});
