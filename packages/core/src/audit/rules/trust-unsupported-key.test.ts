import { testCorpus } from '../../../test/audit.ts';

testCorpus('trust-unsupported-key');
