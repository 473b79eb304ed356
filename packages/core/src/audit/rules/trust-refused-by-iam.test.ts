import { testCorpus } from '../../../test/audit.ts';

testCorpus('trust-refused-by-iam');
