import { testCorpus } from '../../../test/audit.ts';

testCorpus('mixed-authentication');
