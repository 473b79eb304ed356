import { testCorpus } from '../../../test/audit.ts';

testCorpus('trust-policy-invalid');
