import { createNodeDevice } from '../src/engine/device/node';
import { testOnnxFolders } from './onnx-folders';
import { readReference } from './reference.node';

testOnnxFolders(createNodeDevice, readReference);
