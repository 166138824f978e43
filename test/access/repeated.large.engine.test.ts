import { testRepeated } from './repeated.ts';

testRepeated({ atEachCall: false });
