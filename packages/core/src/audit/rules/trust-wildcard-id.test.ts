import { testCorpus } from '../../../test/audit.ts';

testCorpus('trust-wildcard-id');
