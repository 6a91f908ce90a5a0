import { defineCommand } from '../define-command';
import { newGraph } from '../files/session';

export default defineCommand({ title: 'New graph', menu: { section: 'graph', place: 1 }, run: newGraph });
