import { expect, test } from '@jest/globals';
import { acceptsGzip } from '../../../functions/http/document.ts';

test.each([
  'gzip',
  'GZIP',
  'gzip, deflate, br',
  'br;q=1.0, gzip;q=0.8, *;q=0.1',
  'deflate , gzip ; q=0.001',
  'x-gzip',
  '*',
  'br, *;q=0.5',
  'identity;q=0, gzip',
])('%s accepts gzip', (header) => expect(acceptsGzip(header)).toBe(true));

test.each([
  undefined,
  '',
  'identity',
  'br, deflate',
  'gzip;q=0',
  'gzip;q=0.000',
  '*;q=0',
  '*, gzip;q=0',
  'gzip;q=0, *',
  'gzipped',
  'x;gzip',
])('%s does not', (header) => expect(acceptsGzip(header)).toBe(false));
