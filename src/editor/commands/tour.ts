import { IconMapPin } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { startTour } from '../tour/tour-store';

export default defineCommand({
  title: 'Tour of four steps',
  icon: IconMapPin,
  menu: { section: 'view', place: 90 },
  run: startTour,
});
