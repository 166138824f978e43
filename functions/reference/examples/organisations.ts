import { catalogue } from '../../../events/catalogue.ts';
import type { contracts } from '../contracts.ts';
import type { ExamplesOf } from './examples.ts';
import { page } from './samples.ts';

const area = { ...catalogue.AreaDefined.example.area, version: 1 };
const organisation = { ...catalogue.OrganisationRegistered.example.organisation, version: 1 };
const contact = { name: '王敏', phone: '024-8888 6666', position: '主任' };

export const organisations = {
  bodies: {
    defineArea: { kind: 'community', name: '红旗社区', parentId: 'hongqi' },
    registerOrganisation: {
      kind: 'residents-committee',
      name: '红旗社区居民委员会',
      areaId: 'hongqi-01',
    },
    reviseOrganisation: { name: '红旗社区第二居民委员会' },
    keepContact: contact,
  },
  answers: {
    defineArea: area,
    listAreas: page(area),
    readArea: area,
    registerOrganisation: organisation,
    listOrganisations: page(organisation),
    readOrganisation: organisation,
    reviseOrganisation: { ...organisation, name: '红旗社区第二居民委员会', version: 2 },
    keepContact: contact,
    readContact: contact,
  },
} satisfies ExamplesOf<(typeof contracts)['organisations']>;
