import { IconFileExport } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.exportComfyui.title,
  alsoCalled: commands.exportComfyui.also,
  icon: IconFileExport,
  menu: { section: 'graph', place: 3.5 },
  run: () => uiStore.setState({ dialog: 'export' }),
});
