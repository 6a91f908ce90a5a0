import { IconPlus } from '@tabler/icons-react';
import { inputSpec, outputSpec } from '../../core/graph';
import { defineCommand } from '../define-command';
import { registry } from '../registry';
import { documentStore } from '../state/document-store';
import { uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.addFitting.title,
  alsoCalled: commands.addFitting.also,
  icon: IconPlus,
  context: ['port'],
  enabled: (on) => on?.place === 'port',
  run(on) {
    if (on?.place !== 'port' || !on.at) return;
    const definition = registry.get(documentStore.getState().graph.nodes.get(on.node)?.type ?? '');
    const kind = definition && (on.side === 'source' ? outputSpec : inputSpec)(definition, on.port)?.kind;
    uiStore.setState({ adding: { ...on.at, loose: { end: [on.node, on.port], side: on.side, kind } } });
  },
});
