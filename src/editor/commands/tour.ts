import { IconMapPin } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { commands } from '../text/commands';
import { startTour } from '../tour/tour-store';

export default defineCommand({
  title: commands.tour.title,
  alsoCalled: commands.tour.also,
  icon: IconMapPin,
  menu: { section: 'view', place: 90 },
  run: startTour,
});
