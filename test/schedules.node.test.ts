import { createNodeDevice } from '../src/engine/device/node';
import { testSchedules } from './schedules';

testSchedules(createNodeDevice);
