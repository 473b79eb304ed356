import { testCorpus } from '../../../test/audit.ts';

testCorpus('trust-environment-pattern');
