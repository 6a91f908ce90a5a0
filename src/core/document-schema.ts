import { z } from 'zod';
import { documentShape, documentVersion } from './document';

/** The JSON Schema of graph files of this version, for other programs. What a schema cannot say is in `parseDocument`. */
const documentSchema = (): Record<string, unknown> => ({
  ...z.toJSONSchema(documentShape, { io: 'input', unrepresentable: 'any' }),
  $id: `weft-${documentVersion}.schema.json`,
  title: `Weft graph, version ${documentVersion}`,
  description:
    'A graph of the editor Weft (*.weft.json). Ids are unique among nodes, zones, frames and notes; wires and zones name nodes that exist; an input has one wire.',
});

/** The same as its file has it. */
export const documentSchemaText = (): string => `${JSON.stringify(documentSchema(), undefined, 2)}\n`;
