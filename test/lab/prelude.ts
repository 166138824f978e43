import { catalogue, type DomainEvent } from '../../events/catalogue.ts';
import { orderKeyItem } from '../../functions/figures/line-order.ts';
import { areaRows } from '../../functions/views/keys.ts';
import { areas, organisations, parents, verifying, years } from './histories.ts';
import { indexKeyItem } from './key-service.ts';
import type { Store } from './memory-store.ts';
import { quietArea, quietOrganisation } from './quiet-month.ts';

/**
 * Fills the store before a run. The Ledger gets open years, areas, organisations and the given events; the
 * Views get the areas, which imports of people read.
 */
export const prelude = (store: Store, more: readonly DomainEvent[]): void => {
  const put = (pk: string, type: keyof typeof catalogue, data: object) =>
    store.execute({
      name: 'Put',
      input: {
        TableName: 'ledger',
        Item: {
          pk,
          version: 1,
          event: {
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
          },
        },
      },
    });
  const { campaign } = catalogue.CampaignOpened.example;
  const { area } = catalogue.AreaDefined.example;
  const { organisation } = catalogue.OrganisationRegistered.example;
  for (const year of years)
    put(`campaign#${year}`, 'CampaignOpened', {
      campaign: { ...campaign, year },
    });
  for (const id of [...Object.keys(parents), quietArea]) {
    const parentId = parents[id] ?? null;
    const defined = { ...area, id, parentId, parents: [{ fromYear: 0, parentId }] };
    put(`area#${id}`, 'AreaDefined', { area: defined });
    const Item = { pk: areaRows, sk: id, id, row: { ...defined, name: id }, version: 1 };
    store.execute({ name: 'Put', input: { TableName: 'views', Item } });
  }
  for (const id of [...organisations, verifying, quietOrganisation])
    put(`organisation#${id}`, 'OrganisationRegistered', {
      organisation: { ...organisation, id, areaId: areas[0] },
    });
  const orderKey = { ...orderKeyItem, key: Buffer.alloc(32, 7) };
  store.execute({ name: 'Put', input: { TableName: 'views', Item: orderKey } });
  store.execute({ name: 'Put', input: { TableName: 'people', Item: indexKeyItem } });
  for (const { aggregate, ...event } of more)
    store.execute({
      name: 'Put',
      input: {
        TableName: 'ledger',
        Item: { pk: `${aggregate.type}#${aggregate.id}`, version: aggregate.version, event },
      },
    });
};
