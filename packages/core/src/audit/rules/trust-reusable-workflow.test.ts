import { testCorpus } from '../../../test/audit.ts';

testCorpus('trust-reusable-workflow');
