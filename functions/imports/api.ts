import { serve } from '../http/serve.ts';
import { imports } from './contract.ts';
import { importVolunteers } from './import-volunteers.ts';
import { listImportRows, readImport } from './read-import.ts';

export const handler = serve(imports, { importVolunteers, readImport, listImportRows });
