import { testCorpus } from '../../../test/audit.ts';

testCorpus('trust-duplicate-key');
