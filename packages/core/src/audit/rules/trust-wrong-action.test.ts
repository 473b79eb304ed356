import { testCorpus } from '../../../test/audit.ts';

testCorpus('trust-wrong-action');
