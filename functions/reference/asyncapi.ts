import * as z from 'zod';
import { catalogue, type EventType, eventTypes, sourceOf } from '../../events/catalogue.ts';
import { envelope } from '../../events/envelope.ts';
import { exampleOf } from '../../events/examples.ts';

const messageOf = (type: EventType) => {
  const { summary, schemaVersion, data, aggregate } = catalogue[type];
  const detail = envelope.extend({
    type: z.literal(type),
    schemaVersion: z.literal(schemaVersion),
    data,
  });
  return {
    name: type,
    title: summary.zh,
    summary: summary.en,
    contentType: 'application/json',
    tags: [{ name: sourceOf(type) }, { name: aggregate }],
    payload: {
      schemaFormat: 'application/schema+json;version=draft-2020-12',
      schema: z.toJSONSchema(detail, { io: 'output' }),
    },
    examples: [{ name: `${type} v${schemaVersion}`, payload: exampleOf(type) }],
  };
};

/** AsyncAPI of the events a district sends, from the catalogue that also validates them. */
export const asyncApi = () => ({
  asyncapi: '3.0.0',
  info: {
    title: 'leifeng events',
    version: '0.2.0',
    description:
      'Each message is the `detail` of an event on the district’s EventBridge bus: `source` is `leifeng.<slice>`, `detail-type` the message’s name. No event names a person.',
    license: { name: 'Apache-2.0' },
  },
  channels: {
    bus: {
      address: 'district-bus',
      description: 'The EventBridge bus of the district',
      messages: Object.fromEntries(
        eventTypes.map((type) => [type, { $ref: `#/components/messages/${type}` }]),
      ),
    },
  },
  operations: {
    publish: { action: 'send', channel: { $ref: '#/channels/bus' } },
  },
  components: {
    messages: Object.fromEntries(eventTypes.map((type) => [type, messageOf(type)])),
  },
});
