import type { contracts } from '../contracts.ts';
import type { ExamplesOf } from './examples.ts';

export const start = {
  bodies: {},
  answers: {
    readStart: {
      year: 2025,
      links: {
        year: '/totals/2025',
        month: '/dashboards/2025-10',
        plan: '/campaigns/2025',
        areas: '/areas',
        activities: '/activities',
        signIn: '/pages/sign-in',
        openApi: '/openapi.json',
        stories: '/stories',
        stars: '/stars/notice',
        verify: '/verify',
        complaints: '/pages/complaints',
        asyncApi: '/asyncapi.json',
      },
    },
  },
} satisfies ExamplesOf<(typeof contracts)['start']>;
