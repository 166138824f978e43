import { nowhere } from '../html/page.ts';
import { serve } from '../http/serve.ts';
import { localDateOf, monthOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { openSession } from '../session/session.ts';
import { start } from './contract.ts';
import { home } from './home.ts';
import { renderHome } from './home-page.ts';
import { callback, signIn, signOut } from './sign-in.ts';
import { renderStart } from './start-page.ts';

export const handler = serve(
  start,
  {
    readStart: async ({ at }) => {
      const today = localDateOf(at, settings().timezone);
      const year = today.slice(0, 4);
      return {
        body: {
          year: Number(year),
          links: {
            year: `/totals/${year}`,
            month: `/dashboards/${monthOf(today)}`,
            plan: `/campaigns/${year}`,
            areas: '/areas',
            activities: '/activities',
            stories: '/stories',
            stars: '/stars/notice',
            verify: '/verify',
            complaints: '/pages/complaints',
            signIn: '/pages/sign-in',
            openApi: '/openapi.json',
            asyncApi: '/asyncapi.json',
          },
        },
      };
    },
    home,
    signIn,
    callback,
    signOut,
  },
  {
    readStart: { 'text/html': renderStart },
    home: { 'text/html': renderHome },
    signIn: { 'text/html': nowhere },
    callback: { 'text/html': nowhere },
    signOut: { 'text/html': nowhere },
  },
  openSession,
);
