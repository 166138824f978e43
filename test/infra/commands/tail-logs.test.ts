import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { createTail } from '../../../infra/commands/tail-logs.ts';

const folder = mkdtempSync(join(tmpdir(), 'leifeng-logs-'));
afterAll(() => rmSync(folder, { recursive: true }));
const append = (name: string, text: string): void =>
  appendFileSync(join(folder, `${name}.log`), text);
const line = (message: string, correlationId: string): string =>
  `${JSON.stringify({ level: 'INFO', message, timestamp: '2026-03-01T00:00:00Z', service: 'leifeng', sampling_rate: 0, correlationId })}\n`;

test('shows whole lines of one correlation id, from all functions, each once', () => {
  append('Api', line('taken', 'a-1') + line('taken', 'b-2'));
  append('Projector', line('projected', 'a-1') + line('half', 'a-1').slice(0, 30));
  const printed: string[] = [];
  const tail = createTail({ folder, text: 'a-1', print: (text) => printed.push(text) });
  tail.look();
  tail.look();
  expect(printed).toEqual([
    'Api: 2026-03-01T00:00:00Z INFO taken {"correlationId":"a-1"}',
    'Projector: 2026-03-01T00:00:00Z INFO projected {"correlationId":"a-1"}',
  ]);
  append('Projector', line('half', 'a-1').slice(30));
  tail.look();
  expect(printed.at(-1)).toBe('Projector: 2026-03-01T00:00:00Z INFO half {"correlationId":"a-1"}');
});

test('begins at the end when asked to, leaves other functions out, and keeps other lines as they are', () => {
  const printed: string[] = [];
  const print = (text: string) => printed.push(text);
  const tail = createTail({ folder, functionName: 'Proj', onlyNew: true, print });
  append('Api', line('more', 'a-1'));
  append('Projector', 'Worker error: as asked\n');
  tail.look();
  expect(printed).toEqual(['Projector: Worker error: as asked']);
});
