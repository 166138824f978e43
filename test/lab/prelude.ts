import { catalogue, type DomainEvent, readEvent } from '../../events/catalogue.ts';
import { orderKeyItem } from '../../functions/figures/line-order.ts';
import { rowItem } from '../../functions/figures/rows.ts';
import { projectEvent } from '../../functions/projector/project-event.ts';
import { areas, organisations, parents, verifying, years } from './histories.ts';
import { indexKeyItem } from './key-service.ts';
import type { Store } from './memory-store.ts';
import { quietArea, quietOrganisation } from './quiet-month.ts';

/**
 * Fills the store before a run. The Ledger gets open years, areas, organisations and the given events; the
 * Views get the areas, which imports of people read.
 */
export const prelude = (store: Store, more: readonly DomainEvent[]): void => {
  const orderKey = Buffer.alloc(32, 7);
  const write = (TableName: string, Item: object): void => {
    store.execute({ name: 'Put', input: { TableName, Item } });
  };
  /** The event of an aggregate, in the Ledger, and its row in the Views. */
  const put = (aggregate: string, id: string, type: keyof typeof catalogue, data: object): void => {
    const event = {
      id: '0198c0de-0000-7000-8000-000000000001',
      type,
      schemaVersion: catalogue[type].schemaVersion,
      district: 'test',
      occurredAt: '2025-01-01T00:00:00.000Z',
      recordedAt: '2025-01-01T00:00:00.000Z',
      actor: { role: 'district-admin', id: 'admin' },
      correlationId: 'lab',
      causationId: null,
      data,
    };
    write('ledger', { pk: `${aggregate}#${id}`, version: 1, event });
    const whole = readEvent({ ...event, aggregate: { type: aggregate, id, version: 1 } });
    const row = projectEvent(whole)?.projection.row;
    if (row) write('views', rowItem(whole, row, orderKey));
  };
  const { campaign } = catalogue.CampaignOpened.example;
  const { area } = catalogue.AreaDefined.example;
  const { organisation } = catalogue.OrganisationRegistered.example;
  for (const year of years)
    put('campaign', String(year), 'CampaignOpened', {
      campaign: { ...campaign, year },
    });
  for (const id of [...Object.keys(parents), quietArea]) {
    const parentId = parents[id] ?? null;
    const defined = { ...area, id, name: id, parentId, parents: [{ fromYear: 0, parentId }] };
    put('area', id, 'AreaDefined', { area: defined });
  }
  for (const id of [...organisations, verifying, quietOrganisation])
    put('organisation', id, 'OrganisationRegistered', {
      organisation: { ...organisation, id, areaId: areas[0] },
    });
  write('views', { ...orderKeyItem, key: orderKey });
  write('people', indexKeyItem);
  for (const { aggregate, ...event } of more)
    write('ledger', {
      pk: `${aggregate.type}#${aggregate.id}`,
      version: aggregate.version,
      event,
    });
};
