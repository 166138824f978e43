import * as z from 'zod';
import { catalogue, type EventType, eventTypes, sourceOf } from '../../events/catalogue.ts';
import { envelope } from '../../events/envelope.ts';
import { exampleOf } from '../../events/examples.ts';
import { describeFields } from './fields.ts';
import { leaveOpen, simplify } from './simplify.ts';
import { tags } from './tags.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

/** A JSON Schema, and those that it names, with references into the components of the document. */
const namedSchemas = (schema: z.ZodType): Readonly<Record<string, JsonSchema>> => {
  const {
    definitions,
    $schema: _,
    ...whole
  } = z.toJSONSchema(schema, {
    io: 'output',
    target: 'draft-7',
    override: ({ jsonSchema }) => {
      simplify(jsonSchema);
      leaveOpen(jsonSchema);
    },
  });
  const moved = JSON.stringify({ ...(definitions as object), '': whole }).replaceAll(
    '"#/definitions/',
    '"#/components/schemas/',
  );
  return JSON.parse(moved);
};

const refTo = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** The schemas of an event: the whole of it under its type, its data, and what they name. */
const schemasOf = (type: EventType): Readonly<Record<string, JsonSchema>> => {
  const { schemaVersion, data, aggregate, summary } = catalogue[type];
  const detail = envelope.extend({
    type: z.literal(type).describe('What happened.'),
    schemaVersion: z.literal(schemaVersion).describe('The version of this schema.'),
    data,
  });
  const { '': whole = {}, ...named } = namedSchemas(detail);
  const { data: own, ...fields } = whole.properties as Readonly<Record<string, JsonSchema>>;
  const dataName = `${type}Data`;
  return {
    ...named,
    [dataName]: { description: `What \`${type}\` says of its ${aggregate}.`, ...own },
    [type]: {
      ...whole,
      description: `${summary.en} · ${summary.zh}`,
      properties: { ...fields, data: refTo(dataName) },
    },
  };
};

const messageOf = (type: EventType) => {
  const { summary, schemaVersion, slice, aggregate } = catalogue[type];
  return {
    name: type,
    title: summary.zh,
    summary: summary.en,
    contentType: 'application/json',
    tags: [{ name: slice }, { name: aggregate }],
    // AsyncAPI has no binding for EventBridge; these are the fields beside `detail` by which rules choose.
    headers: {
      type: 'object',
      description: 'The fields of the EventBridge event beside `detail`.',
      properties: {
        source: { const: sourceOf(type), description: 'Where the event comes from.' },
        'detail-type': { const: type, description: 'What happened.' },
      },
      required: ['source', 'detail-type'],
    },
    payload: refTo(type),
    examples: [
      {
        name: `${type}V${schemaVersion}`,
        headers: { source: sourceOf(type), 'detail-type': type },
        payload: exampleOf(type),
      },
    ],
  };
};

/** AsyncAPI of the events a district sends, from the catalogue that also validates them. */
export const asyncApi = () =>
  describeFields({
    asyncapi: '3.1.0',
    id: 'urn:leifeng:events',
    info: {
      title: 'leifeng events',
      version: '0.2.0',
      description:
        'Each message is the `detail` of an event on the district’s EventBridge bus: `source` is `leifeng.<slice>`, `detail-type` the message’s name. No event names a person. A reader ignores fields and values that it does not know.',
      contact: { name: 'The operator of the district' },
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
      tags: [...new Set(eventTypes.map((type) => catalogue[type].slice as keyof typeof tags))].map(
        (name) => ({ name, description: `${tags[name].en} · ${tags[name].zh}` }),
      ),
    },
    defaultContentType: 'application/json',
    channels: {
      bus: {
        address: 'district-bus',
        title: 'The bus of the district',
        description:
          'An EventBridge bus. Its name is an output and a parameter of the data stack; a rule chooses by `source` and `detail-type`.',
        messages: Object.fromEntries(
          eventTypes.map((type) => [type, { $ref: `#/components/messages/${type}` }]),
        ),
      },
    },
    operations: {
      publish: {
        action: 'send',
        title: 'Publish what happened',
        summary: 'Every event is sent at least once, in order for each aggregate.',
        channel: { $ref: '#/channels/bus' },
        messages: eventTypes.map((type) => ({ $ref: `#/channels/bus/messages/${type}` })),
      },
    },
    components: {
      schemas: Object.assign({}, ...eventTypes.map(schemasOf)) as Record<string, JsonSchema>,
      messages: Object.fromEntries(eventTypes.map((type) => [type, messageOf(type)])),
    },
  });
