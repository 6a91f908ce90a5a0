import { testSchedules } from './schedules';
import { webDevice } from './web-device';

testSchedules(webDevice('wasm'));
