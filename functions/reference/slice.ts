import { slice } from '../slice.ts';
import { reference as contract } from './contract.ts';

export const reference = slice({ name: 'reference', contract, http: {} });
